import * as z from 'zod';
import { yesNo } from './values.ts';

/** What is kept of log files that visitors send. */
export interface LogRules {
  /** True: the file as it came is kept beside the masked one. */
  readonly keepOriginals: boolean;
  /** True: IP addresses are masked too. */
  readonly maskAddresses: boolean;
}

export const logs = z
  .strictObject({ keepOriginals: yesNo.prefault('false'), maskAddresses: yesNo.prefault('false') })
  .prefault({});
