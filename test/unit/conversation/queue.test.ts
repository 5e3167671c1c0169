import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alwaysOpen, type Calendar } from '../../../src/conversation/calendar.ts';
import { type Command, decide } from '../../../src/conversation/conversation.ts';
import { type Abilities, type Demand, fitOf } from '../../../src/conversation/fit.ts';
import { initial, record } from '../../../src/conversation/fold.ts';
import { placements } from '../../../src/conversation/placement.ts';
import { Rejected } from '../../../src/conversation/rejected.ts';
import { allowancesOf } from '../../../src/conversation/rules.ts';
import type { Conversation, Priority } from '../../../src/conversation/state.ts';
import type { World } from '../../../src/conversation/world.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import { drawSeed } from '../../support/seed.ts';
import { notices } from './notices.ts';
import { ben } from './told.ts';

const minute = 60_000;
const { rules } = shippedTerms;
const world = (now: number, calendar: Calendar = alwaysOpen): World => ({
  rules,
  calendar,
  now,
  by: { role: 'desk' },
  notices,
  nextTicket: 7,
});
const told = (c: Conversation, command: Command, now: number, calendar?: Calendar): Conversation =>
  record(c, decide(c, command, world(now, calendar)), now).next;
const waitsFrom = (now: number, { id = 'c', plan = '', signed = true, priority = 'normal' as Priority } = {}) =>
  told(
    told(
      initial(id),
      {
        type: 'open',
        channel: { kind: 'website' },
        visitor: { id: 'v', signed, ...(plan ? { plan } : {}) },
        language: 'ja',
      },
      now,
    ),
    { type: 'turn', findings: [], replies: [], handoff: { reason: 'asked', subject: 'x', priority } },
    now,
  );
const placeOf = (c: Conversation) => placements(c).find(({ index }) => index === 'waiting')?.score;
const firstResponse = (priority: Priority, plan?: string) => allowancesOf(rules, plan, priority).firstResponse;

