import * as z from 'zod';
import { present, spanOrNever } from './values.ts';

/** How long closed conversations stay in the store before they move to the archive. */
export const retention = z
  .strictObject({ archiveAfter: spanOrNever('1d', '36500d').prefault('180d') })
  .prefault({})
  .transform(present);
