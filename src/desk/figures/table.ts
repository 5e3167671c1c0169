/** Figures as a table: for the terminal, for spreadsheets. Spans in seconds, shares in percent. */
import type { Figures, Report, Spans } from './aggregate.ts';

export const columns = [
  'key',
  'tickets',
  'closed',
  'reopened',
  'wait_median_s',
  'wait_p90_s',
  'first_response_median_s',
  'first_response_p90_s',
  'handling_median_s',
  'handling_p90_s',
  'resolution_median_s',
  'resolution_p90_s',
  'asked',
  'unsure',
  'not_helped',
  'error',
  'intake',
  'inquiries',
  'answered',
  'handed',
  'answered_percent',
  'ratings',
  'rating_mean',
  'sla_cases',
  'sla_kept_percent',
  'pressure_start',
  'pressure_end',
] as const;

/** The groups, then the whole under the key `total`. A cell that has nothing to say is empty. */
export function rowsOf({ total, groups }: Report): string[][] {
  return [...groups.map(({ key, figures }) => rowOf(key, figures)), rowOf('total', total)];
}

function rowOf(key: string, f: Figures): string[] {
  const cells: readonly (string | number | null)[] = [
    key,
    f.tickets,
    f.closed,
    f.reopened,
    ...seconds(f.wait),
    ...seconds(f.firstResponse),
    ...seconds(f.handling),
    ...seconds(f.resolution),
    f.reasons.asked,
    f.reasons.unsure,
    f.reasons['not-helped'],
    f.reasons.error,
    f.reasons.intake,
    f.inquiries.n,
    f.inquiries.answered,
    f.inquiries.handed,
    percent(f.inquiries.answered, f.inquiries.n),
    f.rating.n,
    f.rating.mean,
    f.sla.n,
    percent(f.sla.kept, f.sla.n),
    f.pressure.start,
    f.pressure.end,
  ];
  return cells.map((cell) => (cell === null ? '' : String(cell)));
}

const seconds = ({ median, p90 }: Spans) => [median, p90].map((ms) => (ms === null ? null : Math.round(ms / 100) / 10));

const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;
