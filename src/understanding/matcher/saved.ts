/** A trained matcher as bytes, so that a command or a restart need not train again. */
import { createHash } from 'node:crypto';
import type { Language } from '../../conversation/language.ts';
import type { Entry } from '../understanding.ts';
import { packed, unpacked } from './arrays.ts';
import type { Learnt } from './learn.ts';
import { type Matcher, type MatcherOptions, matcherOf } from './matcher.ts';
import { rowsOf } from './rows.ts';

/** Changes whenever a matcher learnt by older code would be read wrongly. */
const FORMAT = 'firstline matcher 7';

const digest = (...parts: readonly (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Of all that training depends on: the texts, the share of questions without an answer, this code's format. */
function fingerprint(entries: readonly Entry[], { outOfScopeShare, prior }: MatcherOptions): Buffer {
  const texts = (['ja', 'en'] as const).map((language) => rowsOf(entries, language));
  return digest(FORMAT, JSON.stringify([texts, outOfScopeShare, prior]));
}

/** Bytes for {@link loadMatcher}: fingerprint of the entries, checksum, content. */
export function saveMatcher(matcher: Matcher, entries: readonly Entry[], options: MatcherOptions = {}): Uint8Array {
  const content = packed(matcher.learnt);
  const bytes = new Uint8Array(64 + content.length);
  bytes.set(fingerprint(entries, options));
  bytes.set(digest(content), 32);
  bytes.set(content, 64);
  return bytes;
}

/** The matcher saved for the same entries and options; undefined where the bytes are of others, of older code, or damaged. */
export function loadMatcher(
  bytes: Uint8Array,
  entries: readonly Entry[],
  options: MatcherOptions = {},
): Matcher | undefined {
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (given.length < 64 || !given.subarray(0, 32).equals(fingerprint(entries, options))) return undefined;
  const content = given.subarray(64);
  if (!given.subarray(32, 64).equals(digest(content))) return undefined;
  return matcherOf(entries, unpacked(content) as Record<Language, Learnt>, options);
}
