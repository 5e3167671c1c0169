import { describe, expect, it } from 'vitest';
import { doubtsOf, type Surroundings } from '../../../../src/desk/rules/doubts.ts';
import { shippedRules } from '../../../../src/desk/rules/file.ts';
import { parseRules } from '../../../../src/desk/rules/parse.ts';

const around: Surroundings = { now: Date.parse('2026-11-25T12:00+09:00'), env: {} };
const doubts = (text: string, its: Partial<Surroundings> = {}) => {
  const read = parseRules('desk.yaml', text);
  if ('problems' in read) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return doubtsOf(read.rules, { ...around, ...its }).map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('doubts about desk.yaml', () => {
  it('R7 has none about the shipped rules', () => {
    expect(doubtsOf(shippedRules, around)).toEqual([]);
  });

  it.each([
    [
      'understanding: {chooseAt: {ja: 0.9}}',
      'understanding.chooseAt.ja: is above answerAt (0.7), so a choice is hardly ever offered',
    ],
    ['calendar: {hours: {mon: closed}}', 'calendar.hours: the desk does not open once in three years'],
    ['calendar: {tiers: {2: {hours: {}}}}', 'calendar.tiers.2.hours: tier 2 does not open once in three years'],
    [
      'calendar: {rosters: {sato: {hours: {}}}}',
      'calendar.rosters.sato.hours: sato is not at work once in three years; to have no shifts, leave the person out',
    ],
    [
      'calendar: {hours: {sun: ["22:00-06:00"], mon: ["05:00-09:00"]}}',
      'calendar.hours: sun 22:00-06:00 lasts into mon 05:00-09:00; the time counts once',
    ],
    [
      'calendar: {holidays: {closed: [2026-11-20..2026-11-24]}}',
      'calendar.holidays.closed.0: 2026-11-20..2026-11-24 is over and can be taken out',
    ],
    [
      'calendar: {holidays: {closed: [2026-12-01], open: [{days: 2026-12-01, hours: ["09:00-10:00"]}]}}',
      'calendar.holidays.closed.0: 2026-12-01 is under "open" too, which comes first',
    ],
    [
      'calendar: {holidays: {open: [{days: 2026-12-01, hours: closed}]}}',
      'calendar.holidays.open.0: 2026-12-01 has no hours; put it under "closed"',
    ],
    [
      'calendar: {hours: {mon-fri: ["09:00-17:00"]}, rosters: {sato: {hours: {mon-fri: ["18:00-20:00"]}}}}',
      'calendar.rosters.sato: sato is at work only while the desk is closed, in the four weeks to come',
    ],
    ['queue: {widen: {anyone: 1m}}', 'queue.widen.anyone: comes before "skills", which lets in fewer people'],
    ['queue: {acceptWithin: 5m}', 'queue.acceptWithin: is no shorter than the first response to an urgent case'],
    [
      'sla: {plans: {default: {normal: {firstResponse: 90h}}}}',
      'sla.plans.default.normal.firstResponse: is later than the resolution',
    ],
    [
      'sla: {plans: {premium: {high: {firstResponse: 1m}}}}',
      'sla.plans.premium.high.firstResponse: is sooner than for urgent cases',
    ],
    ['sentiment: {high: 0.9}', 'sentiment.high: is above urgent (0.8), so no case is ever only high'],
    ['retention: {archiveAfter: 2d}', 'retention.archiveAfter: is shorter than tickets.reopenWithin'],
    [
      'escalation: {repair: {webhook: {url: "https://example.com/", secret: REPAIR_SECRET}}}',
      'escalation.repair.webhook.secret: the environment here has no REPAIR_SECRET; the service needs it to sign what it sends',
    ],
  ])('R7 doubts %s', (text, doubt) => {
    expect(doubts(text)).toContain(doubt);
  });

  it('R7 knows rosters of accounts that are not there, where accounts are known', () => {
    const text = 'calendar: {rosters: {sato: {hours: always}}}';
    expect(doubts(text, { accounts: ['tanaka'] })).toEqual(['calendar.rosters.sato: there is no account "sato" yet']);
    expect(doubts(text, { accounts: ['sato'] })).toEqual([]);
    expect(doubts(text)).toEqual([]);
  });

  it('R7 is content with a secret that the environment has', () => {
    const text = 'escalation: {repair: {webhook: {url: "https://example.com/", secret: REPAIR_SECRET}}}';
    expect(doubts(text, { env: { REPAIR_SECRET: 'x' } })).toEqual([]);
  });
});
