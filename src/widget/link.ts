import { backoff } from './backoff.ts';

/**
 * The line to the service as a state machine. The client acts on what it reads here: `opening` asks for a session and a
 * socket, `waiting` tries again at `until` (ms since 1970), `ended` waits for the visitor to begin anew.
 */
export type Link =
  | { readonly at: 'idle' }
  | { readonly at: 'opening'; readonly attempt: number; readonly network: boolean }
  | { readonly at: 'online'; readonly attempt: number; readonly since: number }
  | { readonly at: 'waiting'; readonly attempt: number; readonly until: number; readonly network: boolean }
  | { readonly at: 'ended'; readonly why: 'expired' | 'gone' };

export type LinkEvent =
  | { readonly type: 'wanted' }
  | { readonly type: 'opened'; readonly now: number }
  | { readonly type: 'lost'; readonly now: number; readonly random: number }
  | { readonly type: 'due' }
  | { readonly type: 'network-down'; readonly now: number; readonly random: number }
  | { readonly type: 'network-up' }
  | { readonly type: 'refused'; readonly why: 'expired' | 'gone' }
  | { readonly type: 'restarted' };

/** A line that held this long (ms) was good: the next loss counts from 0 again. A shorter one keeps the pauses growing. */
const steady = 10_000;

const pause = (attempt: number, now: number, random: number, network: boolean): Link => ({
  at: 'waiting',
  attempt: attempt + 1,
  until: now + backoff(attempt, random),
  network,
});

/** The next state; an event that does not concern the present state leaves it as it is (the same object). */
export function step(link: Link, event: LinkEvent): Link {
  switch (event.type) {
    case 'wanted':
      return link.at === 'idle' ? { at: 'opening', attempt: 0, network: true } : link;
    case 'opened':
      return link.at === 'opening' ? { at: 'online', attempt: link.attempt, since: event.now } : link;
    case 'lost':
      if (link.at === 'opening') return pause(link.attempt, event.now, event.random, link.network);
      if (link.at !== 'online') return link;
      return pause(event.now - link.since >= steady ? 0 : link.attempt, event.now, event.random, true);
    case 'network-down':
      // The browser's word is a hint, no more (it also calls a machine without a network card "offline"): tries go on.
      if (link.at === 'opening' || link.at === 'online') return pause(0, event.now, event.random, false);
      return link.at === 'waiting' ? { ...link, network: false } : link;
    case 'network-up':
      return link.at === 'waiting' ? { at: 'opening', attempt: link.attempt, network: true } : link;
    case 'due':
      return link.at === 'waiting' ? { at: 'opening', attempt: link.attempt, network: link.network } : link;
    case 'refused':
      return link.at === 'idle' ? link : { at: 'ended', why: event.why };
    case 'restarted':
      return link.at === 'ended' ? { at: 'opening', attempt: 0, network: true } : link;
  }
}

/** What the visitor is told: the first tries are "reconnecting", a network that is off or a service long away is "offline". */
export type Signal = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'offline' | 'ended';

const patience = 4;

export function signalOf(link: Link): Signal {
  switch (link.at) {
    case 'idle':
    case 'online':
    case 'ended':
      return link.at;
    case 'opening':
      if (link.attempt === 0) return 'connecting';
      return link.network && link.attempt < patience ? 'reconnecting' : 'offline';
    case 'waiting':
      return link.network && link.attempt < patience ? 'reconnecting' : 'offline';
  }
}
