/** Unacknowledged replies in localStorage, one key each, so that two tabs of one browser do not overwrite each other's. */
import { keys, read, write } from './keep.ts';
import type { Outbox, Outgoing } from './outbox.ts';

const prefix = 'outbox.';

/** What an earlier page left behind; what was on its way then counts as not sent: the `clientId` makes sending it again harmless. */
export function loadOutbox(): Outbox {
  return keys(prefix)
    .flatMap((key) => read<Outgoing>(key) ?? [])
    .map((o): Outgoing => (o.state.kind === 'refused' ? o : { ...o, state: { kind: 'queued', notBefore: 0 } }))
    .sort((a, b) => a.at.localeCompare(b.at));
}

export function keepOutbox(before: Outbox, after: Outbox): void {
  const left = new Map(after.map((o) => [o.clientId, o]));
  for (const { clientId } of before) if (!left.has(clientId)) write(prefix + clientId, null);
  for (const o of after) {
    if (before.includes(o)) continue;
    write(prefix + o.clientId, o.state.kind === 'acknowledged' ? null : o);
  }
}
