import { describe, expect, it } from 'vitest';
import { alwaysOpen } from '../../../src/conversation/calendar.ts';
import type { Clock, ClockName } from '../../../src/conversation/clocks.ts';
import { type Command, decide } from '../../../src/conversation/conversation.ts';
import type { Event } from '../../../src/conversation/event.ts';
import { initial, record } from '../../../src/conversation/fold.ts';
import type { DeskRules } from '../../../src/conversation/rules.ts';
import type { Actor, Conversation } from '../../../src/conversation/state.ts';
import type { Terms } from '../../../src/conversation/world.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import { notices } from './notices.ts';

const minute = 60_000;
const day = 1_440 * minute;
const plan = { firstResponse: 30 * minute, nextResponse: 20 * minute, resolution: 240 * minute };
const rules: DeskRules = {
  ...shippedTerms.rules,
  sla: {
    warnAt: 0.5,
    plans: {
      default: { urgent: { ...plan, firstResponse: 5 * minute }, high: plan, normal: plan, low: plan },
      gold: {
        urgent: plan,
        high: plan,
        normal: { firstResponse: 10 * minute },
        low: plan,
      },
    },
  },
  silence: {},
};
/** Open the first half of every day. */
const mornings: Terms['calendar'] = {
  ...alwaysOpen,
  add(from, ms) {
    let at = from;
    for (let left = ms; ; ) {
      const ofDay = at % day;
      const open = Math.max(0, day / 2 - ofDay);
      if (open >= left && (left > 0 || ofDay < day / 2)) return at + left;
      if (left === 0) return at;
      left -= open;
      at += day - ofDay;
    }
  },
  between(from, to) {
    let sum = 0;
    for (let at = from; at < to; at += minute) if (at % day < day / 2) sum += minute;
    return sum;
  },
};
const always: Terms = { rules, calendar: alwaysOpen };

class Case {
  c: Conversation = initial('c');
  readonly log: Event[] = [];
  now = 0;
  readonly terms: Terms;

