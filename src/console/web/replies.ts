/** The agent's replies: into the outbox, out through the sender, kept in this browser until the service has them. */
import * as api from './api.ts';
import { newClientId } from './client-id.ts';
import { keepOutbox } from './kept-outbox.ts';
import { add, hastened, type Outbox, removed, retried } from './outbox.ts';
import { createSender } from './sender.ts';
import type { Action, State } from './state.ts';
import type { Store } from './store.ts';

export interface Replies {
  /** False when the open conversation is not the agent's own; then nothing was taken over. */
  reply(text: string): boolean;
  retry(clientId: string): void;
  discard(clientId: string): void;
  /** The connection is back, or somebody has signed in: nothing waits any longer. */
  hasten(): void;
}

/** @param refresh reads a conversation anew, after a reply was taken or refused. */
export function createReplies(store: Store<State, Action>, refresh: (id: string) => Promise<void>): Replies {
  const { get, dispatch } = store;
  const pump = createSender({
    read: () => get().outbox,
    write: (outbox: Outbox) => dispatch({ type: 'outbox', outbox }),
    agent: () => (get().session === 'in' ? (get().me?.name ?? null) : null),
    send: ({ conversation, text, epoch, clientId }) => api.send(conversation, { text, epoch, clientId }),
    now: Date.now,
    random: Math.random,
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    answered: ({ conversation }) => {
      if (get().threads[conversation]) void refresh(conversation);
    },
  });

  let kept = get().outbox;
  store.subscribe(() => {
    const { outbox } = get();
    if (outbox === kept) return;
    keepOutbox(kept, outbox);
    kept = outbox;
  });

  return {
    reply(text) {
      const { openId, threads, me, outbox } = get();
      const thread = openId === null ? undefined : threads[openId];
      const epoch = thread?.item.epoch ?? null;
      if (!thread || !me || epoch === null || thread.item.owner?.name !== me.name) return false;
      const reply = {
        clientId: newClientId(),
        conversation: thread.item.id,
        agent: me.name,
        text,
        epoch,
        at: new Date().toISOString(),
        basis: thread.timeline.at(-1)?.version ?? 0,
      };
      dispatch({ type: 'outbox', outbox: add(outbox, reply) });
      pump();
      return true;
    },
    retry(clientId) {
      const { outbox, threads } = get();
      const conversation = outbox.find((o) => o.clientId === clientId)?.conversation;
      const epoch = conversation === undefined ? null : (threads[conversation]?.item.epoch ?? null);
      dispatch({ type: 'outbox', outbox: retried(outbox, clientId, epoch) });
      pump();
    },
    discard(clientId) {
      dispatch({ type: 'outbox', outbox: removed(get().outbox, clientId) });
      pump();
    },
    hasten() {
      dispatch({ type: 'outbox', outbox: hastened(get().outbox) });
      pump();
    },
  };
}
