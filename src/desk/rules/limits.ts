import * as z from 'zod';
import { count } from './values.ts';

/** What visitors may store: high enough for an office behind one address, low enough that nobody fills the disk. */
export const limits = z
  .strictObject({
    files: count(1, 10_000).prefault('100'),
    megabytes: count(20, 100_000).prefault('200'),
    megabytesPerDay: count(20, 1_000_000).prefault('2000'),
  })
  .prefault({});
