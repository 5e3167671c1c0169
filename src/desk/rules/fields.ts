import * as z from 'zod';
import { bilingual, eachOnce, id, says, yesNo } from './values.ts';

export const labelled = z.strictObject({ id, label: bilingual() });

/** A question on a form: a ticket's custom field, or what a hand-over requires. */
const field = z
  .strictObject({
    id,
    label: bilingual(),
    type: says(
      'text, number, date, confirm or choice',
      z.enum(['text', 'number', 'date', 'confirm', 'choice']),
    ).prefault('text'),
    required: yesNo.prefault('false'),
    choices: z.array(labelled).min(2).max(50).superRefine(eachOnce).exactOptional(),
  })
  .superRefine(({ type, choices }, context) => {
    if ((type === 'choice') === (choices !== undefined)) return;
    context.addIssue({
      code: 'custom',
      path: choices ? ['choices'] : ['type'],
      message: choices
        ? 'allowed are choices for type choice alone'
        : 'a choice needs "choices": a list of {id, label}',
    });
  });

export const fields = says(
  'a list of up to 50 fields, each with id, label, type and required',
  z.array(field).max(50).superRefine(eachOnce),
);
