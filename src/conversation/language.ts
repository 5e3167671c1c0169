/** The two languages of the house, equals everywhere. */
export type Language = 'ja' | 'en';

/** Text that people read, in both languages side by side. */
export type Bilingual = Readonly<Record<Language, string>>;

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u;
const latin = /\p{Script=Latin}/u;

/**
 * The language a text is written in, or undefined where it does not tell (numbers, emoji, an empty text).
 * One Japanese character is enough: Japanese sentences carry English product names, not the other way round.
 */
export function languageOf(text: string): Language | undefined {
  if (japanese.test(text.normalize('NFKC'))) return 'ja';
  return latin.test(text) ? 'en' : undefined;
}

/** Latin words that make a sentence. */
const sentence = 3;
/** Words that are English even alone, or beside one other; a name of a product or a part is written in Latin letters in Japanese too. */
const everyday = new Set(
  `a an the i my me we our you your it its is are am was not no yes ok can cant can't cannot won't wont don't dont doesn't doesnt didn't isn't
  how what why where when who which hi hello hey help please thanks thank sorry good bye none neither this that these to in on of for from with
  broken slow lost forgot forgotten need want stop cancel still again human person agent operator someone somebody anyone`.split(
    /\s+/,
  ),
);

/** The language of a message within a talk held in `held`: "wifi" or "Outlook VPN" does not turn a Japanese talk into an English one. */
export function languageWithin(text: string, held: Language): Language {
  const own = languageOf(text) ?? held;
  if (own === held || own === 'ja') return own;
  const words =
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{Script=Latin}']{1,}/gu) ?? [];
  return words.length >= sentence || words.some((word) => everyday.has(word)) ? own : held;
}

/** The house's language nearest to a BCP 47 locale such as `ja-JP`; English for any other. */
export function languageOfLocale(locale: string | undefined): Language {
  return locale?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}
