/**
 * The SLA's clocks of a case: first response, next response, resolution. They run on business time, so whoever decides asks the calendar
 * and writes the instants into the event; folding them needs neither calendar nor rules. A clock that is paused keeps the instants it had
 * and gets new ones when it goes on.
 */
import { allowedFor } from './due.ts';
import type { Allowances } from './rules.ts';
import { higher } from './sentiment.ts';
import type { Conversation, Ticket } from './state.ts';
import { ticketName } from './ticket-name.ts';
import type { Decided, Terms, World } from './world.ts';

/** What a clock measures: a key of the rules' allowances. */
export type ClockName = keyof Allowances;

/** Times are ms since 1970. */
export interface Clock {
  readonly startedAt: number;
  readonly warnAt: number;
  readonly dueAt: number;
  /** Since when it stands still, waiting for the visitor; absent while it runs. */
  readonly pausedAt?: number | undefined;
  /** What it was set for has happened. */
  readonly metAt?: number;
  readonly warned?: true;
  readonly breachedAt?: number;
}

export type Clocks = { readonly [name in ClockName]?: Clock | undefined };

/** ms since 1970. */
interface Instants {
  readonly warnAt: number;
  readonly dueAt: number;
}

/** Clocks begin, or go on after a pause, or are set to what a raised priority, or a plan that became known, allows. */
export interface Clocked {
  readonly type: 'clocked';
  readonly clocks: { readonly [name in ClockName]?: Instants };
  /** True where they begin anew; else what they know is kept. */
  readonly anew: readonly ClockName[];
}

/** Said once for each time a clock is set. */
export interface SlaMark {
  readonly type: 'sla-warned' | 'sla-breached';
  readonly clock: ClockName;
  readonly dueAt: number;
}

export type ClockEvent = Clocked | SlaMark;

export const clockNames = ['firstResponse', 'nextResponse', 'resolution'] as const satisfies readonly ClockName[];

interface Hours extends Terms {
  readonly now: number;
}

/**
 * What a decision means for the clocks.
 * @param wrote whether the visitor said something in it.
 * @returns what begins, goes on or is shortened by it.
 */
export function decideClocks(before: Conversation, after: Conversation, wrote: boolean, w: Hours): Clocked[] {
  const { ticket } = after;
  if (!ticket || ticket.closed) return [];
  const allowances = allowedFor(after, ticket.priority, w);
  const begin = (...names: ClockName[]): Clocked[] => {
    const clocks = setting(names, (name) => instants(w, ticket.tier, w.now, allowances[name]));
    return Object.keys(clocks).length === 0 ? [] : [{ type: 'clocked', clocks, anew: names }];
  };
  const isNew = before.ticket?.number !== ticket.number;
  if (isNew) return begin('firstResponse', 'resolution');
  if (before.ticket?.closed) return begin('nextResponse', 'resolution');
  const raised =
    before.ticket !== undefined && higher(before.ticket.priority, ticket.priority) !== before.ticket.priority;
  const isOtherPlan = before.visitor.plan !== after.visitor.plan;
  const shortened = raised || isOtherPlan ? shorten(ticket, w, allowances) : [];
  if (!wrote) return shortened;
  const { firstResponse, nextResponse, resolution } = ticket.clocks ?? {};
  const asksAgain =
    firstResponse?.metAt !== undefined && (nextResponse === undefined || nextResponse.metAt !== undefined);
  const resumed = resolution?.pausedAt === undefined ? undefined : resume(resolution, resolution.pausedAt, ticket, w);
  return [
    ...shortened,
    ...(asksAgain ? begin('nextResponse') : []),
    ...(resumed ? [{ type: 'clocked', clocks: { resolution: resumed }, anew: [] } as const] : []),
  ];
}

/** By name, where the rules set an instant at all. */
function setting(names: readonly ClockName[], at: (name: ClockName) => Instants | undefined): Clocked['clocks'] {
  return Object.fromEntries(
    names.flatMap((name) => {
      const instants = at(name);
      return instants ? [[name, instants]] : [];
    }),
  );
}

/** @param allowed ms of business time; undefined: the rules set no limit. */
function instants(
  { rules, calendar }: Hours,
  tier: Ticket['tier'],
  from: number,
  allowed: number | undefined,
): Instants | undefined {
  if (allowed === undefined) return undefined;
  return {
    warnAt: calendar.add(from, Math.round(allowed * rules.sla.warnAt), tier),
    dueAt: calendar.add(from, allowed, tier),
  };
}

/** The business time that was left goes on from now. */
function resume({ warnAt, dueAt }: Clock, pausedAt: number, { tier }: Ticket, { now, calendar }: Hours) {
  const moved = (instant: number) =>
    instant <= pausedAt ? instant : calendar.add(now, calendar.between(pausedAt, instant, tier), tier);
  return { warnAt: moved(warnAt), dueAt: moved(dueAt) };
}

