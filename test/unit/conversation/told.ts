/** A conversation told command by command, for tests of the domain. */
import { type Command, decide } from '../../../src/conversation/conversation.ts';
import type { Event } from '../../../src/conversation/event.ts';
import { initial, record } from '../../../src/conversation/fold.ts';
import { Rejected, type RejectionCode } from '../../../src/conversation/rejected.ts';
import type { Actor, Conversation } from '../../../src/conversation/state.ts';
import type { Terms, World } from '../../../src/conversation/world.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';

const notices = {
  claimed: ({ displayName }: { displayName: string }) => `${displayName} joined`,
  released: () => 'back in the queue',
  returned: () => 'the bot again',
  resolved: (ticket: string) => `${ticket} closed`,
  reopened: (ticket: string) => `${ticket} opened`,
};

export interface Told {
  readonly c: Conversation;
  readonly log: readonly Event[];
}

/** @param now ms since 1970 */
const worldAt = (now: number, terms: Terms = shippedTerms): World => ({
  ...terms,
  now,
  by: { role: 'desk' },
  notices: { ja: notices, en: notices } as unknown as World['notices'],
  nextTicket: 7,
});

/** By whom the command names, else by the desk. */
export function tell({ c, log }: Told, command: Command, now: number, terms?: Terms): Told {
  const named = 'agent' in command ? command.agent : undefined;
  const agent = typeof named === 'string' ? { name: named, displayName: named } : named;
  const by: Actor = agent && command.type !== 'lose-lease' ? { role: 'agent', ...agent } : { role: 'desk' };
  const { events, next } = record(c, decide(c, command, { ...worldAt(now, terms), by }), now);
  return { c: next, log: [...log, ...events] };
}

export function refusal({ c }: Told, command: Command, now: number): RejectionCode {
  try {
    decide(c, command, worldAt(now));
  } catch (error) {
    if (error instanceof Rejected) return error.code;
    throw error;
  }
  throw new Error('it was not refused');
}

export const says = (text: string): Command => ({
  type: 'turn',
  inbound: { type: 'message', text },
  findings: [],
  replies: [],
});

/** A website visitor asks for a person at `at`. */
export function waitingFrom(at: number): Told {
  const open: Command = {
    type: 'open',
    channel: { kind: 'website' },
    visitor: { id: 'v', signed: false },
    language: 'ja',
  };
  const opened = tell({ c: initial('c1'), log: [] }, open, at);
  const handoff = { reason: 'asked', subject: '印刷できない' } as const;
  return tell(opened, { type: 'turn', findings: [], replies: [], handoff }, at);
}

export const aiko = { name: 'aiko', displayName: 'Aiko' };
export const ben = { name: 'ben', displayName: 'Ben' };
