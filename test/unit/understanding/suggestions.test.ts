import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFaq, servedEntries } from '../../../src/understanding/files.ts';
import { buildMatcher } from '../../../src/understanding/matcher/matcher.ts';
import { Suggestions } from '../../../src/understanding/suggestions.ts';
import { typedRuns } from '../../../src/understanding/typed-runs.ts';
import type { Entry, Knowledge } from '../../../src/understanding/understanding.ts';

const marked = (title: string, typed: string) => typedRuns(title, typed).map(([from, to]) => title.slice(from, to));

describe('the typed parts of a title', () => {
  it('are told whatever the case, width, kind of kana and hyphens', () => {
    expect(marked('Wi-Fiに接続できません', 'wifi')).toEqual(['Wi-Fi']);
    expect(marked('パスワードを忘れました', 'ぱす')).toEqual(['パス']);
    expect(marked('プリンターを設定したい', 'ﾌﾟﾘﾝﾀ'.normalize('NFKC'))).toEqual(['プリンタ']);
    expect(marked('I forgot my password', 'FORGOT pass')).toEqual(['forgot', 'pass']);
  });
  it('are no single Latin letters, ends of words or grammar', () => {
    expect(marked('My printer won’t print', 'in')).toEqual([]);
    expect(marked('I forgot my password', 'ord')).toEqual([]);
    expect(marked('音が出ません', 'がまし')).toEqual([]);
  });
  it('lie inside of the title, in order and apart, for any text', () => {
    for (const typed of ['', ' ', '😀', '𠮷野家', '\u0000', 'ﾊﾟ', 'a'.repeat(5_000), 'パソコン パソコン'])
      for (const title of ['𠮷野家のパソコン', '😀 smile', 'パソコンが遅い']) {
        let end = 0;
        for (const [from, to] of typedRuns(title, typed)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(title.length);
      }
  });
});

describe('suggestions while typing', () => {
  let knowledge: Knowledge;
  beforeAll(async () => {
    const entries = servedEntries(await readFaq(fileURLToPath(new URL('../../../faq', import.meta.url))));
    knowledge = know(entries);
  });
  const first = (typed: string, locale: 'ja' | 'en') =>
    new Suggestions(() => knowledge).suggest(typed, locale)?.suggestions[0]?.id;

  it('U1 find what a half-written or mistyped word is about, in either language and both kinds of kana', () => {
    expect(first('passw', 'en')).toBe('password-forgotten');
    expect(first('blue scr', 'en')).toBe('blue-screen');
    expect(first('my printer wont', 'en')).toBe('printer-not-printing');
    expect(first('音', 'ja')).toBe('no-sound');
    expect(first('ぱすわ', 'ja')).toBe('password-forgotten');
    expect(first('ﾌﾞﾙｰｽｸ', 'ja')).toBe('blue-screen');
  });
  it('U1 are in the language of what is typed, and of the page where that does not tell', () => {
    const suggestions = new Suggestions(() => knowledge);
    expect(suggestions.suggest('パスワードを忘れ', 'en')?.language).toBe('ja');
    expect(suggestions.suggest('wifi', 'ja')?.language).toBe('ja');
    expect(suggestions.suggest('I forgot my password and', 'ja')?.language).toBe('en');
  });
  it('U1 are none for nothing, for signs, and for what no entry is near', () => {
    const suggestions = new Suggestions(() => knowledge);
    for (const typed of ['', ' ', 'p', '???', '😀', '\u0000', 'zzzzqqqq'])
      expect(suggestions.suggest(typed, 'en')?.suggestions, JSON.stringify(typed)).toEqual([]);
  });
  it('U1 follow an edit at once', () => {
    let served = knowledge;
    const suggestions = new Suggestions(() => served);
    expect(suggestions.suggest('passw', 'en')?.suggestions).not.toEqual([]);
    served = know(knowledge.entries.filter(({ id }) => id !== 'password-forgotten' && id !== 'account-locked'));
    expect(suggestions.suggest('passw', 'en')?.suggestions.map(({ id }) => id)).not.toContain('password-forgotten');
  });
  it('U2 give way when too much is asked at once, and come back', () => {
    let now = 0;
    const slow: Knowledge = {
      ...knowledge,
      match: (text, locale) => {
        now += 200;
        return knowledge.match(text, locale);
      },
    };
    const suggestions = new Suggestions(
      () => slow,
      () => now,
    );
    const asked = Array.from({ length: 10 }, (_, i) => suggestions.suggest(`printer ${i}`, 'en'));
    expect(asked[0]).toBeDefined();
    expect(asked.at(-1)).toBeUndefined();
    expect(suggestions.suggest('printer 0', 'en'), 'what is known costs nothing').toBe(asked[0]);
    now += 10_000;
    expect(suggestions.suggest('printer 9', 'en')).toBeDefined();
  });
});

function know(entries: readonly Entry[]): Knowledge {
  const matcher = buildMatcher(entries);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return {
    version: String(entries.length),
    entries,
    entry: (id) => byId.get(id),
    match: (text, locale) => matcher.match(text, locale),
  };
}
