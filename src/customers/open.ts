import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Customers, noCustomers } from './customers.ts';
import { type Log, openCustomerFile } from './file.ts';
import { openCustomerService } from './http.ts';

export interface OpenOptions {
  /** CUSTOMERS: a file, or an http:// or https:// address. */
  readonly place: string | undefined;
  readonly secret?: string | undefined;
  readonly log?: Log;
  readonly watch: boolean;
}

/** The ten customers that are shipped, for a desk that has set up none. */
const sample = './docs/samples/customers.yaml';

/** @throws Error naming the variable and the file when that is not there. */
export async function openCustomers({ place, secret, log, watch }: OpenOptions): Promise<Customers> {
  const options = log ? { log } : {};
  if (place !== undefined && /^https?:\/\//i.test(place))
    return openCustomerService({ url: place, secret, ...options });
  const path = place ?? sample;
  const isThere = (await stat(path).catch(() => undefined))?.isFile() ?? false;
  if (!isThere && place === undefined) return noCustomers;
  if (!isThere) throw new Error(`CUSTOMERS: there is no file at ${resolve(path)}; set it to where the records are.`);
  return openCustomerFile({ path, watch, ...options });
}
