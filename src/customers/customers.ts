/** The port to the company's customer records. */
import type { Customer } from '../conversation/customer.ts';
import type { Problem } from '../understanding/understanding.ts';

/** By what somebody is looked up: only what is proven, never what a visitor merely says. */
export interface Who {
  readonly id?: string;
  readonly email?: string;
}

export interface Customers {
  /**
   * The record with this id, else with this mail address; undefined where there is none.
   * @throws CustomersAway when it cannot be said now. Settles within 2 s.
   */
  find(who: Who): Promise<Customer | undefined>;
  /** Faults of the newest records, as far as they can be seen without asking. */
  problems(): readonly Problem[];
  close(): Promise<void>;
}

/** The records cannot be asked now. */
export class CustomersAway extends Error {
  override readonly name = 'CustomersAway';
  readonly code = 'customers-away';
}

/** Nobody is known: no records are set up. */
export const noCustomers: Customers = {
  find: async () => undefined,
  problems: () => [],
  close: async () => {},
};

/** A mail address as it is compared. */
export const sameAddress = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
