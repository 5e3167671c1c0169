import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, decide } from '../../../src/conversation/conversation.ts';
import type { Event } from '../../../src/conversation/event.ts';
import { evolve, initial, record } from '../../../src/conversation/fold.ts';
import { placements } from '../../../src/conversation/placement.ts';
import { Rejected, type RejectionCode } from '../../../src/conversation/rejected.ts';
import { allowancesOf } from '../../../src/conversation/rules.ts';
import { firstResult } from '../../../src/conversation/seen.ts';
import type { Actor, Conversation, Priority } from '../../../src/conversation/state.ts';
import type { World } from '../../../src/conversation/world.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import { drawSeed } from '../../support/seed.ts';
import { notices } from './notices.ts';

const desk: Actor = { role: 'desk' };
const aiko = { name: 'aiko', displayName: 'Aiko' };
const ben = { name: 'ben', displayName: 'Ben' };

interface Told {
  c: Conversation;
  log: Event[];
}

const world = (now: number, by: Actor = desk): World => ({
  ...shippedTerms,
  now,
  by,
  notices,
  nextTicket: 7,
});

function tell({ c, log }: Told, command: Command, now = 1_000, key?: string): Told {
  const { events, next } = record(c, decide(c, command, world(now)), now, key);
  return { c: next, log: [...log, ...events] };
}

const open: Command = {
  type: 'open',
  channel: { kind: 'website' },
  visitor: { id: 'v', signed: false },
  language: 'ja',
};
const asks: Command = {
  type: 'turn',
  inbound: { type: 'message', text: 'オペレーターと話したい', language: 'ja' },
  findings: [],
  replies: [{ text: 'おつなぎします' }],
  handoff: { reason: 'asked', subject: '印刷できない' },
};
const says = (text: string): Command => ({
  type: 'turn',
  inbound: { type: 'message', text },
  findings: [],
  replies: [],
});

/** Of a case that waits from 2,000 on. */
const dueAt = (priority: Priority): number =>
  2_000 + allowancesOf(shippedTerms.rules, undefined, priority).firstResponse;

const opened = (): Told => tell({ c: initial('c1'), log: [] }, open);
const waiting = (): Told => tell(opened(), asks, 2_000);
const owned = (): Told => tell(waiting(), { type: 'claim', agent: aiko }, 3_000);

