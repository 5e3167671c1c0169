import * as z from 'zod';
import { present, span, spanOrNever } from './values.ts';

/** How an agent's hold on conversations is kept by the connection. */
export const lease = z
  .strictObject({ beat: span('1s', '5m').prefault('15s'), lost: span('5s', '1h').prefault('45s') })
  .prefault({})
  .superRefine(({ beat, lost }, context) => {
    if (lost >= 2 * beat) return;
    // One beat that comes late must not cost a case.
    context.addIssue({ code: 'custom', path: ['lost'], message: 'allowed is at least twice "beat"' });
  });

/** What happens when a visitor waits for an answer of the agent. */
export const silence = z
  .strictObject({ remind: spanOrNever('10s', '30d').prefault('5m'), handOn: spanOrNever('10s', '30d').prefault('15m') })
  .prefault({})
  .transform(present)
  .superRefine(({ remind, handOn }, context) => {
    if (remind === undefined || handOn === undefined || remind < handOn) return;
    context.addIssue({ code: 'custom', path: ['handOn'], message: 'allowed is longer than "remind"' });
  });
