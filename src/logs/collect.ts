/** Entries → the finding. Takes any number of them at a fixed size. */
import { type LogFinding, type LogLevel, logLevels } from '../conversation/logs.ts';
import { Groups, groupFinding, likelyCause } from './groups.ts';
import { Histogram } from './histogram.ts';
import type { LogLine } from './line.ts';
import { normalise, routeOf } from './normalise.ts';
import { type Signature, Signatures } from './signature.ts';

const shown = { groups: 12, routes: 12 } as const;
/** Routes and kinds of calm entries told apart. */
const most = { routes: 1_000, kinds: 2_000 } as const;

export interface CollectOptions {
  readonly signatures: readonly Signature[];
  /** What a text must go through before it is kept. */
  readonly mask: (text: string) => string;
}

export type Collected = Omit<LogFinding, 'formats' | 'encoding' | 'files' | 'bytes' | 'lines' | 'partial'>;

export class Collector {
  readonly #groups = new Groups();
  readonly #histogram = new Histogram();
  readonly #signatures: Signatures;
  readonly #mask: (text: string) => string;
  readonly #levels: Record<LogLevel | 'other', number> = { fatal: 0, error: 0, warn: 0, info: 0, debug: 0, other: 0 };
  readonly #failed = new Map<string, { route: string; status: number; count: number }>();
  /** Which signatures a kind of entry has, so that each kind is looked at once. */
  readonly #kinds = new Map<string, readonly number[]>();
  #requests = 0;
  #order = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;
  #local = false;

  constructor({ signatures, mask }: CollectOptions) {
    this.#signatures = new Signatures(signatures);
    this.#mask = mask;
  }

  /** @param before lines of the files read before this one. */
  add(entry: LogLine, before: number): void {
    const { level, at } = entry;
    this.#order++;
    this.#levels[level ?? 'other']++;
    const isError = level === 'error' || level === 'fatal';
    if (at !== undefined) {
      if (at < this.#from) this.#from = at;
      if (at > this.#to) this.#to = at;
      if (entry.local) this.#local = true;
      this.#histogram.add(at, isError);
    }
    if (entry.http) this.#request(entry.http);
    // What is calm by its own account is neither grouped nor searched for known troubles.
    if (level === 'info' || level === 'debug') return;
    const kind = entry.kind ?? normalise(entry.message);
    if (level) this.#groups.add(entry, kind, level, this.#order, before + entry.line);
    this.#recognise(entry, kind);
  }

  #recognise({ message, frames }: LogLine, kind: string): void {
    const known = this.#kinds.get(kind);
    if (known) {
      this.#signatures.again(known);
      return;
    }
    if (this.#kinds.size >= most.kinds) return;
    this.#kinds.set(kind, this.#signatures.look(frames ? `${message} ${frames.join(' ')}` : message));
  }

  #request({ method, path, status }: NonNullable<LogLine['http']>): void {
    this.#requests++;
    if (status > 0 && status < 400) return;
    const route = routeOf(method, path);
    const key = `${status} ${route}`;
    const known = this.#failed.get(key);
    if (known) known.count++;
    else if (this.#failed.size < most.routes) this.#failed.set(key, { route, status, count: 1 });
  }

  finding(): Collected {
    const mask = this.#mask;
    const groups = this.#groups.all();
    const span = this.#to >= this.#from ? { from: this.#from, to: this.#to } : undefined;
    const local = this.#local;
    // A time without a zone is not said to be in one.
    const time = (at: number) => (local ? new Date(at).toISOString().slice(0, -1) : new Date(at).toISOString());
    const cause = likelyCause(groups, span);
    const histogram = this.#histogram.finding();
    return {
      ...(span ? { span: { from: time(span.from), to: time(span.to), local } } : {}),
      levels: { ...this.#levels },
      groups: groups.slice(0, shown.groups).map((group) => groupFinding(group, mask, time)),
      moreGroups: Math.max(0, groups.length - shown.groups),
      ...(cause ? { cause: { ...groupFinding(cause.group, mask, time), why: cause.why } } : {}),
      ...(this.#requests > 0
        ? {
            http: {
              requests: this.#requests,
              failed: [...this.#failed.values()]
                .sort((a, b) => b.count - a.count || b.status - a.status)
                .slice(0, shown.routes)
                .map((one) => ({ ...one, route: mask(one.route) })),
            },
          }
        : {}),
      ...(histogram ? { histogram } : {}),
      signatures: this.#signatures.found(mask),
    };
  }
}

/** No entry at all. */
export const isEmpty = ({ levels }: Pick<Collected, 'levels'>): boolean =>
  levels.other === 0 && logLevels.every((level) => levels[level] === 0);
