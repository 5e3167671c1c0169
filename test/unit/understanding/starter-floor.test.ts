/** The shipped FAQ on the question lists of test/questions: the floor under which no change may let it fall. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFaq, servedEntries } from '../../../src/understanding/files.ts';
import { type Matcher, trainMatcher } from '../../../src/understanding/matcher/matcher.ts';

interface Question {
  readonly locale: 'ja' | 'en';
  readonly expected: string;
  readonly text: string;
}

function questions(list: 'a' | 'b'): Question[] {
  const path = fileURLToPath(new URL(`../../questions/starter-${list}.tsv`, import.meta.url));
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [locale, expected = '', text = ''] = line.split('\t');
      return { locale: locale as Question['locale'], expected, text };
    });
}

let matcher: Matcher;
beforeAll(async () => {
  matcher = trainMatcher(servedEntries(await readFaq(fileURLToPath(new URL('../../../faq', import.meta.url)))));
});

describe.each(['a', 'b'] as const)('list %s', (list) => {
  it.each(['ja', 'en'] as const)(
    '%s: helped at least 90 in 100, answered wrongly at most 3, out of scope answered at most 5',
    (locale) => {
      const asked = questions(list).filter((question) => question.locale === locale);
      const said = asked.map((question) => ({ ...question, ...matcher.match(question.text, 'auto') }));
      const inScope = said.filter(({ expected }) => expected);
      const outOfScope = said.filter(({ expected }) => !expected);
      const helped = inScope.filter(
        ({ decision, matches, expected }) =>
          (decision === 'answer' && matches[0]?.id === expected) ||
          (decision === 'choose' && matches.slice(0, 3).some(({ id }) => id === expected)),
      );
      const wrong = said.filter(
        ({ decision, matches, expected }) => decision === 'answer' && matches[0]?.id !== expected,
      );
      expect(asked.length).toBeGreaterThanOrEqual(140);
      expect(outOfScope.length / asked.length).toBeGreaterThanOrEqual(0.2);
      expect(helped.length / inScope.length).toBeGreaterThanOrEqual(0.9);
      expect(wrong.length / asked.length).toBeLessThanOrEqual(0.03);
      expect(outOfScope.filter(({ decision }) => decision === 'answer').length / outOfScope.length).toBeLessThanOrEqual(
        0.05,
      );
    },
  );
});
