/** What desk.yaml says well and probably does not mean. Pure. */
import { type DeskRules, escalationTargets } from '../../conversation/rules.ts';
import type { Priority } from '../../conversation/state.ts';
import { wallClock } from '../calendar/clock.ts';
import { type DayBook, dayBooks } from '../calendar/days.ts';
import { Schedule } from '../calendar/schedule.ts';
import type { OwnDays } from './calendar.ts';
import { type Days, includes } from './days.ts';
import type { Rules } from './file.ts';
import { dayNames, type Hours, show, wholeDay } from './hours.ts';

export interface Doubt {
  /** In the file; of what is not there, where it would be. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** True: nobody can mean it. */
  readonly isProblem?: true;
}

export interface Surroundings {
  /** ms since 1970. */
  readonly now: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names of the console's accounts; undefined where they are not known. */
  readonly accounts?: readonly string[];
}

export function doubtsOf(rules: Rules, around: Surroundings): Doubt[] {
  return [
    ...ofUnderstanding(rules),
    ...ofHours(rules, around.now),
    ...ofWeek(['calendar', 'hours'], rules.calendar.hours),
    ...ofOwnDays(['calendar', 'holidays'], rules.calendar.holidays, today(rules, around.now)),
    ...ofTimetables(rules, around),
    ...ofQueue(rules),
    ...ofSla(rules),
    ...ofSentiment(rules),
    ...ofTickets(rules),
    ...ofWebhooks(rules, around.env),
  ];
}

function ofUnderstanding({ understanding: { answerAt, chooseAt } }: Rules): Doubt[] {
  return (['ja', 'en'] as const)
    .filter((language) => chooseAt[language] > answerAt[language])
    .map((language) => ({
      path: ['understanding', 'chooseAt', language],
      message: `is above answerAt (${answerAt[language]}), so a choice is hardly ever offered`,
    }));
}

function ofHours(rules: Rules, now: number): Doubt[] {
  const clock = wallClock(rules.desk.timezone);
  const books = dayBooks(rules.calendar);
  const opens = (days: DayBook) => new Schedule(clock, days).nextOpening(now) !== undefined;
  const never: Doubt[] = [];
  if (!opens(books.desk))
    never.push({ path: ['calendar', 'hours'], message: 'the desk does not open once in three years', isProblem: true });
  for (const [tier, days] of books.tiers)
    if (!opens(days))
      never.push({
        path: ['calendar', 'tiers', `${tier}`, 'hours'],
        message: `tier ${tier} does not open once in three years`,
        isProblem: true,
      });
  for (const [agent, days] of books.rosters)
    if (!opens(days))
      never.push({
        path: ['calendar', 'rosters', agent, 'hours'],
        message: `${agent} is not at work once in three years; to have no shifts, leave the person out`,
      });
  return never;
}

/** Shifts that last into the next day and meet one there. */
function ofWeek(path: readonly PropertyKey[], hours: Hours): Doubt[] {
  if (hours === 'always') return [];
  return hours.flatMap((shifts, day) => {
    const late = shifts.at(-1);
    const early = hours[(day + 1) % 7]?.[0];
    if (!late || !early || late.to - wholeDay <= early.from) return [];
    const [name, next] = [dayNames[day] ?? '', dayNames[(day + 1) % 7] ?? ''];
    return [{ path, message: `${name} ${show(late)} lasts into ${next} ${show(early)}; the time counts once` }];
  });
}

function ofOwnDays(path: readonly PropertyKey[], { open, closed }: OwnDays, now: string): Doubt[] {
  const isOver = ({ every, to }: Days) => every === 'once' && to < now;
  const named = ({ from, to }: Days) => (from === to ? from : `${from}..${to}`);
  return [
    ...closed.flatMap(({ days }, i): Doubt[] => {
      const at = [...path, 'closed', i];
      if (isOver(days)) return [{ path: at, message: `${named(days)} is over and can be taken out` }];
      const opened = open.find((other) => other.days.every === 'once' && includes(days, other.days.from));
      return opened && named(opened.days) === named(days)
        ? [{ path: at, message: `${named(days)} is under "open" too, which comes first` }]
        : [];
    }),
    ...open.flatMap(({ days, hours }, i): Doubt[] => {
      const at = [...path, 'open', i];
      if (isOver(days)) return [{ path: at, message: `${named(days)} is over and can be taken out` }];
      return hours.length === 0 ? [{ path: at, message: `${named(days)} has no hours; put it under "closed"` }] : [];
    }),
  ];
}

