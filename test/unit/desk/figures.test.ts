import { describe, expect, it } from 'vitest';
import type { Body, Event } from '../../../src/conversation/event.ts';
import { initial, record } from '../../../src/conversation/fold.ts';
import type { Actor } from '../../../src/conversation/state.ts';
import { byteOrderMark, csvRow } from '../../../src/desk/csv.ts';
import { dayIn, report } from '../../../src/desk/figures/aggregate.ts';
import { factsOf } from '../../../src/desk/figures/facts.ts';
import { columns, rowsOf } from '../../../src/desk/figures/table.ts';

const visitor: Actor = { role: 'visitor', id: 'v-1' };
const bot: Actor = { role: 'bot' };
const aiko = { name: 'aiko', displayName: 'Aiko' };
const ben = { name: 'ben', displayName: 'Ben' };
const agent = (who: typeof aiko): Actor => ({ role: 'agent', ...who });
const minute = 60_000;

/** A log from what happened at which minute. */
function logOf(story: readonly (readonly [at: number, by: Actor, body: Body])[]): Event[] {
  let c = initial('c1');
  const events: Event[] = [];
  for (const [at, by, body] of story) {
    const recorded = record(c, [{ by, body }], at * minute);
    events.push(...recorded.events);
    c = recorded.next;
  }
  return events;
}
const opened: Body = {
  type: 'opened',
  channel: { kind: 'website' },
  visitor: { id: 'v-1', signed: false },
  language: 'en',
};
const says = (text: string): Body => ({ type: 'message', text });
const queued = (ticket: number): Body => ({
  type: 'queued',
  ticket,
  reason: 'unsure',
  subject: 'x',
  tier: 2,
  skills: ['network', 'vpn'],
  priority: 'normal',
});
const claimed = (by: typeof aiko): Body => ({ type: 'claimed', agent: by, waitingSince: 0 });

describe('the facts of a log', () => {
  it('K6 are the spans of a case: waiting, first answer, in hands, until its end', () => {
    const { tickets, inquiries } = factsOf(
      'c1',
      logOf([
        [0, visitor, opened],
        [1, visitor, says('help')],
        [2, bot, queued(7)],
        [5, agent(aiko), claimed(aiko)],
        [6, agent(aiko), says('hello')],
        [9, agent(aiko), { type: 'released' }],
        [20, agent(ben), claimed(ben)],
        [21, agent(ben), says('me again')],
        [25, agent(ben), { type: 'resolved', code: 'solved', summary: 's' }],
      ]),
    );
    expect(tickets).toEqual([
      {
        ticket: 7,
        openedAt: 2 * minute,
        language: 'en',
        tier: 2,
        skills: ['network', 'vpn'],
        priority: 'normal',
        reason: 'unsure',
        agent: 'ben',
        wait: 3 * minute,
        firstResponse: 4 * minute,
        handling: (4 + 5) * minute,
        resolution: 23 * minute,
        closedAt: 25 * minute,
        code: 'solved',
        reopened: 0,
        breached: [],
        clocked: false,
        pressure: { start: 0, end: 0 },
      },
    ]);
    expect(inquiries).toEqual([{ at: 1 * minute, language: 'en', outcome: 'handed' }]);
  });

  it('K6 of a case that is taken up again end with its last end', () => {
    const [facts] = factsOf(
      'c1',
      logOf([
        [0, visitor, opened],
        [1, bot, queued(7)],
        [2, agent(aiko), claimed(aiko)],
        [3, agent(aiko), { type: 'resolved', code: 'solved', summary: 's' }],
        [50, visitor, { type: 'reopened' }],
        [60, agent(aiko), claimed(aiko)],
        [61, agent(aiko), { type: 'resolved', code: 'workaround', summary: 's' }],
      ]),
    ).tickets;
    expect(facts).toMatchObject({
      reopened: 1,
      resolution: 60 * minute,
      code: 'workaround',
      handling: 2 * minute,
      wait: minute,
    });
  });

  it('K6 count as answered what the bot answered and nobody denied, once for each inquiry', () => {
    const answered: Body = { type: 'answered', entry: 'printer', confidence: 0.9 };
    const day = 24 * 60;
    const { inquiries } = factsOf(
      'c1',
      logOf([
        [0, visitor, opened],
        [1, visitor, says('printer?')],
        [1, bot, answered],
        [2, visitor, says('and the other printer?')],
        [2, bot, answered],
        [2 + day + 1, visitor, says('a new day')],
        [2 + day + 1, bot, answered],
        [2 + day + 2, visitor, { type: 'feedback', entry: 'printer', helped: false }],
        [5 * day, visitor, says('hello?')],
      ]),
    );
    expect(inquiries.map(({ outcome }) => outcome)).toEqual(['answered', 'open', 'open']);
  });

  it('K6 count no answer to the survey, and no call that was taken in, as an inquiry of the bot', () => {
    const { inquiries } = factsOf(
      'c1',
      logOf([
        [0, visitor, opened],
        [1, visitor, says('help')],
        [1, bot, queued(7)],
        [2, agent(aiko), claimed(aiko)],
        [3, agent(aiko), { type: 'resolved', code: 'solved', summary: 's', asks: true }],
        [4, visitor, says('5')],
        [4, visitor, { type: 'rated', ticket: 7, score: 5 }],
        [5, visitor, says('no comment')],
        [5, visitor, { type: 'survey-left' }],
        [6, visitor, says('how do I print?')],
        [6, bot, { type: 'answered', entry: 'printer', confidence: 0.9 }],
      ]),
    );
    expect(inquiries).toEqual([
      { at: minute, language: 'en', outcome: 'handed' },
      { at: 6 * minute, language: 'en', outcome: 'answered', entry: 'printer' },
    ]);
    const call: Body = { ...opened, channel: { kind: 'desk', origin: 'phone' } };
    const calls = logOf([
      [0, visitor, call],
      [0, visitor, says('it beeps')],
      [0, agent(aiko), queued(8)],
    ]);
    expect(factsOf('c2', calls).inquiries).toEqual([]);
  });
});

