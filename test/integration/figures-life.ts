/** Random lives of conversations: talks with the bot, cases of every way and end, surveys, and what comes after. */
import { randomUUID } from 'node:crypto';
import { texts } from '../../src/bot/texts.ts';
import { type Command, decide } from '../../src/conversation/conversation.ts';
import { initial } from '../../src/conversation/fold.ts';
import type { Language } from '../../src/conversation/language.ts';
import type { Felt } from '../../src/conversation/sentiment.ts';
import type { Actor, Channel, Conversation, HandoffReason } from '../../src/conversation/state.ts';
import type { Finding, Turn } from '../../src/conversation/turn.ts';
import { commitDecided } from '../../src/desk/commit.ts';
import { shippedTerms } from '../../src/desk/terms.ts';
import type { Store } from '../../src/store/store.ts';

const minute = 60_000;
const hour = 60 * minute;

/** @param from ms since 1970 when it begins. */
export async function live(store: Store, random: () => number, from: number): Promise<void> {
  const life = new Life(store, random, from);
  await life.begin();
  for (let turn = 0; turn < 12 && life.goesOn; turn++) await life.step();
}

class Life {
  readonly #store: Store;
  readonly #random: () => number;
  #now: number;
  #c: Conversation = initial(`c-${randomUUID()}`);
  goesOn = true;

  constructor(store: Store, random: () => number, from: number) {
    this.#store = store;
    this.#random = random;
    this.#now = from;
  }

  async begin(): Promise<void> {
    const origin = this.#chance(0.15) ? this.#one(['phone', 'mail', 'form'] as const) : undefined;
    const channel: Channel = origin ? { kind: 'desk', origin } : { kind: 'website' };
    const visitor = { id: `v-${randomUUID()}`, signed: false };
    await this.#do({ type: 'open', channel, visitor, language: this.#language() }, { role: 'desk' });
    if (origin)
      await this.#do({ type: 'take-in', subject: 'A call', details: 'It beeps', skills: ['mail'] }, by('ren'));
  }

