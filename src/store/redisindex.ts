/** An index as a Redis sorted set, read page by page: behind a cursor, in either direction. */
import type { RedisLink } from './redislink.ts';
import type { Listed, Range } from './store.ts';
import { checkLimit } from './text.ts';

export async function listIndex(link: RedisLink, key: string, range: Range): Promise<Listed[]> {
  const { max, limit, after, reverse = false } = range;
  checkLimit(limit);
  const top = Math.min(max ?? Infinity, reverse ? (after?.score ?? Infinity) : Infinity);
  const bottom = reverse ? -Infinity : (after?.score ?? -Infinity);
  // Members of the cursor's own score that stand before it are read too and dropped; how many there are shows only then.
  for (let some = after ? limit + 20 : limit; ; some *= 4) {
    const found = await link.call((redis) =>
      reverse
        ? redis.zrevrangebyscore(key, score(top), score(bottom), 'WITHSCORES', 'LIMIT', 0, some)
        : redis.zrangebyscore(key, score(bottom), score(top), 'WITHSCORES', 'LIMIT', 0, some),
    );
    const listed = pairs(found).filter((entry) => !after || isBehind(entry, after, reverse));
    if (listed.length >= limit || found.length < 2 * some) return listed.slice(0, limit);
  }
}

const score = (n: number): string => (n === Infinity ? '+inf' : n === -Infinity ? '-inf' : String(n));

function pairs(flat: readonly string[]): Listed[] {
  return flat.flatMap((member, i) => (i % 2 === 0 ? [{ member, score: Number(flat[i + 1]) }] : []));
}

function isBehind(entry: Listed, after: Listed, reverse: boolean): boolean {
  const order = entry.score - after.score || Buffer.compare(Buffer.from(entry.member), Buffer.from(after.member));
  return reverse ? order < 0 : order > 0;
}
