/** Which parts of a title somebody has typed, to be shown as such. Pure. */
import { foldKana } from './matcher/features.ts';

const scripts = [/\p{Script=Latin}|\p{N}/u, /\p{Script=Katakana}|ー/u, /\p{Script=Hiragana}/u, /\p{Script=Han}/u];
const scriptOf = (letter: string): number => scripts.findIndex((script) => script.test(letter));

/** Whether a word begins at `place`: a letter behind none, or behind one of another script. */
export function beginsWord(title: string, place: number): boolean {
  const own = scriptOf(title.charAt(place));
  return own >= 0 && (place === 0 || scriptOf(title.charAt(place - 1)) !== own);
}

const hyphens = /[-‐‑–ー・']/u;
/** Shared letters that make a run; fewer would only flicker. Two hiragana are grammar more often than a word. */
const leastRun = (run: string): number =>
  /^[\p{Script=Latin}\p{N}]/u.test(run) ? 3 : /^\p{Script=Hiragana}+$/u.test(run) ? 3 : 1;

/** Letters as they are compared, and where each stands in the text: without case, width, the kind of kana, and hyphens ("Wi-Fi"). */
function letters(text: string): { readonly joined: string; readonly places: readonly number[] } {
  const read = [...text].map((letter) => ({ letter, size: letter.length }));
  const places: number[] = [];
  let joined = '';
  let at = 0;
  for (const { letter, size } of read) {
    const plain = foldKana(letter.normalize('NFKC').toLowerCase());
    if (!hyphens.test(letter) && plain.length === 1) {
      joined += plain;
      places.push(at);
    }
    at += size;
  }
  return { joined, places };
}

/** The runs of `title` that stand in `typed` too, as `[from, to)` in UTF-16 units, in order, apart from each other. */
export function typedRuns(title: string, typed: string): [from: number, to: number][] {
  const { joined, places } = letters(title);
  const what = letters(typed).joined;
  const runs: [number, number][] = [];
  for (let from = 0; from < joined.length; ) {
    let to = from;
    while (to < joined.length && what.includes(joined.slice(from, to + 1))) to += 1;
    while (to > from && joined[to - 1] === ' ') to -= 1;
    const [first, last] = [places[from], places[to - 1]];
    if (first !== undefined && last !== undefined && to > from) {
      const run = title.slice(first, last + 1);
      // The end of a Latin word is a run only where it is most of a word itself: "mail" in "email".
      const begins =
        beginsWord(title, first) || (/^\p{L}/u.test(run) && (scriptOf(run.charAt(0)) !== 0 || to - from >= 4));
      if (begins && to - from >= leastRun(run)) {
        runs.push([first, last + 1]);
        from = to;
        continue;
      }
    }
    from += 1;
  }
  return runs;
}