function refusal(told: Told, command: Command): RejectionCode {
  try {
    decide(told.c, command, world(9_000));
  } catch (error) {
    if (error instanceof Rejected) return error.code;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a conversation', () => {
  it('begins with the bot, in the language of its visitor', () => {
    expect(opened().c).toMatchObject({ version: 1, language: 'ja', phase: { at: 'bot' }, createdAt: 1_000 });
  });

  it('is refused every command before it is opened', () => {
    expect(refusal({ c: initial('c1'), log: [] }, says('hello'))).toBe('not-open');
  });

  it('O6 waits under a numbered ticket when a person is asked for', () => {
    const { c } = waiting();
    expect(c.phase).toEqual({ at: 'queued', since: 2_000, dueAt: dueAt('normal') });
    expect(c.ticket).toMatchObject({ number: 7, reason: 'asked', subject: '印刷できない', openedAt: 2_000 });
    expect(placements(c)).toEqual([
      { index: 'waiting', member: 'c1', score: dueAt('normal') },
      { index: 'open', member: 'c1', score: 2_000 },
      { index: 'wake', member: 'c1', score: c.ticket?.clocks?.firstResponse?.warnAt },
      { index: 'tickets', member: 'c1#7', score: 7 },
      { index: 'all', member: 'c1', score: c.createdAt },
    ]);
  });

  it('O6 opens no second ticket for one that waits', () => {
    const again = tell(waiting(), asks, 2_500);
    expect(again.c.ticketNumbers).toEqual([7]);
    expect(again.c.phase).toEqual({ at: 'queued', since: 2_000, dueAt: dueAt('normal') });
  });

  it('keeps its place when more becomes known of a case that waits', () => {
    const handoff = { reason: 'asked', subject: '', tier: 2, skills: ['network'], priority: 'high' };
    const { c } = tell(waiting(), { ...asks, handoff } as Command, 7_000);
    expect(c.phase).toEqual({ at: 'queued', since: 2_000, dueAt: dueAt('high') });
    expect(c.ticket).toMatchObject({ ...handoff, number: 7, subject: '印刷できない', openedAt: 2_000 });
  });

  it('O1 O2 belongs to the agent who claims it, and the claim’s version is the epoch', () => {
    const { c, log } = owned();
    const claimed = log.find((event) => event.type === 'claimed');
    expect(c.phase).toMatchObject({ at: 'human', owner: aiko, epoch: claimed?.version });
    expect(log.at(-1)).toMatchObject({ type: 'message', text: 'Aiko joined', by: desk });
    expect(placements(c).map(({ index }) => index)).toEqual([
      'mine:aiko',
      'load:aiko',
      'held',
      'open',
      'wake',
      'tickets',
      'all',
    ]);
  });

  it('O1 tells a second claimer who has it, and the owner nothing new', () => {
    expect(refusal(owned(), { type: 'claim', agent: ben })).toBe('already-owned');
    expect(decide(owned().c, { type: 'claim', agent: aiko }, world(9_000))).toEqual([]);
  });

  it('T5 keeps the bot silent while a person has it', () => {
    expect(refusal(owned(), { ...asks, replies: [{ text: 'bot' }] } as Command)).toBe('owned-by-person');
  });

  it('O2 takes replies from the owner with the newest epoch only', () => {
    const first = owned();
    const epoch = first.c.phase.at === 'human' ? first.c.phase.epoch : 0;
    const again = tell(tell(first, { type: 'release', agent: 'aiko', epoch }), { type: 'claim', agent: aiko });
    expect(refusal(again, { type: 'reply', agent: 'aiko', epoch, content: { text: 'late' } })).toBe('not-owner');
    expect(refusal(first, { type: 'reply', agent: 'ben', epoch, content: { text: 'mine?' } })).toBe('not-owner');
    const next = again.c.phase.at === 'human' ? again.c.phase.epoch : 0;
    expect(next).toBeGreaterThan(epoch);
    expect(tell(again, { type: 'reply', agent: 'aiko', epoch: next, content: { text: 'hello' } }).c.unread).toBe(0);
  });

  it('O4 goes back to its old place when it is released', () => {
    const released = tell(owned(), { type: 'release', agent: 'aiko' }, 8_000);
    expect(released.c.phase).toMatchObject({ at: 'queued', since: 2_000, dueAt: dueAt('normal') });
  });

  it('O6 goes back to the bot with its ticket open, and has the same number when it waits again', () => {
    const returned = tell(owned(), { type: 'return', agent: 'aiko' }, 4_000);
    expect(returned.c.phase).toEqual({ at: 'bot' });
    expect(tell(returned, asks, 5_000).c.ticketNumbers).toEqual([7]);
  });

  it('O7 is closed with a code and a summary, or not at all', () => {
    expect(refusal(owned(), { type: 'resolve', agent: 'aiko', code: 'done', summary: 'x' })).toBe('invalid');
    expect(refusal(owned(), { type: 'resolve', agent: 'aiko', code: 'solved', summary: ' ' })).toBe('invalid');
    expect(refusal(waiting(), { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'x' })).toBe('not-owner');
    const closed = tell(owned(), { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'new toner' }, 6_000);
    expect(closed.c.phase).toEqual({ at: 'closed', since: 6_000 });
    expect(closed.c.ticket?.closed).toEqual({ at: 6_000, code: 'solved', summary: 'new toner' });
    expect(placements(closed.c).map(({ index }) => index)).toEqual(['closed', 'tickets', 'all']);
  });

  it('O6 listens again when its visitor writes after the end, and opens a new ticket for a new case', () => {
    const closed = tell(owned(), { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'x' });
    const back = tell(closed, says('it is back'));
    expect(back.c.phase).toEqual({ at: 'bot' });
    const late = 1_000 + shippedTerms.rules.tickets.reopenWithin + 1;
    const { next } = record(back.c, decide(back.c, asks, { ...world(late), nextTicket: 8 }), late);
    expect(next.ticketNumbers).toEqual([7, 8]);
    expect(next.ticket).toMatchObject({ number: 8, follows: 7 });
  });

  it('O7 takes its closed case up again when a person is asked for within the days that the rules allow', () => {
    const closed = tell(owned(), { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'new toner' }, 6_000);
    const again = tell(tell(closed, says('it is back'), 7_000), asks, 8_000);
    expect(again.c.ticketNumbers).toEqual([7]);
    expect(again.c.ticket).toMatchObject({ number: 7, openedAt: 2_000, subject: '印刷できない' });
    expect(again.c.ticket?.closed).toBeUndefined();
    expect(again.log.findLast(({ type }) => type === 'queued')).toMatchObject({ ticket: 7, reopens: true });
    const withdrawn = tell(waiting(), { type: 'turn', findings: [], replies: [], leaveQueue: true }, 3_000);
    const { next } = record(withdrawn.c, decide(withdrawn.c, asks, { ...world(4_000), nextTicket: 8 }), 4_000);
    expect(next.ticket).toMatchObject({ number: 8, follows: 7 });
  });

  it('O6 begins where it was opened, however often it is handed over, edited and taken up again', () => {
    const opening = waiting().log.find(({ type }) => type === 'queued')?.version;
    const edited = tell(owned(), { type: 'edit', subject: '両面印刷', tags: ['duplex'] }, 4_000);
    const again = tell(tell(edited, { type: 'return', agent: 'aiko' }, 5_000), asks, 6_000);
    const closed = tell(tell(again, { type: 'claim', agent: aiko }, 7_000), {
      type: 'resolve',
      agent: 'aiko',
      code: 'solved',
      summary: 'x',
    });
    for (const { c } of [edited, again, tell(closed, asks, 8_000)]) {
      expect(c.ticket).toMatchObject({ number: 7, version: opening, openedAt: 2_000, tags: ['duplex'] });
      // What belongs to the event alone does not stand in the ticket.
      expect(Object.keys(c.ticket ?? {})).not.toEqual(expect.arrayContaining(['by']));
    }
  });

  it('is found by its closed case until a new one is opened, though its visitor writes again', () => {
    const closed = tell(owned(), { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'x' });
    const thanked = tell(closed, says('thanks'));
    expect(thanked.c.phase.at).toBe('bot');
    expect(placements(thanked.c).map(({ index }) => index)).toEqual(['closed', 'tickets', 'all']);
    expect(tell(thanked, { type: 'reopen' }).c.phase.at).toBe('queued');
  });

  it('can be taken by hand while the bot has it, if its case is open', () => {
    const returned = tell(owned(), { type: 'return', agent: 'aiko' }, 4_000);
    expect(tell(returned, { type: 'claim', agent: ben }).c.phase).toMatchObject({ at: 'human', owner: ben });
    expect(refusal(opened(), { type: 'claim', agent: ben })).toBe('not-waiting');
  });

  it('is named by the first thing said when only a person was asked for', () => {
    const bare = tell(opened(), { ...asks, handoff: { reason: 'asked', subject: '' } } as Command);
    const named = tell(tell(bare, says('my printer smokes')), says('please hurry'));
    expect(named.c.ticket?.subject).toBe('my printer smokes');
  });

  it('O7 can be taken up again after the end, under its number', () => {
    const closed = tell(owned(), { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'x' });
    const again = tell(closed, { type: 'reopen' }, 9_000);
    expect(again.c.ticket).toMatchObject({ number: 7 });
    expect(again.c.ticket?.closed).toBeUndefined();
    expect(refusal(again, { type: 'reopen' })).toBe('not-closed');
  });

  it('lets its visitor stop waiting, and closes the ticket as withdrawn', () => {
    const left = tell(waiting(), { type: 'turn', findings: [], replies: [{ text: 'ok' }], leaveQueue: true }, 2_500);
    expect(left.c.phase).toEqual({ at: 'bot' });
    expect(left.c.ticket?.closed?.code).toBe('withdrawn');
  });

  it('T3 recognises a commit by its key', () => {
    const told = tell(opened(), says('once'), 2_000, 'in:1');
    expect(firstResult(told.c, 'in:1')).toBe(2);
    expect(firstResult(told.c, 'in:2')).toBeUndefined();
  });

  it('T3 recognises a channel’s activity however much the desk itself did since', () => {
    let told = tell(waiting(), says('once'), 2_000, 'in:1');
    for (let i = 0; i < 200; i++) told = tell(told, { type: 'note', text: 'x' }, 2_000, `agent:aiko:${i}`);
    expect(firstResult(told.c, 'in:1')).toBeDefined();
    expect(firstResult(told.c, 'agent:aiko:199')).toBeDefined();
    expect(told.c.seen.length).toBeLessThanOrEqual(80);
    for (let i = 0; i < 40; i++) told = tell(told, says('more'), 2_000, `in:more-${i}`);
    expect(firstResult(told.c, 'in:1')).toBeUndefined();
    expect(firstResult(told.c, 'in:more-0')).toBeDefined();
  });

  it('D1 is delivered where its thread is, also when something was posted by another door', () => {
    const channel = { kind: 'connector', channelId: 'msteams', reference: { serviceUrl: 'x' } } as const;
    const teams = tell({ c: initial('t'), log: [] }, { ...open, channel } as Command);
    expect(tell(teams, { type: 'reach', channel: { kind: 'website' } }).c.channel).toEqual(channel);
    const moved = { ...channel, reference: { serviceUrl: 'y' } };
    expect(tell(teams, { type: 'reach', channel: moved }).c.channel).toEqual(moved);
  });

  it('D5 wakes the sweeper for a reply that a pushed channel has not taken', () => {
    const teams: Command = {
      ...open,
      channel: { kind: 'connector', channelId: 'msteams', reference: { serviceUrl: 'x' } },
    } as Command;
    const spoke = tell(
      tell({ c: initial('t'), log: [] }, teams),
      { type: 'turn', findings: [], replies: [{ text: 'hi' }] },
      5_000,
    );
    expect(spoke.c.wakeAt).toBe(10_000);
    const done = tell(spoke, { type: 'report-delivery', report: { type: 'delivered', through: spoke.c.version } });
    expect(done.c.wakeAt).toBeUndefined();
    const failed = tell(spoke, {
      type: 'report-delivery',
      report: { type: 'delivery-failed', failed: spoke.c.version, reason: 'HTTP 502', nextAt: 7_000 },
    });
    expect(failed.c).toMatchObject({ wakeAt: 7_000, delivery: { failures: 1 } });
  });
});