describe('figures', () => {
  const at = (ms: number) => ({
    ticket: 1,
    openedAt: ms,
    language: 'ja' as const,
    tier: 1,
    skills: ['a', 'b'],
    priority: 'normal' as const,
    reason: 'asked' as const,
    handling: 0,
    reopened: 0,
    breached: [],
    clocked: true,
    pressure: { start: 0.5, end: 0 },
  });

  it('K6 fall on the days of the desk, a day of change of clocks included', () => {
    const tokyo = dayIn('Asia/Tokyo');
    expect([tokyo(Date.UTC(2025, 0, 31, 14, 59)), tokyo(Date.UTC(2025, 0, 31, 15))]).toEqual([
      '2025-01-31',
      '2025-02-01',
    ]);
    const berlin = dayIn('Europe/Berlin');
    expect(berlin(Date.UTC(2025, 2, 29, 23))).toBe('2025-03-30');
    expect(berlin(Date.UTC(2025, 2, 30, 22))).toBe('2025-03-31');
  });

  it('K6 are medians and ninetieth percentiles by nearest rank', () => {
    const tickets = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => ({ ...at(0), wait: n * 1_000 }));
    expect(report({ tickets, inquiries: [] }, undefined, dayIn('UTC')).total.wait).toEqual({
      n: 10,
      median: 5_000,
      p90: 9_000,
    });
    expect(report({ tickets: [], inquiries: [] }, undefined, dayIn('UTC')).total.wait).toEqual({
      n: 0,
      median: null,
      p90: null,
    });
  });

  it('K6 by skill count a case in each of its skills, and once in the whole', () => {
    const { total, groups } = report(
      { tickets: [at(0), { ...at(0), skills: [] }], inquiries: [] },
      'skill',
      dayIn('UTC'),
    );
    expect(total.tickets).toBe(2);
    expect(groups.map(({ key, figures }) => [key, figures.tickets])).toEqual([
      ['-', 1],
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('have a cell for every column of their table', () => {
    const rows = rowsOf(
      report({ tickets: [at(0)], inquiries: [{ at: 0, language: 'ja', outcome: 'answered' }] }, 'day', dayIn('UTC')),
    );
    expect(rows.map((row) => row.length)).toEqual([columns.length, columns.length]);
    expect(rows.map(([key]) => key)).toEqual(['1970-01-01', 'total']);
    expect(rows[1]?.[columns.indexOf('answered_percent')]).toBe('100');
  });
});

describe('CSV', () => {
  it('K7 holds no formula, and quotes what would break a row', () => {
    expect(csvRow(['a', 'b,c', 'say "hi"', 'two\nlines', ' x '])).toBe('a,"b,c","say ""hi""","two\nlines"," x "\r\n');
    for (const formula of ['=1+1', '+49 30', '-cmd', '@SUM(A1)', '\t=1', '\tcmd', '\rcmd', ' =1', '＝1+1'])
      expect(csvRow([formula]).replace(/^"/, '')).toMatch(/^'/);
    expect(csvRow(['-5', '-0.25', '12'])).toBe('-5,-0.25,12\r\n');
    expect(byteOrderMark).toBe('\ufeff');
  });
});
