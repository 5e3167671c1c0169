/** Searching all cases: those in the engine first, newest first, then the archived. */
import { z } from 'zod';
import { HttpError } from '../channels/http.ts';
import type { Conversation } from '../conversation/state.ts';
import type { Archive } from '../desk/archive/archive.ts';
import type { Line } from '../desk/archive/shelf.ts';
import type { After, Finder } from '../desk/search/finder.ts';
import { missingFrom } from '../desk/search/log.ts';
import { mayHold, type Probe, probeOf } from '../desk/search/signature.ts';
import { wordsOf } from '../desk/search/text.ts';
import { timeIn } from './requests.ts';
import { type Item, itemOf } from './views.ts';

/** `all`: every case there is, the archived too. */
const searchViews = ['waiting', 'mine', 'open', 'closed', 'all'] as const;
export type SearchView = (typeof searchViews)[number];

export interface SearchRequest {
  readonly view: SearchView;
  /** Whose view `mine` is. */
  readonly agent: string;
  readonly q: string;
  /** When the newest ticket was opened, ms since 1970, both inclusive. */
  readonly from: number;
  readonly to: number;
  /** A phase, or `archived`; undefined: any. */
  readonly state: string | undefined;
  readonly cursor: string | undefined;
}

/** What `state` may be. */
const states = ['bot', 'queued', 'human', 'outside', 'closed', 'archived'];

/**
 * Undefined where a list of the view answers it: nothing but a view is asked for, or words within what waits or is one's own.
 * @throws HttpError 422 for a state or a time that is none.
 */
export function soughtIn(query: URLSearchParams, asked: string, agent: string): SearchRequest | undefined {
  const view = searchViews.find((name) => name === asked);
  const state = query.get('state') || undefined;
  const q = query.get('q') ?? '';
  const [from, to] = [timeIn(query, 'from')?.first, timeIn(query, 'to')?.last];
  if (state !== undefined && !states.includes(state))
    throw new HttpError(422, 'invalid', `state: one of ${states.join(', ')}.`, { allowed: states });
  const isNarrowed = state !== undefined || from !== undefined || to !== undefined;
  const isSearch = view === 'all' || isNarrowed || (q.trim() !== '' && (view === 'open' || view === 'closed'));
  if (!view || !isSearch) return undefined;
  const cursor = query.get('cursor') || undefined;
  return { view, agent, q, state, from: from ?? 0, to: to ?? Number.MAX_SAFE_INTEGER, cursor };
}

export interface Found {
  readonly items: readonly (Item & { readonly archived?: true })[];
  readonly cursor: string | null;
}

const pageSize = 50;
/** Archived conversations opened for one page: where words seem to be everywhere and are nowhere, the next page goes on. */
const mostOpened = 500;

/** @throws HttpError 422 for a cursor that is not one. */
export async function searchCases(finder: Finder, archive: Archive, request: SearchRequest): Promise<Found> {
  const { view, agent, q, from, to, state } = request;
  const words = wordsOf(q);
  const place = request.cursor === undefined ? undefined : decode(request.cursor);
  const items: Found['items'][number][] = [];
  if (state !== 'archived' && place?.[0] !== 'archived') {
    const isWanted = (c: Conversation) => isIn(c, view, agent) && (state === undefined || c.phase.at === state);
    const after: After | undefined = place?.[0] === 'live' ? { at: place[1], id: place[2] } : undefined;
    const page = await finder.find({ words, from, to, isWanted }, pageSize, after);
    items.push(...page.found.map(itemOf));
    if (page.after) return { items, cursor: encode(['live', page.after.at, page.after.id]) };
  }
  const reachesArchive = (view === 'all' || view === 'closed') && (state === undefined || state === 'archived');
  if (!reachesArchive) return { items, cursor: null };
  const skipped = place?.[0] === 'archived' ? place[1] : 0;
  let found = 0;
  const probes = words.map(probeOf);
  let opened = 0;
  const isWanted = (line: Line) =>
    mayBeIn(line, words, probes) && line.tickets.some(({ openedAt }) => openedAt >= from && openedAt <= to);
  for await (const line of archive.lines(isWanted)) {
    if (found++ < skipped) continue;
    if (items.length === pageSize || opened === mostOpened) return { items, cursor: encode(['archived', found - 1]) };
    const copy = await archive.copyOf(line);
    opened++;
    const missing = words.filter((word) => !line.text.includes(word));
    if (copy && missingFrom(copy.events, missing).length === 0) items.push({ ...itemOf(copy.state), archived: true });
  }
  return { items, cursor: null };
}

/** Whether opening it is worth while; what an older release archived has no signature and must be opened. */
function mayBeIn({ text, written }: Line, words: readonly string[], probes: readonly Probe[]): boolean {
  const signature = written === undefined ? undefined : Buffer.from(written, 'base64');
  return words.every((word, i) => text.includes(word) || !signature || mayHold(signature, probes[i] as Probe));
}

function isIn(c: Conversation, view: SearchView, agent: string): boolean {
  switch (view) {
    case 'waiting':
      return c.phase.at === 'queued';
    case 'mine':
      return c.phase.at === 'human' && c.phase.owner.name === agent;
    case 'open':
      return c.ticket !== undefined && !c.ticket.closed;
    case 'closed':
      return c.ticket?.closed !== undefined;
    case 'all':
      return true;
  }
}

const places = z.union([
  z.tuple([z.literal('live'), z.number(), z.string()]),
  z.tuple([z.literal('archived'), z.number().int().min(0)]),
]);
type Place = z.output<typeof places>;

const encode = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function decode(cursor: string): Place {
  try {
    return places.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new HttpError(422, 'invalid', 'cursor: give back the one of the page before, or none.');
  }
}
