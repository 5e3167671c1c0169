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

/** The house's language nearest to a BCP 47 locale such as `ja-JP`; English for any other. */
export function languageOfLocale(locale: string | undefined): Language {
  return locale?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}
