import { chooseLocale, type Locale } from './texts.ts';

/** What the embedding page asks for with the script's `data-` attributes. */
export interface Settings {
  /** The service's address: the folder that the script came from, ending in `/`. */
  readonly base: URL;
  readonly locale: Locale;
  /** BCP 47: how dates and times are written, where the visitor's own English or Japanese says more than `locale`. */
  readonly region: string;
  readonly position: 'right' | 'left';
  readonly theme: 'light' | 'dark' | 'auto';
  readonly accent: Accent | null;
  /** The website's JWT about its visitor. */
  readonly identity: string | null;
  /** Whether questions are suggested while one types; then what is typed goes to the service before it is sent. */
  readonly suggestions: boolean;
  /** What the chat is called while the bot answers; null: as the desk is called. */
  readonly name: string | null;
}

export interface Accent {
  /** `#rrggbb`. */
  readonly colour: string;
  /** What is written on it: white or black, whichever stands out more; on any colour one of them reaches 4.58, above AA's 4.5. */
  readonly ink: string;
}

const white = '#ffffff';
const black = '#000000';

/** WCAG 2.2 relative luminance of `#rrggbb`, 0 to 1. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Reads `#rgb` or `#rrggbb`; null for anything else, and the chat keeps its own colour. */
export function readAccent(value: string | null | undefined): Accent | null {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value?.trim() ?? '')?.[1]?.toLowerCase();
  if (!digits) return null;
  const colour = `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`;
  return { colour, ink: contrast(colour, white) >= contrast(colour, black) ? white : black };
}

export interface Page {
  /** The script's own address. */
  readonly src: string;
  readonly data: Readonly<Record<string, string | undefined>>;
  readonly lang: string;
  readonly languages: readonly string[];
}

/** The visitor's variant of `locale` (en-GB writes 14:44 where en-US writes 2:44 PM). */
function chooseRegion(locale: Locale, languages: readonly string[]): string {
  const own = languages.find((language) => language.toLowerCase().split('-')[0] === locale);
  try {
    return Intl.getCanonicalLocales(own)[0] ?? locale;
  } catch {
    // Some browsers report their system's own name for a language, which is no tag.
    return locale;
  }
}

export function readSettings({ src, data, lang, languages }: Page): Settings {
  const locale = chooseLocale([data.locale, lang, ...languages]);
  return {
    base: new URL('.', src),
    locale,
    region: chooseRegion(locale, languages),
    position: data.position === 'left' ? 'left' : 'right',
    theme: data.theme === 'light' || data.theme === 'dark' ? data.theme : 'auto',
    accent: readAccent(data.accent),
    identity: data.identity || null,
    suggestions: data.suggestions !== 'off',
    name: data.name?.trim() || null,
  };
}