describe('the queue', () => {
  it('Q1 is ordered by when the first answer is due: the wait’s beginning and what plan and priority allow', () => {
    expect(placeOf(waitsFrom(1_000))).toBe(1_000 + firstResponse('normal'));
    expect(placeOf(waitsFrom(1_000, { priority: 'urgent' }))).toBe(1_000 + firstResponse('urgent'));
    expect(firstResponse('urgent')).toBeLessThan(firstResponse('low'));
  });

  it('Q1 leaves who waits in their place, though a second hand-off would allow more time for it', () => {
    const slowSecondTier: Calendar = { ...alwaysOpen, add: (from, ms, tier) => from + ms * (tier ?? 1) };
    const waits = waitsFrom(1_000, { priority: 'high' });
    const handoff = { reason: 'asked', subject: 'x', tier: 2, priority: 'low' } as const;
    const again = told(waits, { type: 'turn', findings: [], replies: [], handoff }, 2_000, slowSecondTier);
    expect(again.ticket).toMatchObject({ tier: 2, priority: 'high' });
    expect(placeOf(again)).toBe(placeOf(waits));
  });

  it('Q1 takes a plan from the website’s signature alone', () => {
    const plans = { ...rules.sla.plans, gold: { ...rules.sla.plans.default, normal: { firstResponse: minute } } };
    const golden = (signed: boolean) => {
      const visitor = { id: 'v', signed, plan: 'Gold' };
      const w = { ...world(0), rules: { ...rules, sla: { ...rules.sla, plans } } };
      const c = { ...waitsFrom(0), visitor, phase: { at: 'bot' as const } };
      const handoff: Command = { type: 'turn', findings: [], replies: [], handoff: { reason: 'asked', subject: '' } };
      return placeOf(record(c, decide(c, handoff, w), 0).next);
    };
    expect(golden(true)).toBe(minute);
    expect(golden(false)).toBe(firstResponse('normal'));
  });

  it('Q1 brings a case forward when its priority rises, and takes nobody’s place when it falls', () => {
    const c = waitsFrom(0);
    const raised = told(c, { type: 'prioritize', priority: 'urgent' }, minute);
    expect(placeOf(raised)).toBe(firstResponse('urgent'));
    const lowered = told(raised, { type: 'prioritize', priority: 'low' }, 2 * minute);
    expect([placeOf(lowered), lowered.ticket?.priority]).toEqual([firstResponse('urgent'), 'low']);
    expect(decide(lowered, { type: 'prioritize', priority: 'low' }, world(3 * minute))).toEqual([]);
  });

  it('Q1 X1 brings a case forward, and its clocks, when a plan that allows less becomes known of its customer', () => {
    const normal = { firstResponse: minute, resolution: 60 * minute };
    const plans = { ...rules.sla.plans, gold: { ...rules.sla.plans.default, normal } };
    const at = (now: number) => ({ ...world(now), rules: { ...rules, sla: { ...rules.sla, plans } } });
    const known = (plan: string, c: Conversation, now: number) => {
      const customer = { id: 'C-1', plan, products: [] };
      const { events, next } = record(c, decide(c, { type: 'know-customer', customer }, at(now)), now);
      return { types: events.map(({ type }) => type), next };
    };
    const c = waitsFrom(0);
    const { types, next } = known('gold', c, 10_000);
    expect(types).toEqual(['customer-known', 'clocked']);
    expect(placeOf(next)).toBe(minute);
    expect(next.ticket?.clocks).toMatchObject({
      firstResponse: { startedAt: 0, dueAt: minute },
      resolution: { dueAt: 60 * minute },
    });
    // Nothing puts it back, and what nobody vouches for counts for nothing.
    expect(known('unheard-of', next, 20_000).types).toEqual(['customer-known']);
    expect(placeOf(known('unheard-of', next, 20_000).next)).toBe(minute);
    expect(placeOf(known('gold', waitsFrom(0, { signed: false }), 10_000).next)).toBe(firstResponse('normal'));
  });

  it('Q1 keeps the place of a case that is more urgent by what its visitor says while waiting', () => {
    const again: Command = {
      type: 'turn',
      findings: [],
      replies: [],
      handoff: { reason: 'asked', subject: '', priority: 'high' },
    };
    expect(placeOf(told(waitsFrom(0), again, 10 * minute))).toBe(firstResponse('high'));
    expect(placeOf(told(waitsFrom(0, { priority: 'urgent' }), again, 10 * minute))).toBe(firstResponse('urgent'));
  });

  it('Q1 puts what an older release left waiting before all that came after', () => {
    const c = waitsFrom(5_000);
    const old: Conversation = { ...c, phase: { at: 'queued', since: 5_000 } };
    expect(placeOf(old)).toBe(5_000);
    const claimed = told(old, { type: 'claim', agent: { name: 'aiko', displayName: 'Aiko' } }, 6_000);
    expect(placeOf(told(claimed, { type: 'release', agent: 'aiko' }, 7_000))).toBe(5_000);
  });

  it('Q2 starves nobody: none that comes later than the difference of the allowances passes a case', () => {
    const priorities: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];
    const least = Math.min(...priorities.map((priority) => firstResponse(priority)));
    // Open for ten minutes of every hour: allowances are business time.
    const hour = 60 * minute;
    const share = 10 * minute;
    const opened = (at: number) => Math.floor(at / hour) * share + Math.min(at % hour, share);
    const add = (from: number, span: number): number => {
      if (span === 0) return from;
      const target = opened(from) + span;
      const hours = Math.ceil(target / share) - 1;
      return hours * hour + (target - hours * share);
    };
    const calendars: Calendar[] = [alwaysOpen, { ...alwaysOpen, add }];
    const cases = fc.record({ at: fc.integer({ min: 0, max: 200 * hour }), priority: fc.constantFrom(...priorities) });
    fc.assert(
      fc.property(cases, cases, fc.constantFrom(...calendars), (one, other, calendar) => {
        const due = ({ at, priority }: typeof one) => calendar.add(at, firstResponse(priority), 1);
        const bound = calendar.add(one.at, firstResponse(one.priority) - least, 1);
        if (other.at > bound) expect(due(other)).toBeGreaterThanOrEqual(due(one));
      }),
      { seed: drawSeed(), numRuns: 2_000 },
    );
  });
});

