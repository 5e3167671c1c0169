/** What dialogs collect, folded into the conversation and its ticket. */
import { describe, expect, it } from 'vitest';
import type { Collected } from '../../../src/conversation/details.ts';
import type { Body } from '../../../src/conversation/event.ts';
import { initial, record } from '../../../src/conversation/fold.ts';
import type { Decided } from '../../../src/conversation/world.ts';

const fold = (...bodies: readonly Body[]) =>
  record(
    initial('c'),
    bodies.map((body): Decided => ({ body, by: { role: 'bot' } })),
    1,
  ).next;
const collected = (more: Partial<Collected>): Collected => ({
  type: 'collected',
  dialog: 'd',
  answers: [],
  open: [],
  ...more,
});
const os = (value: string) => collected({ answers: [{ step: 'os', label: 'System', value }] });
const queued: Body = {
  type: 'queued',
  ticket: 1,
  reason: 'asked',
  subject: '',
  tier: 1,
  skills: [],
  priority: 'normal',
};

describe('details', () => {
  it('hold the newest answer to each step, and what is still open', () => {
    const c = fold(
      os('Windows'),
      collected({ open: [{ step: 'error', label: 'Error' }] }),
      os('macOS'),
      collected({ answers: [{ step: 'error', label: 'Error', value: 'E12' }] }),
      collected({ open: [{ step: 'photo', label: 'Photo' }] }),
    );
    expect(c.details).toEqual({
      answers: [
        { dialog: 'd', step: 'os', label: 'System', value: 'macOS' },
        { dialog: 'd', step: 'error', label: 'Error', value: 'E12' },
      ],
      open: [{ dialog: 'd', step: 'photo', label: 'Photo' }],
    });
  });

  it('lose what a correction made void', () => {
    expect(fold(os('Windows'), collected({ withdrawn: ['os'] })).details?.answers).toEqual([]);
  });

  it('go with the ticket, whether collected before the hand-off or after', () => {
    const later = collected({ answers: [{ step: 'people', label: 'People', value: '3' }] });
    const c = fold(os('Windows'), queued, later);
    expect(c.ticket?.details?.answers.map(({ value }) => value)).toEqual(['Windows', '3']);
  });

  it('stay with a closed ticket, and the next case begins without', () => {
    const c = fold(os('Windows'), queued, { type: 'resolved', code: 'solved', summary: 'Done.' });
    expect(c.ticket?.details?.answers).toHaveLength(1);
    expect(c.details).toBeUndefined();
  });

  it('are bounded, whatever the log holds', () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      collected({ answers: [{ step: `s${i}`, label: 'L'.repeat(500), value: 'v'.repeat(9_000) }] }),
    );
    const { details } = fold(...many);
    expect(details?.answers).toHaveLength(60);
    expect(JSON.stringify(details).length).toBeLessThan(80_000);
  });
});