/** What is running is shortened, counted from where it began; it is never lengthened. A limit that is new begins where the case did. */
function shorten(ticket: Ticket, w: Hours, allowances: Allowances): Clocked[] {
  const clocks = setting(clockNames, (name) => {
    const clock = ticket.clocks?.[name];
    if (!clock || !isRunning(clock)) return undefined;
    const now = instants(w, ticket.tier, clock.startedAt, allowances[name]);
    return now && now.dueAt < clock.dueAt ? { ...now, warnAt: Math.min(now.warnAt, clock.warnAt) } : undefined;
  });
  const isNew = ticket.clocks?.resolution === undefined && ticket.awaiting === undefined;
  const resolution = isNew ? instants(w, ticket.tier, ticket.openedAt, allowances.resolution) : undefined;
  const all = { ...clocks, ...(resolution ? { resolution } : {}) };
  return Object.keys(all).length === 0
    ? []
    : [{ type: 'clocked', clocks: all, anew: resolution ? ['resolution'] : [] }];
}

/** What is due at `now`: a warning before, or a mark after; where both have passed unseen, the mark alone. */
function decideMarks({ ticket }: Conversation, now: number): SlaMark[] {
  if (!ticket || ticket.closed) return [];
  return clockNames.flatMap((clock): SlaMark[] => {
    const state = ticket.clocks?.[clock];
    if (!state || !isRunning(state) || state.breachedAt !== undefined) return [];
    const { dueAt } = state;
    if (now >= dueAt) return [{ type: 'sla-breached', clock, dueAt }];
    return now >= state.warnAt && !state.warned ? [{ type: 'sla-warned', clock, dueAt }] : [];
  });
}

/** The role's part of `wake`. Who has waited in vain for a first word is told so, once. */
export function decideDue(c: Conversation, w: World): Decided[] {
  const marks = decideMarks(c, w.now);
  const by = { role: 'desk' } as const;
  const isLate = marks.some(({ type, clock }) => type === 'sla-breached' && clock === 'firstResponse');
  const told =
    isLate && c.phase.at === 'queued' && c.ticket ? [w.notices[c.language].waitsLong(ticketName(c.ticket.number))] : [];
  return [
    ...marks.map((body): Decided => ({ body, by })),
    ...told.map((text): Decided => ({ body: { type: 'message', text, format: 'plain' }, by })),
  ];
}

const isRunning = (clock: Clock): boolean => clock.metAt === undefined && clock.pausedAt === undefined;

/** When a clock must next be looked at, ms since 1970; undefined when none runs. */
export function nextMark(ticket: Ticket | undefined): number | undefined {
  if (!ticket || ticket.closed) return undefined;
  let next: number | undefined;
  for (const name of clockNames) {
    const clock = ticket.clocks?.[name];
    if (!clock || !isRunning(clock) || clock.breachedAt !== undefined) continue;
    const at = clock.warned ? clock.dueAt : Math.min(clock.warnAt, clock.dueAt);
    next = next === undefined ? at : Math.min(next, at);
  }
  return next;
}

export function evolveClocked(ticket: Ticket, { clocks, anew }: Clocked, at: number): Ticket {
  const set = (name: ClockName): Clock | undefined => {
    const given = clocks[name];
    const known = ticket.clocks?.[name];
    if (!given) return known;
    const kept = known && !anew.includes(name) ? known : { startedAt: at };
    return { ...kept, ...given, pausedAt: undefined };
  };
  return { ...ticket, clocks: eachClock(set) };
}

export function evolveMark(ticket: Ticket, { type, clock }: SlaMark, at: number): Ticket {
  const state = ticket.clocks?.[clock];
  if (!state) return ticket;
  const marked: Clock =
    type === 'sla-breached' ? { ...state, warned: true, breachedAt: at } : { ...state, warned: true };
  return { ...ticket, clocks: { ...ticket.clocks, [clock]: marked } };
}

/** A person has answered: what asked for an answer is met, and now the visitor is waited for. */
export function answeredAt(ticket: Ticket, at: number): Ticket {
  const answered = (name: ClockName): Clock | undefined => {
    const clock = ticket.clocks?.[name];
    if (!clock || clock.metAt !== undefined) return clock;
    if (name !== 'resolution') return { ...clock, metAt: at };
    return clock.pausedAt === undefined ? { ...clock, pausedAt: at } : clock;
  };
  return { ...ticket, clocks: eachClock(answered) };
}

/** The case is closed: all that still ran stops. */
export function stoppedAt(ticket: Ticket, at: number): Ticket {
  const { resolution } = ticket.clocks ?? {};
  if (!resolution || resolution.metAt !== undefined) return ticket;
  return { ...ticket, clocks: { ...ticket.clocks, resolution: { ...resolution, pausedAt: undefined, metAt: at } } };
}

const eachClock = (of: (name: ClockName) => Clock | undefined): Clocks => ({
  firstResponse: of('firstResponse'),
  nextResponse: of('nextResponse'),
  resolution: of('resolution'),
});