describe('who fits', () => {
  const demand: Demand = { tier: 2, skills: ['vpn', 'mail'], language: 'ja', since: 0 };
  const able: Abilities = { tier: 2, skills: ['vpn', 'mail'], languages: ['ja', 'en'] };
  const queue = { widen: { skills: 5 * minute, anyone: 15 * minute, language: 30 * minute } };
  const fitAfter = (minutes: number, agent: Partial<Abilities>) =>
    fitOf(demand, { ...able, ...agent }, queue, minutes * minute);

  it('Q3 is who has the tier or a higher one, all the skills or none noted, and the language', () => {
    expect(fitAfter(0, {})).toBe('full');
    expect(fitAfter(0, { tier: 3 })).toBe('full');
    expect(fitAfter(0, { skills: [] })).toBe('full');
    expect(fitAfter(0, { skills: ['mail'] })).toBe('none');
    expect(fitAfter(0, { languages: ['en'] })).toBe('none');
  });

  it('Q3 widens with the wait: to some of the skills, to any, to the other language; never to a lower tier', () => {
    const steps = (agent: Partial<Abilities>) => [4, 5, 15, 30].map((minutes) => fitAfter(minutes, agent));
    expect(steps({ skills: ['mail'] })).toEqual(['none', 'skills', 'skills', 'skills']);
    expect(steps({ skills: ['printer'] })).toEqual(['none', 'none', 'anyone', 'anyone']);
    expect(steps({ languages: ['en'] })).toEqual(['none', 'none', 'none', 'language']);
    expect(steps({ languages: ['en'], skills: ['printer'] })).toEqual(['none', 'none', 'none', 'language']);
    expect(fitAfter(10_000, { tier: 1 })).toBe('none');
  });

  it('Q3 stays as it is where a step is switched off', () => {
    expect(fitOf(demand, { ...able, skills: ['printer'] }, { widen: {} }, 1e12)).toBe('none');
    expect(fitOf(demand, { ...able, languages: ['en'] }, { widen: {} }, 1e12)).toBe('none');
  });

  it('Q3 is noted where a person takes a case, in whatever way', () => {
    const fitNoted = (abilities: Abilities, now: number) => {
      const [claimed] = decide(waitsFrom(0), { type: 'claim', agent: ben, abilities, capacity: 1 }, world(now));
      return claimed?.body.type === 'claimed' ? claimed.body.fit : undefined;
    };
    const english: Abilities = { tier: 1, skills: [], languages: ['en'] };
    expect(fitNoted({ ...english, languages: ['ja'] }, 1)).toBe('full');
    expect(fitNoted(english, 1)).toBe('none');
    expect(fitNoted(english, rules.queue.widen.language ?? 0)).toBe('language');
  });

  it('Q3 holds in the commit, for whoever takes the next case: what does not fit is not theirs, though it waits', () => {
    const next = (abilities: Abilities) =>
      told(waitsFrom(0), { type: 'claim', agent: ben, abilities, capacity: 1, mustFit: true }, 1);
    expect(next({ tier: 1, skills: [], languages: ['ja'] }).phase.at).toBe('human');
    expect(() => next({ tier: 1, skills: [], languages: ['en'] })).toThrow(Rejected);
  });

  it('O3 a case heavier than all that an agent may hold weighs just that: it fits who holds nothing else', () => {
    const heavy = { ...rules, queue: { ...rules.queue, weights: { ...rules.queue.weights, website: 4 } } };
    const weight = (capacity: number) => {
      const claim: Command = { type: 'claim', agent: ben, capacity };
      const [claimed] = decide(waitsFrom(0), claim, { ...world(1), rules: heavy });
      return claimed?.body.type === 'claimed' ? claimed.body.weight : undefined;
    };
    expect([weight(3), weight(4), weight(9)]).toEqual([3, 4, 4]);
  });
});
