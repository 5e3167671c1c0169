/** What a record may hold, however it comes: from a file, whose values are all texts, or from a service. */
import * as z from 'zod';
import { type Customer, mostProducts, type Product, warrantyUntil } from '../conversation/customer.ts';

const text = z.string().trim().min(1).max(200);
const day = z
  .string()
  .trim()
  .refine((value) => isDay(value));
const months = z.preprocess(
  (value) => (typeof value === 'string' && /^\d{1,3}$/.test(value.trim()) ? Number(value) : value),
  z.number().int().min(0).max(600),
);

const product = z.strictObject({
  name: text,
  model: text.optional(),
  serial: text.optional(),
  purchased: day.optional(),
  /** Months from the day of purchase. */
  warrantyMonths: months.optional(),
  /** Instead of months, or where they differ: the last day. */
  warrantyUntil: day.optional(),
});

export const record = z.strictObject({
  id: text,
  name: text.optional(),
  email: z
    .string()
    .trim()
    .max(320)
    .regex(/^[^\s@]+@[^\s@]+$/)
    .optional(),
  language: z.enum(['ja', 'en']).optional(),
  plan: text.optional(),
  products: z.array(product).max(mostProducts).default([]),
});

export type Record = z.output<typeof record>;

export const customerFile = z.strictObject({ customers: z.array(record).max(100_000) });

/** What is allowed at a member, to go behind "allowed is". */
export const allowedAt: { readonly [member: string]: string } = {
  id: 'a text of up to 200 characters',
  name: 'a text of up to 200 characters',
  model: 'a text of up to 200 characters',
  serial: 'a text of up to 200 characters',
  plan: 'a text of up to 200 characters',
  email: 'a mail address such as name@example.com',
  language: 'ja or en',
  purchased: 'a day such as 2024-04-01',
  warrantyUntil: 'a day such as 2024-04-01',
  warrantyMonths: 'a whole number of months from 0 to 600',
  products: `a list of up to ${mostProducts} products`,
  customers: 'a list of customers',
};

/** `YYYY-MM-DD` that the calendar has. */
function isDay(value: string): boolean {
  const [year = 0, month = 0, date = 0] = /^\d{4}-\d\d-\d\d$/.test(value) ? value.split('-').map(Number) : [];
  const time = new Date(Date.UTC(year, month - 1, date));
  return year > 1900 && time.getUTCMonth() === month - 1 && time.getUTCDate() === date;
}

export function customerOf({ products, ...person }: Record): Customer {
  return { ...withoutGaps(person), products: products.map(productOf) };
}

function productOf({ warrantyMonths, warrantyUntil: until, ...facts }: Record['products'][number]): Product {
  const counted =
    facts.purchased && warrantyMonths !== undefined ? warrantyUntil(facts.purchased, warrantyMonths) : undefined;
  const last = until ?? counted;
  return { ...withoutGaps(facts), ...(last ? { warrantyUntil: last } : {}) };
}

/** Of an object with optional members, those that are there. */
type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

const withoutGaps = <T extends object>(facts: T): Given<T> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Given<T>;
