/**
 * Where fuse.js serves and where it does not, measured on the starter FAQ: unfinished words while somebody types, and whole
 * questions of one or two words. The figures stand in suggest.ts; `npx vitest run
 * test/unit/understanding/matcher-short.test.ts --silent=false` prints them.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Fuse from 'fuse.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../../src/conversation/language.ts';
import { readFaq, servedEntries } from '../../../src/understanding/files.ts';
import { foldKana } from '../../../src/understanding/matcher/features.ts';
import { type Matcher, trainMatcher } from '../../../src/understanding/matcher/matcher.ts';
import { buildSuggester, type Suggester } from '../../../src/understanding/matcher/suggest.ts';
import type { Entry } from '../../../src/understanding/understanding.ts';

const inProject = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

let entries: readonly Entry[];
let matcher: Matcher;
let suggester: Suggester;
beforeAll(async () => {
  entries = servedEntries(await readFaq(inProject('faq')));
  matcher = trainMatcher(entries);
  suggester = buildSuggester(entries);
});

/** Questions with an answer of at most two words, in Japanese of at most eight characters. */
const short = (language: Language) =>
  ['a', 'b']
    .flatMap((list) => readFileSync(inProject(`test/questions/starter-${list}.tsv`), 'utf8').split('\n'))
    .map((line) => line.split('\t'))
    .filter(([locale, id, text = '']) => {
      const brief = language === 'en' ? text.split(/\s+/).length <= 2 : [...text].length <= 8;
      return locale === language && id !== '' && text !== '' && brief;
    })
    .map(([, id = '', text = '']) => ({ id, text }));

/** The best a plain fuse.js does with all phrasings and keywords: as they are, or word by word. */
function fuseFirst(language: Language, useTokenSearch: boolean): (text: string) => string | undefined {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  const items = entries.flatMap(({ id, questions, keywords }) =>
    [...(questions[language] ?? []), ...(keywords[language] ?? [])].map((text) => ({
      id,
      text: foldKana(text).toLowerCase(),
    })),
  );
  const fuse = new Fuse(items, {
    keys: ['text'],
    ignoreLocation: true,
    ...(useTokenSearch && {
      useTokenSearch,
      tokenize: (text: string) =>
        [...segmenter.segment(text)].filter((word) => word.isWordLike).map((word) => word.segment),
    }),
  });
  return (text) => fuse.search(foldKana(text).toLowerCase(), { limit: 1 })[0]?.item.id;
}

describe.each(['ja', 'en'] as const)('fuse.js in %s', (language) => {
  it('finds the entry of an unfinished keyword at least as often as the matcher', () => {
    const typed = entries.flatMap(({ id, keywords }) =>
      (keywords[language] ?? [])
        .filter((keyword) => [...keyword].length >= 3)
        .map((keyword) => ({ id, text: [...keyword].slice(0, Math.ceil([...keyword].length * 0.6)).join('') })),
    );
    const suggested = typed.filter(({ id, text }) => suggester.suggest(text, language, 5).some((one) => one.id === id));
    const matched = typed.filter(({ id, text }) => matcher.match(text, language).matches.some((one) => one.id === id));
    console.info(
      `${language}: among five for ${typed.length} unfinished keywords: fuse.js ${suggested.length}, matcher ${matched.length}`,
    );
    expect(typed.length).toBeGreaterThan(50);
    expect(suggested.length).toBeGreaterThanOrEqual(matched.length);
  });

  it('puts the entry of a short whole question first no more often than the matcher', () => {
    const asked = short(language);
    const right = (first: (text: string) => string | undefined) =>
      asked.filter(({ id, text }) => first(text) === id).length;
    const matched = right((text) => matcher.match(text, language).matches[0]?.id);
    const [plain, tokens] = [right(fuseFirst(language, false)), right(fuseFirst(language, true))];
    console.info(
      `${language}: first of ${asked.length} short questions: matcher ${matched}, fuse.js ${plain}, word by word ${tokens}`,
    );
    expect(asked.length).toBeGreaterThan(10);
    expect(matched).toBeGreaterThanOrEqual(Math.max(plain, tokens));
  });
});