describe('any sequence of commands', () => {
  const commands: fc.Arbitrary<Command> = fc.oneof(
    fc.constantFrom<Command>(asks, { type: 'reopen' }, { type: 'note', text: 'note' }),
    fc.string().map(says),
    fc.constantFrom(aiko, ben).map((agent): Command => ({ type: 'claim', agent })),
    fc
      .constantFrom('aiko', 'ben')
      .chain((agent) =>
        fc.constantFrom<Command>(
          { type: 'release', agent },
          { type: 'return', agent },
          { type: 'resolve', agent, code: 'solved', summary: 'done' },
          { type: 'reply', agent, epoch: 4, content: { text: 'hi' } },
        ),
      ),
    fc.constant<Command>({ type: 'turn', findings: [], replies: [], leaveQueue: true }),
  );

  it('T1 O1 leaves versions without a gap, one owner, and a state that the log alone gives again', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (sequence) => {
        let told = opened();
        sequence.forEach((command, i) => {
          try {
            told = tell(told, command, 1_000 + i);
          } catch (error) {
            if (!(error instanceof Rejected)) throw error;
          }
        });
        expect(told.log.map((event) => event.version)).toEqual(told.log.map((_, i) => i + 1));
        expect(told.log.reduce(evolve, initial('c1'))).toEqual(told.c);
        const places = placements(told.c).map(({ index }) => index);
        expect(
          places.filter((index) => index === 'waiting' || index === 'closed' || index.startsWith('mine:')).length,
        ).toBeLessThanOrEqual(1);
        expect(places.includes('waiting')).toBe(told.c.phase.at === 'queued');
        if (told.c.phase.at === 'queued' || told.c.phase.at === 'human') expect(places).toContain('open');
      }),
      { seed: drawSeed() },
    );
  });
});
