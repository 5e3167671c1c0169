/** Who the visitor is to the company: the record found for a proven identity. */
import { dueAtOf, dueOf } from './due.ts';
import type { Language } from './language.ts';
import type { Conversation } from './state.ts';
import type { Terms } from './world.ts';

/** One thing that a customer has. Dates are days, ISO 8601 (`2024-04-01`). */
export interface Product {
  readonly name: string;
  readonly model?: string;
  readonly serial?: string;
  readonly purchased?: string;
  /** Last day of the warranty. */
  readonly warrantyUntil?: string;
}

export interface Customer {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly language?: Language;
  /** Name of the support contract, which decides the allowances. */
  readonly plan?: string;
  /** At most {@link mostProducts}. */
  readonly products: readonly Product[];
}

export const mostProducts = 20;

/** The record was found, or has changed since. */
export interface CustomerKnown {
  readonly type: 'customer-known';
  readonly customer: Customer;
  /** The case's place from now on, ms since 1970, where the plan brings it forward. */
  readonly dueAt?: number;
}

/** What a look-up beside the turn has found. */
export interface KnowCustomer {
  readonly type: 'know-customer';
  readonly customer: Customer;
}

/** Nothing where this is what is known already. A plan that allows less brings the case forward; nothing puts it back. */
export function decideKnowCustomer(c: Conversation, { customer }: KnowCustomer, terms: Terms): CustomerKnown[] {
  if (isSame(c.customer, customer)) return [];
  const event: CustomerKnown = { type: 'customer-known', customer };
  const { phase, ticket } = c;
  if (!ticket || (phase.at !== 'queued' && phase.at !== 'human')) return [event];
  const dueAt = dueAtOf(evolveCustomerKnown(c, event), ticket, phase.since, terms);
  return [dueAt < dueOf(phase) ? { ...event, dueAt } : event];
}

const isSame = (a: Customer | undefined, b: Customer): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What the website signed stands; the record fills in what it left out. */
export function evolveCustomerKnown(c: Conversation, { customer, dueAt }: CustomerKnown): Conversation {
  const { name, email, plan } = customer;
  const { phase } = c;
  return {
    ...c,
    phase: dueAt !== undefined && (phase.at === 'queued' || phase.at === 'human') ? { ...phase, dueAt } : phase,
    customer,
    visitor: { ...(name ? { name } : {}), ...(email ? { email } : {}), ...(plan ? { plan } : {}), ...c.visitor },
  };
}

/**
 * Last day of a warranty of so many months from the day of purchase: the day before the same day of the month, or that month's last day.
 * @param purchased ISO 8601 day.
 */
export function warrantyUntil(purchased: string, months: number): string {
  const [year = 0, month = 1, day = 1] = purchased.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  const end = new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth)));
  // 31 January and a month: 28 February is already before its 31st.
  if (day <= lastOfMonth) end.setUTCDate(end.getUTCDate() - 1);
  return end.toISOString().slice(0, 10);
}
