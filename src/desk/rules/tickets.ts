import * as z from 'zod';
import { fields, labelled } from './fields.ts';
import { eachOnce, present, says, span, yesNo } from './values.ts';

const labels = says('a list of up to 200, each with id and label', z.array(labelled).max(200).superRefine(eachOnce));

/** What a ticket holds, and how it ends. */
export const tickets = z
  .strictObject({
    categories: labels.prefault([
      { id: 'account', label: { ja: 'アカウント', en: 'Account' } },
      { id: 'network', label: { ja: 'ネットワーク', en: 'Network' } },
      { id: 'hardware', label: { ja: '機器', en: 'Hardware' } },
      { id: 'software', label: { ja: 'ソフトウェア', en: 'Software' } },
      { id: 'other', label: { ja: 'その他', en: 'Other' } },
    ]),
    fields: fields.prefault([]),
    codes: labels.prefault([]),
    reopenWithin: span('0s', '3650d').prefault('7d'),
    closeAfterSilence: says(
      'never, or {warn: 3d, close: 2d}',
      z.union([
        z.literal('never').transform(() => undefined),
        z.strictObject({ warn: span('1m', '365d').prefault('3d'), close: span('1m', '365d').prefault('2d') }),
      ]),
    ).prefault({}),
    survey: yesNo.prefault('true'),
    confirm: yesNo.prefault('true'),
  })
  .prefault({})
  .transform(present);
