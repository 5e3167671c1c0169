/** A case told step by step, for tests of the domain: what visitor, agent aiko and desk do to it, at which time. */
import { type Command, decide } from '../../../src/conversation/conversation.ts';
import type { Event } from '../../../src/conversation/event.ts';
import { initial, record } from '../../../src/conversation/fold.ts';
import type { Actor, Channel, Conversation } from '../../../src/conversation/state.ts';
import type { Terms } from '../../../src/conversation/world.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import { notices } from './notices.ts';
import { aiko } from './told.ts';

export interface CaseOptions {
  readonly terms?: Terms;
  readonly channel?: Channel;
  readonly visitor?: Conversation['visitor'];
}

export class Case {
  c: Conversation = initial('c');
  readonly log: Event[] = [];
  /** Ms since 1970. */
  now = 0;
  readonly #terms: Terms;

  constructor({
    terms = shippedTerms,
    channel = { kind: 'website' },
    visitor = { id: 'v', signed: false },
  }: CaseOptions = {}) {
    this.#terms = terms;
    this.tell({ type: 'open', channel, visitor, language: 'en' });
  }

  tell(command: Command, by: Actor = { role: 'agent', ...aiko }): Event[] {
    const decided = decide(this.c, command, { ...this.#terms, now: this.now, by, notices, nextTicket: 7 });
    const { events, next } = record(this.c, decided, this.now);
    this.c = next;
    this.log.push(...events);
    return events;
  }
  at(ms: number): this {
    this.now = ms;
    return this;
  }
  asks(): this {
    this.tell({
      type: 'turn',
      inbound: { type: 'message', text: 'a person please' },
      findings: [],
      replies: [],
      handoff: { reason: 'asked', subject: 'printer' },
    });
    return this;
  }
  says(words = 'still broken'): this {
    this.tell({ type: 'turn', inbound: { type: 'message', text: words }, findings: [], replies: [] });
    return this;
  }
  claimed(): this {
    this.tell({ type: 'claim', agent: aiko, abilities: { tier: 3, skills: [], languages: ['ja', 'en'] } });
    return this;
  }
  answered(): this {
    const epoch = this.c.phase.at === 'human' ? this.c.phase.epoch : 0;
    this.tell({ type: 'reply', agent: 'aiko', epoch, content: { text: 'try this' } });
    return this;
  }
  /** What the sweeper does as long as something is due. */
  wakes(): Event[] {
    const all: Event[] = [];
    for (let looks = 0; (this.c.wakeAt ?? Number.POSITIVE_INFINITY) <= this.now; looks++) {
      const types = () => all.map(({ type }) => type);
      if (looks > 20) throw new Error(`it is swept for ever: ${types().slice(-5).join(', ')}`);
      const events = this.tell({ type: 'wake' }, { role: 'desk' });
      if (events.length === 0) throw new Error('a wake that does nothing would be swept for ever');
      all.push(...events);
    }
    return all;
  }
  said(): string[] {
    return this.log.flatMap((event) =>
      event.type === 'message' && event.by.role === 'desk' ? [event.text ?? ''] : [],
    );
  }
}
