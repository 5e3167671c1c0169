/** The feed as a Redis stream: how it is read, and whether it still holds what follows a position. */
import type { RedisLink } from './redislink.ts';
import { waitFor } from './redislink.ts';
import { type FeedSource, type Page, pageSize } from './remotefeed.ts';
import type { Announcement } from './store.ts';

/** @param key of the stream. @param length entries it keeps, about. */
export function redisFeed(link: RedisLink, key: string, length: number): FeedSource {
  return {
    async newest() {
      const [newest] = await link.call((redis) => redis.xrevrange(key, '+', '-', 'COUNT', 1));
      return newest?.[0] ?? beginning;
    },
    async read(after) {
      if (!isPosition(after)) return { held: false, entries: [] };
      const [entries, own, held] = await link.call((redis) =>
        Promise.all([
          redis.xrange(key, `(${after}`, '+', 'COUNT', pageSize),
          redis.xrange(key, after, after),
          redis.xlen(key),
        ]),
      );
      // Looked for after the read: an entry that is still there has lost none of those behind it. The beginning is no entry; it is
      // held while the feed has not grown long enough to be trimmed.
      return { held: own.length > 0 || (after === beginning && held < length), entries: entries.map(feedEntry) };
    },
    async wait(after) {
      const [streams, own] = await Promise.all([
        link.blocking.xread('COUNT', pageSize, 'BLOCK', waitFor, 'STREAMS', key, after),
        link.blocking.xrange(key, after, after),
      ]);
      const entries = streams?.[0]?.[1] ?? [];
      return { held: own.length > 0 || after === beginning, entries: entries.map(feedEntry) };
    },
    compare: comparePositions,
  };
}

/** Position before the first entry. */
const beginning = '0-0';

const isPosition = (text: string): boolean => /^\d{1,15}-\d{1,15}$/.test(text);

function comparePositions(a: string, b: string): number {
  const [ms = 0, n = 0] = a.split('-').map(Number);
  const [otherMs = 0, otherN = 0] = b.split('-').map(Number);
  return ms - otherMs || n - otherN;
}

/** An entry that cannot be read names no conversation: it must not keep the followers from those behind it. */
function feedEntry([position, fields]: [string, string[]]): Page['entries'][number] {
  try {
    return { position, announcement: JSON.parse(fields[1] ?? '') as Announcement };
  } catch {
    return { position, announcement: { conversation: '', version: 0 } };
  }
}
