/**
 * Customer records from a service of the company: GET `<address>?id=…` or `?email=…` → 200 with the record, 404 without.
 * Answers are remembered for a while, and a service that fails is left alone for a while.
 */
import type { Customer } from '../conversation/customer.ts';
import { type Customers, CustomersAway, sameAddress, type Who } from './customers.ts';
import type { Log } from './file.ts';
import { customerOf, record } from './record.ts';

export interface HttpOptions {
  /** http:// or https://, without a query of its own for `id` and `email`. */
  readonly url: string;
  /** Sent as `Authorization: Bearer …`. */
  readonly secret?: string | undefined;
  readonly log?: Log;
  /** ms since 1970 */
  readonly now?: () => number;
  readonly timeout?: number;
}

/** The longest a look-up may take, ms. */
const shippedTimeout = 2_000;
/** How long a found record is believed, ms, and how long that there is none. */
const believed = { found: 10 * 60_000, none: 60_000 } as const;
/** Answers remembered. */
const mostRemembered = 5_000;
/** Largest answer, bytes. */
const largest = 256 * 1024;
/** So many failures in a row, and the service is left alone for `pause` ms. */
const mostFailures = 3;
const pause = 30_000;
/** Look-ups under way; beyond it the records count as away. */
const mostUnderWay = 20;

export function openCustomerService({
  url,
  secret,
  log,
  now = Date.now,
  timeout = shippedTimeout,
}: HttpOptions): Customers {
  /** Oldest first. */
  const remembered = new Map<string, { readonly customer: Customer | undefined; readonly until: number }>();
  const underWay = new Map<string, Promise<Customer | undefined>>();
  let failures = 0;
  let pausedUntil = 0;
  const closing = new AbortController();

  const remember = (key: string, customer: Customer | undefined): void => {
    remembered.delete(key);
    remembered.set(key, { customer, until: now() + (customer ? believed.found : believed.none) });
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  };
  const ask = async (by: 'id' | 'email', value: string, deadline: AbortSignal): Promise<Customer | undefined> => {
    const address = new URL(url);
    address.searchParams.set(by, value);
    const response = await fetch(address, {
      headers: { accept: 'application/json', ...(secret ? { authorization: `Bearer ${secret}` } : {}) },
      // A redirect could carry the secret somewhere else.
      redirect: 'error',
      signal: AbortSignal.any([deadline, closing.signal]),
    });
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new CustomersAway(`The customer service answered with ${response.status}.`);
    }
    const read = record.safeParse(JSON.parse(await limitedText(response)));
    if (!read.success) {
      const issue = read.error.issues[0];
      throw new CustomersAway(`The customer service sent no record: ${issue?.path.join('.')}: ${issue?.message}.`);
    }
    const customer = customerOf(read.data);
    // Somebody else's record must not be shown, whatever the service makes of the question.
    const isAsked = by === 'id' ? customer.id === value : sameAddress(customer.email ?? '') === value;
    if (!isAsked) throw new CustomersAway(`The customer service sent another ${by} than it was asked for.`);
    return customer;
  };
  const look = async (by: 'id' | 'email', value: string, deadline: AbortSignal): Promise<Customer | undefined> => {
    const key = `${by}\n${value}`;
    const known = remembered.get(key);
    if (known && known.until > now()) return known.customer;
    const same = underWay.get(key);
    if (same) return same;
    if (pausedUntil > now())
      throw new CustomersAway('The customer service failed lately and is left alone for a while.');
    if (underWay.size >= mostUnderWay) throw new CustomersAway('Too many customers are being looked up.');
    const run = ask(by, value, deadline)
      .then((customer) => {
        failures = 0;
        remember(key, customer);
        return customer;
      })
      .catch((error: unknown) => {
        failures++;
        if (failures >= mostFailures && !closing.signal.aborted) {
          pausedUntil = now() + pause;
          log?.warn({ failures, reason: reasonOf(error) }, 'the customer service fails; it is left alone for a while');
        }
        throw error instanceof CustomersAway ? error : new CustomersAway(`The customer service: ${reasonOf(error)}.`);
      })
      .finally(() => underWay.delete(key));
    underWay.set(key, run);
    return run;
  };

  return {
    async find({ id, email }: Who) {
      const deadline = AbortSignal.timeout(timeout);
      return (
        (id === undefined ? undefined : await look('id', id, deadline)) ??
        (email === undefined ? undefined : await look('email', sameAddress(email), deadline))
      );
    },
    problems: () => [],
    async close() {
      closing.abort();
      await Promise.allSettled(underWay.values());
    },
  };
}

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > largest) throw new CustomersAway(`The customer service sent more than ${largest} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What went wrong, without the address: it holds who was asked for. */
function reasonOf(error: unknown): string {
  if (error instanceof CustomersAway) return error.message;
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name ?? 'no answer';
}
