import { describe, expect, it } from 'vitest';
import { alwaysOpen, type Calendar } from '../../../src/conversation/calendar.ts';
import { type Command, decide } from '../../../src/conversation/conversation.ts';
import { initial, record } from '../../../src/conversation/fold.ts';
import type { Conversation } from '../../../src/conversation/state.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import { notices } from './notices.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** The first seventeen hours of every day. */
const office: Calendar = {
  ...alwaysOpen,
  isOpen: (at) => at % day < 17 * hour,
  nextOpening: (at) => (at % day < 17 * hour ? at : Math.ceil((at + 1) / day) * day),
  nextClosing: (at) => (at % day < 17 * hour ? Math.floor(at / day) * day + 17 * hour : at),
};

function tell(c: Conversation, command: Command, now: number, calendar = office) {
  const world = { ...shippedTerms, calendar, now, by: { role: 'desk' } as const, notices, nextTicket: 7 };
  const { events, next } = record(c, decide(c, command, world), now);
  return { c: next, told: events.map((event) => (event.type === 'message' ? (event.text ?? '') : event.type)) };
}

const waiting = (now: number, calendar = office) => {
  const opened = tell(
    initial('c'),
    { type: 'open', channel: { kind: 'website' }, visitor: { id: 'v', signed: false }, language: 'en' },
    now,
  );
  const handoff = { reason: 'asked', subject: 'printer' } as const;
  return tell(opened.c, { type: 'turn', findings: [], replies: [], handoff }, now, calendar).c;
};
const wake: Command = { type: 'wake' };
const hours = (told: readonly string[]) => told.filter((text) => !text.startsWith('sla-') && !text.includes('waits'));

describe('a visitor who waits when the desk closes', () => {
  it('Q10 is told once, with the next opening', () => {
    const c = waiting(16 * hour);
    expect(c.alarms?.hours).toBe(17 * hour);
    const closed = tell(c, wake, 17 * hour);
    expect(hours(closed.told)).toEqual(['closed-over', `T-000007 until ${new Date(day).toISOString()}`]);
    expect(closed.c.alarms?.hours).toBeUndefined();
    expect(hours(tell(closed.c, wake, 18 * hour).told)).toEqual([]);
  });

  it('Q10 hears nothing of it once a person has the case, or where the hours were moved', () => {
    const c = waiting(16 * hour);
    const claim = {
      type: 'claim',
      agent: { name: 'aiko', displayName: 'Aiko' },
      abilities: { tier: 3, skills: [], languages: ['en'] },
    } as const;
    expect(tell(c, claim, 16.5 * hour).c.alarms?.hours).toBeUndefined();
    const longer: Calendar = { ...office, isOpen: () => true, nextClosing: () => 20 * hour };
    const moved = tell(c, wake, 17 * hour, longer);
    expect(hours(moved.told)).toEqual(['closes-at']);
    expect(moved.c.alarms?.hours).toBe(20 * hour);
  });

  it('Q10 is not on any alarm where the desk never closes, or is closed already', () => {
    expect(waiting(16 * hour, alwaysOpen).alarms?.hours).toBeUndefined();
    expect(waiting(18 * hour).alarms?.hours).toBeUndefined();
  });
});
