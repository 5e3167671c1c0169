import { withAlarm } from './alarms.ts';
import type { Conversation } from './state.ts';

/** The channel took every reply up to and including `through`. */
export interface Delivered {
  readonly type: 'delivered';
  readonly through: number;
}

/** The channel did not take the oldest reply outstanding; it is tried again at `nextAt`, or never when that is absent. */
export interface DeliveryFailed {
  readonly type: 'delivery-failed';
  /** Version of the reply that was not taken. */
  readonly failed: number;
  /** Short and free of personal data, such as `HTTP 502`. */
  readonly reason: string;
  readonly nextAt?: number;
}

export type DeliveryEvent = Delivered | DeliveryFailed;

/** First look of the sweeper at a reply that its own process did not deliver at once, ms. */
export const deliveryGrace = 5_000;

export const isUndelivered = (c: Conversation): boolean =>
  c.delivery !== undefined && c.delivery.last > c.delivery.through;

export function evolveDelivered(c: Conversation, event: Delivered): Conversation {
  if (!c.delivery || event.through <= c.delivery.through) return c;
  return withAlarm({ ...c, delivery: { ...c.delivery, through: event.through, failures: 0 } }, 'delivery', undefined);
}

export function evolveDeliveryFailed(c: Conversation, event: DeliveryFailed): Conversation {
  if (!c.delivery) return c;
  // Given up on: later replies still have their chance.
  if (event.nextAt === undefined) {
    return withAlarm({ ...c, delivery: { ...c.delivery, through: event.failed, failures: 0 } }, 'delivery', undefined);
  }
  return withAlarm({ ...c, delivery: { ...c.delivery, failures: c.delivery.failures + 1 } }, 'delivery', event.nextAt);
}