  /** Whatever can happen as things stand. */
  async step(): Promise<void> {
    this.#now += Math.floor(this.#random() * 10) * minute;
    if (this.#chance(0.08)) this.#now += 30 * hour;
    const { phase } = this.#c;
    switch (phase.at) {
      case 'bot':
        return this.#talk();
      case 'queued':
        return this.#wait();
      case 'human':
        return this.#work(phase.owner.name, phase.epoch);
      case 'outside':
        return this.#do({ type: 'update', from: phase.team, status: 'done', text: 'Mended' }, { role: 'desk' });
      case 'closed':
        return this.#after();
    }
  }

  async #talk(): Promise<void> {
    if (this.#chance(0.25)) return this.#handOff();
    if (this.#chance(0.15)) {
      this.goesOn = false;
      return;
    }
    const entry = this.#one(['printer', 'vpn']);
    const findings: Finding[] = [
      { type: 'matched', decision: 'answer', confidence: 0.8, matches: [{ id: entry, confidence: 0.8 }] },
      ...(this.#chance(0.8) ? [{ type: 'answered', entry, confidence: 0.8 } as const] : []),
    ];
    await this.#say('How do I print?', this.#chance(0.8) ? findings : []);
    if (this.#chance(0.4)) await this.#say('Well', [{ type: 'feedback', entry, helped: this.#chance(0.5) }]);
  }

  #handOff(): Promise<void> {
    const reason = this.#one<HandoffReason>(['asked', 'unsure', 'not-helped', 'error']);
    const tier = this.#one([1, 2] as const);
    const skills = this.#one([['vpn'], ['vpn', 'mail'], []]);
    return this.#say('A person, please', [], { handoff: { reason, subject: 'Help', tier, skills } });
  }

  async #wait(): Promise<void> {
    if (this.#chance(0.3)) return this.#say('Still there?', []);
    if (this.#chance(0.1) && this.#c.channel.kind !== 'desk') return this.#say('Never mind', [], { leaveQueue: true });
    if (this.#chance(0.2)) {
      // Left for longer than the first answer may take.
      this.#now += 12 * hour;
      return this.#do({ type: 'wake' }, { role: 'desk' });
    }
    const agent = this.#one(['aiko', 'ben']);
    await this.#do({ type: 'claim', agent: named(agent) }, by(agent));
  }

  async #work(agent: string, epoch: number): Promise<void> {
    const other = agent === 'aiko' ? 'ben' : 'aiko';
    const tier = this.#c.ticket?.tier ?? 1;
    const fields = { version: '1', steps: 's', expected: 'e', seen: 's', logs: 'l' };
    const commands: readonly Command[] = [
      { type: 'reply', agent, epoch, content: { text: 'Hello' } },
      { type: 'reply', agent, epoch, content: { text: 'Is it plugged in?' } },
      { type: 'note', text: 'Odd' },
      { type: 'release', agent },
      { type: 'transfer', agent, to: { agent: named(other) }, note: 'Yours' },
      { type: 'transfer', agent, to: { tier: 2, skills: ['mail'] }, note: 'Theirs' },
      ...(tier < 3
        ? [{ type: 'escalate', agent, to: 'tier3', reason: 'Deep', fields: {}, messageId: 'm' } as const]
        : []),
      { type: 'escalate', agent, to: 'developers', reason: 'A fault', fields, messageId: 'm' },
      ...(this.#c.channel.kind === 'desk' ? [] : [{ type: 'return', agent } as const]),
      { type: 'resolve', agent, code: 'solved', summary: 'Done' },
      { type: 'resolve', agent, code: 'workaround', summary: 'Done' },
      { type: 'edit', priority: 'high' },
    ];
    if (this.#chance(0.3)) return this.#say('Hurry', []);
    await this.#do(this.#one(commands), by(agent));
  }

  async #after(): Promise<void> {
    const { survey, ticket } = this.#c;
    if (survey?.asks === 'score' && ticket && this.#chance(0.7)) {
      await this.#say('4', [{ type: 'rated', ticket: ticket.number, score: 1 + Math.floor(this.#random() * 5) }]);
      this.#now += minute;
      const comment = { type: 'rated', ticket: ticket.number, comment: 'Kind people' } as const;
      if (this.#chance(0.3)) return this.#say('Kind people', [comment]);
      if (this.#chance(0.5)) return this.#say('No comment', [{ type: 'survey-left' }]);
      return;
    }
    if (this.#chance(0.2)) return this.#do({ type: 'note', text: 'Look again' }, by('ben'));
    if (this.#chance(0.3)) return this.#do({ type: 'reopen' }, by('aiko'));
    if (this.#c.channel.kind === 'desk' || this.#chance(0.3)) {
      this.goesOn = false;
      return;
    }
    // Long enough for a new case, or not.
    if (this.#chance(0.5)) this.#now += 9 * 24 * hour;
    const left: readonly Finding[] = survey?.asks === 'score' ? [{ type: 'survey-left' }] : [];
    const looked = { type: 'matched', decision: 'handoff', confidence: 0.1, matches: [] } as const;
    return this.#say('Another thing', [...left, looked]);
  }

  /** A turn of the visitor, in whatever language and mood. */
  #say(text: string, findings: readonly Finding[], rest: Partial<Turn> = {}): Promise<void> {
    const mood: readonly Felt[] = this.#chance(0.3)
      ? [
          {
            type: 'felt',
            terms: [
              {
                signal: this.#one(['anger', 'urgency', 'repeated', 'stopped']),
                term: 'x',
                weight: this.#one([0.3, 0.5]),
              },
              ...(this.#chance(0.3) ? [{ signal: 'anger', term: 'y', weight: 0.4 } as const] : []),
            ],
          },
        ]
      : [];
    const language = this.#chance(0.1) ? { language: this.#language() } : {};
    const inbound = { type: 'message', text, ...language } as const;
    return this.#do(
      { type: 'turn', inbound, findings: [...mood, ...findings], replies: [], ...rest },
      { role: 'desk' },
    );
  }

  async #do(command: Command, who: Actor): Promise<void> {
    const world = { ...shippedTerms, now: this.#now, notices: texts, by: who };
    const opens = command.type === 'take-in' || (command.type === 'turn' && command.handoff);
    const reserved = opens ? { nextTicket: await this.#store.reserve('ticket') } : {};
    const decided = decide(this.#c, command, { ...world, ...reserved });
    if (decided.length === 0) return;
    this.#c = await commitDecided(this.#store, this.#c, decided, { at: this.#now, key: randomUUID() });
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #one<T>(values: readonly T[]): T {
    return values[Math.floor(this.#random() * values.length)] as T;
  }

  #language(): Language {
    return this.#one(['ja', 'en']);
  }
}

const named = (name: string) => ({ name, displayName: name });
const by = (name: string): Actor => ({ role: 'agent', ...named(name) });
