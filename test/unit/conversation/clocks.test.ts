import { describe, expect, it } from 'vitest';
import { alwaysOpen } from '../../../src/conversation/calendar.ts';
import type { Clock, ClockName } from '../../../src/conversation/clocks.ts';
import type { DeskRules } from '../../../src/conversation/rules.ts';
import type { Conversation } from '../../../src/conversation/state.ts';
import type { Terms } from '../../../src/conversation/world.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import { Case } from './case.ts';

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

class ClockedCase extends Case {
  constructor(terms: Terms = always, visitor: Conversation['visitor'] = { id: 'v', signed: false }) {
    super({ terms, visitor });
  }
  clock(name: ClockName): Clock | undefined {
    return this.c.ticket?.clocks?.[name];
  }
  /** What the sweeper does, whether or not something is due. */
  marks(): string[] {
    return this.tell({ type: 'wake' }, { role: 'desk' }).flatMap((event) =>
      event.type === 'sla-warned' || event.type === 'sla-breached' ? [`${event.type} ${event.clock}`] : [],
    );
  }
}

describe('the clocks of a case', () => {
  it('begin with the case: first response and resolution', () => {
    const told = new ClockedCase().at(minute).asks();
    expect(told.clock('firstResponse')).toMatchObject({ startedAt: minute, warnAt: 16 * minute, dueAt: 31 * minute });
    expect(told.clock('resolution')).toMatchObject({ dueAt: 241 * minute });
    expect(told.clock('nextResponse')).toBeUndefined();
  });

  it('allow what the plan and the priority say, where the website vouches for the plan', () => {
    const signed = new ClockedCase(always, { id: 'v', plan: 'gold', signed: true }).asks();
    expect(signed.clock('firstResponse')?.dueAt).toBe(10 * minute);
    expect(signed.clock('resolution')).toBeUndefined();
    expect(new ClockedCase(always, { id: 'v', plan: 'gold', signed: false }).asks().clock('firstResponse')?.dueAt).toBe(
      30 * minute,
    );
  });

  it('run on business time alone', () => {
    const told = new ClockedCase({ rules, calendar: mornings }).at(day / 2 - 10 * minute).asks();
    // Ten minutes today, twenty tomorrow.
    expect(told.clock('firstResponse')?.dueAt).toBe(day + 20 * minute);
  });

  it('X1 warn before and mark after, once each, and wake for both', () => {
    const told = new ClockedCase().asks();
    expect(told.c.wakeAt).toBe(15 * minute);
    expect(told.at(15 * minute).marks()).toEqual(['sla-warned firstResponse']);
    expect(told.marks()).toEqual([]);
    expect(told.c.wakeAt).toBe(30 * minute);
    expect(told.at(30 * minute).marks()).toEqual(['sla-breached firstResponse']);
    expect(told.at(31 * minute).marks()).toEqual([]);
  });

  it('X1 mark only the breach where both have passed unseen', () => {
    const told = new ClockedCase().asks().at(50 * minute);
    expect(told.marks()).toEqual(['sla-breached firstResponse']);
    expect(told.marks()).toEqual([]);
  });

  it('X2 are met by the first answer, and then the resolution pauses until the visitor writes', () => {
    const told = new ClockedCase()
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
    const told = new ClockedCase()
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
    const told = new ClockedCase().asks().at(2 * minute);
    told.tell({ type: 'prioritize', priority: 'urgent' });
    expect(told.clock('firstResponse')).toMatchObject({ startedAt: 0, dueAt: 5 * minute });
    told.tell({ type: 'prioritize', priority: 'low' });
    expect(told.clock('firstResponse')?.dueAt).toBe(5 * minute);
  });

  it('stop with the case', () => {
    const told = new ClockedCase()
      .asks()
      .claimed()
      .at(minute)
      .answered()
      .at(2 * minute)
      .says();
    told.tell({ type: 'resolve', agent: 'aiko', code: 'solved', summary: 'done' });
    expect(told.clock('resolution')).toMatchObject({ metAt: 2 * minute });
    expect(told.at(500 * minute).marks()).toEqual([]);
  });

  it('cost a turn with the bot nothing', () => {
    const told = new ClockedCase().says();
    expect(told.log.map(({ type }) => type)).toEqual(['opened', 'message']);
  });
});
