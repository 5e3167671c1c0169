import * as z from 'zod';
import { yesNo } from './values.ts';

/** What is kept of log files that visitors send. */
export const logs = z
  .strictObject({ keepOriginals: yesNo.prefault('false'), maskAddresses: yesNo.prefault('false') })
  .prefault({});
