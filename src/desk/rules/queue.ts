import * as z from 'zod';
import { count, present, says, span, spanOrNever } from './values.ts';

/** What a case of one origin weighs against an agent's capacity. */
const weight = (shipped: string) => count(1, 100).prefault(shipped);

/** How waiting cases find a person. */
export const queue = z
  .strictObject({
    mode: says('pull, offer or assign', z.enum(['pull', 'offer', 'assign'])).prefault('pull'),
    acceptWithin: span('5s', '10m').prefault('30s'),
    widen: z
      .strictObject({
        skills: spanOrNever('0s', '30d').prefault('5m'),
        anyone: spanOrNever('0s', '30d').prefault('15m'),
        language: spanOrNever('0s', '30d').prefault('30m'),
      })
      .prefault({})
      .transform(present),
    mostWaiting: says(
      'a whole number from 1 to 100000, or unlimited',
      z.union([z.literal('unlimited').transform(() => undefined), count(1, 100_000)]),
    ).prefault('unlimited'),
    weights: z
      .strictObject({
        website: weight('1'),
        connector: weight('1'),
        phone: weight('3'),
        mail: weight('1'),
        form: weight('1'),
      })
      .prefault({}),
  })
  .prefault({})
  .transform(present);
