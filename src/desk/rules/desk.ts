import { IANAZone } from 'luxon';
import * as z from 'zod';
import { bilingual, says } from './values.ts';

/** Whose desk it is, and by which clock. */
export const desk = z
  .strictObject({
    name: bilingual(100).prefault({ ja: 'サポート窓口', en: 'Support desk' }),
    timezone: says(
      'a time zone such as Asia/Tokyo, Europe/London or America/New_York',
      z.string().refine((name) => IANAZone.isValidZone(name)),
    ).prefault('Asia/Tokyo'),
  })
  .prefault({});