  constructor(terms: Terms = always, visitor: Conversation['visitor'] = { id: 'v', signed: false }) {
    this.terms = terms;
    this.tell({ type: 'open', channel: { kind: 'website' }, visitor, language: 'en' });
  }
  tell(command: Command, by: Actor = { role: 'desk' }): Event[] {
    const decided = decide(this.c, command, { ...this.terms, now: this.now, by, notices, nextTicket: 7 });
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
  says(): this {
    this.tell({ type: 'turn', inbound: { type: 'message', text: 'still broken' }, findings: [], replies: [] });
    return this;
  }
  claimed(): this {
    this.tell({
      type: 'claim',
      agent: { name: 'aiko', displayName: 'Aiko' },
      abilities: { tier: 3, skills: [], languages: ['ja', 'en'] },
    });
    return this;
  }
  answered(): this {
    const epoch = this.c.phase.at === 'human' ? this.c.phase.epoch : 0;
    this.tell(
      { type: 'reply', agent: 'aiko', epoch, content: { text: 'try this' } },
      { role: 'agent', name: 'aiko', displayName: 'Aiko' },
    );
    return this;
  }
  clock(name: ClockName): Clock | undefined {
    return this.c.ticket?.clocks?.[name];
  }
  /** What the sweeper does at the time it is due. */
  wakes(): string[] {
    return this.tell({ type: 'wake' })
      .filter((event) => event.type.startsWith('sla-'))
      .map((event) => `${event.type} ${'clock' in event ? event.clock : ''}`);
  }
}

describe('the clocks of a case', () => {
  it('begin with the case: first response and resolution', () => {
    const told = new Case().at(minute).asks();
    expect(told.clock('firstResponse')).toMatchObject({ startedAt: minute, warnAt: 16 * minute, dueAt: 31 * minute });
    expect(told.clock('resolution')).toMatchObject({ dueAt: 241 * minute });
    expect(told.clock('nextResponse')).toBeUndefined();
  });

  it('allow what the plan and the priority say, where the website vouches for the plan', () => {
    const signed = new Case(always, { id: 'v', plan: 'gold', signed: true }).asks();
    expect(signed.clock('firstResponse')?.dueAt).toBe(10 * minute);
    expect(signed.clock('resolution')).toBeUndefined();
    expect(new Case(always, { id: 'v', plan: 'gold', signed: false }).asks().clock('firstResponse')?.dueAt).toBe(
      30 * minute,
    );
  });

  it('run on business time alone', () => {
    const told = new Case({ rules, calendar: mornings }).at(day / 2 - 10 * minute).asks();
    // Ten minutes today, twenty tomorrow.
    expect(told.clock('firstResponse')?.dueAt).toBe(day + 20 * minute);
  });

  it('X1 warn before and mark after, once each, and wake for both', () => {
    const told = new Case().asks();
    expect(told.c.wakeAt).toBe(15 * minute);
    expect(told.at(15 * minute).wakes()).toEqual(['sla-warned firstResponse']);
    expect(told.wakes()).toEqual([]);
    expect(told.c.wakeAt).toBe(30 * minute);
    expect(told.at(30 * minute).wakes()).toEqual(['sla-breached firstResponse']);
    expect(told.at(31 * minute).wakes()).toEqual([]);
  });

  it('X1 mark only the breach where both have passed unseen', () => {
    const told = new Case().asks().at(50 * minute);
    expect(told.wakes()).toEqual(['sla-breached firstResponse']);
    expect(told.wakes()).toEqual([]);
  });

  it('X2 are met by the first answer, and then the resolution pauses until the visitor writes', () => {
    const told = new Case()
      .asks()
      .claimed()
      .at(10 * minute)
      .answered();
    expect(told.clock('firstResponse')).toMatchObject({ metAt: 10 * minute });
    expect(told.clock('resolution')).toMatchObject({ pausedAt: 10 * minute });
    told.at(110 * minute).says();
    expect(told.clock('resolution')).toMatchObject({ dueAt: 340 * minute, warnAt: 220 * minute });
    expect(told.clock('resolution')?.pausedAt).toBeUndefined();
    expect(told.clock('nextResponse')).toMatchObject({ startedAt: 110 * minute, dueAt: 130 * minute });
  });

  it('X2 do not begin anew with each further word, but with each further answer that is owed', () => {
    const told = new Case()
      .asks()
      .claimed()
      .at(minute)
      .answered()
      .at(2 * minute)
      .says()
      .at(9 * minute)
      .says();
    expect(told.clock('nextResponse')?.startedAt).toBe(2 * minute);
    told
      .at(10 * minute)
      .answered()
      .at(20 * minute)
      .says();
    expect(told.clock('nextResponse')?.startedAt).toBe(20 * minute);
    expect(told.clock('nextResponse')?.metAt).toBeUndefined();
  });

  it('are shortened by a raised priority, counted from where they began, and never lengthened', () => {
    const told = new Case().asks().at(2 * minute);
    told.tell({ type: 'prioritize', priority: 'urgent' });
    expect(told.clock('firstResponse')).toMatchObject({ startedAt: 0, dueAt: 5 * minute });
    told.tell({ type: 'prioritize', priority: 'low' });
    expect(told.clock('firstResponse')?.dueAt).toBe(5 * minute);
  });

  it('stop with the case', () => {
    const told = new Case()
      .asks()
      .claimed()
      .at(minute)
      .answered()
      .at(2 * minute)
      .says();
    told.tell({ type: 'resolve', agent: 'aiko', code: 'solved', summary: 'done' });
    expect(told.clock('resolution')).toMatchObject({ metAt: 2 * minute });
    expect(told.at(500 * minute).wakes()).toEqual([]);
  });

  it('cost a turn with the bot nothing', () => {
    const told = new Case().says();
    expect(told.log.map(({ type }) => type)).toEqual(['opened', 'message']);
  });
});