/** How far ahead rosters are compared with the desk's hours, and in what steps, ms. */
const [fourWeeks, step] = [28 * 24 * 3_600_000, 900_000];

function ofTimetables(rules: Rules, { now, accounts }: Surroundings): Doubt[] {
  const { tiers, rosters } = rules.calendar;
  const own = (path: readonly PropertyKey[], { hours, holidays }: { hours: Hours; holidays: OwnDays }) => [
    ...ofWeek([...path, 'hours'], hours),
    ...ofOwnDays([...path, 'holidays'], holidays, today(rules, now)),
  ];
  const clock = wallClock(rules.desk.timezone);
  const books = dayBooks(rules.calendar);
  const desks = [books.desk, ...books.tiers.values()].map((days) => new Schedule(clock, days));
  return [
    ...Object.entries(tiers).flatMap(([tier, its]) => own(['calendar', 'tiers', tier], its)),
    ...Object.entries(rosters).flatMap(([agent, its]) => own(['calendar', 'rosters', agent], its)),
    ...[...books.rosters].flatMap(([agent, days]): Doubt[] => {
      const path = ['calendar', 'rosters', agent];
      if (accounts && !accounts.includes(agent)) return [{ path, message: `there is no account "${agent}" yet` }];
      const shifts = new Schedule(clock, days);
      const worked = Array.from({ length: fourWeeks / step }, (_, i) => now + i * step).filter((at) =>
        shifts.isOpen(at),
      );
      return worked.length > 0 && !worked.some((at) => desks.some((desk) => desk.isOpen(at)))
        ? [{ path, message: `${agent} is at work only while the desk is closed, in the four weeks to come` }]
        : [];
    }),
  ];
}

function ofQueue({ queue: { widen, acceptWithin }, sla }: DeskRules): Doubt[] {
  const steps = (['skills', 'anyone', 'language'] as const).flatMap((name) => {
    const after = widen[name];
    return after === undefined ? [] : [{ name, after }];
  });
  const disordered = steps.flatMap(({ name, after }, i): Doubt[] => {
    const before = steps[i - 1];
    return before && after < before.after
      ? [{ path: ['queue', 'widen', name], message: `comes before "${before.name}", which lets in fewer people` }]
      : [];
  });
  const least = sla.plans.default.urgent.firstResponse;
  return acceptWithin >= least
    ? [
        ...disordered,
        { path: ['queue', 'acceptWithin'], message: 'is no shorter than the first response to an urgent case' },
      ]
    : disordered;
}

const priorities: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];

function ofSla({ sla: { plans } }: DeskRules): Doubt[] {
  return Object.entries(plans).flatMap(([name, plan]) =>
    priorities.flatMap((priority, i): Doubt[] => {
      const path = ['sla', 'plans', name, priority];
      const { firstResponse, nextResponse, resolution = Number.POSITIVE_INFINITY } = plan[priority];
      const sooner = priorities[i - 1];
      const found: Doubt[] = [];
      if (firstResponse > resolution)
        found.push({ path: [...path, 'firstResponse'], message: 'is later than the resolution' });
      if (nextResponse !== undefined && nextResponse > resolution)
        found.push({ path: [...path, 'nextResponse'], message: 'is later than the resolution' });
      if (sooner && firstResponse < plan[sooner].firstResponse)
        found.push({ path: [...path, 'firstResponse'], message: `is sooner than for ${sooner} cases` });
      return found;
    }),
  );
}

function ofSentiment({ sentiment: { high, urgent } }: DeskRules): Doubt[] {
  return high > urgent
    ? [{ path: ['sentiment', 'high'], message: `is above urgent (${urgent}), so no case is ever only high` }]
    : [];
}

function ofTickets({ tickets: { reopenWithin }, retention: { archiveAfter } }: DeskRules): Doubt[] {
  return archiveAfter !== undefined && archiveAfter < reopenWithin
    ? [{ path: ['retention', 'archiveAfter'], message: 'is shorter than tickets.reopenWithin' }]
    : [];
}

function ofWebhooks({ escalation }: DeskRules, env: Surroundings['env']): Doubt[] {
  return escalationTargets.flatMap((target): Doubt[] => {
    const { webhook } = escalation[target];
    if (!webhook || env[webhook.secret]) return [];
    const path = ['escalation', target, 'webhook', 'secret'];
    return [
      { path, message: `the environment here has no ${webhook.secret}; the service needs it to sign what it sends` },
    ];
  });
}

/** The date on the desk's clock, as `2026-12-31`. */
const today = ({ desk }: DeskRules, now: number): string =>
  new Date(wallClock(desk.timezone).reading(now)).toISOString().slice(0, 10);
