/**
 * Japanese words, each with the few English words that say best what it means, from a dictionary in EDICT's format:
 * `起動 [きどう] /(n,vs) startup/booting up/(P)/`. Common words are taken, and names of things in katakana.
 */
import { normalise } from '../../understanding/matcher/normalise.ts';
import { GLOSSES } from '../../understanding/matcher/word-vectors.ts';

/** Words of English glosses that say how a word is used, not what it means. */
const grammar = new Set(
  (
    'to of the a an in on at for with and or be is one by from as into up out off over e g etc esp used sth sb someone something oneself not it that this usu i ie eg ' +
    'about any other are was were been being have has had do does did ones so such which who whom whose what when where than then them they their its his her he she ' +
    'you your my me we our us also can may will would could should very more most some somewhat especially person people thing things vs'
  ).split(' '),
);

/** Senses of a word that are looked at, and what each counts beside those before it. */
const SENSES = 3;
const countOf = (sense: number) => 1 / (1 + 0.7 * sense);

/** Place of an English word at which it counts half: rarer ones have vectors less true. */
const HALF = 5000;

/** Longest word that is taken though the dictionary does not mark it as common. */
const LONGEST = 8;

/** Longest term of computing that is taken so, unless it is in katakana: longer ones are compounds of known words. */
const SHORT_TERM = 4;

interface Head {
  readonly rank: number;
  readonly isTaken: boolean;
  readonly meanings: Map<string, number>;
}

const katakana = /^[ァ-ヺー]{3,}$/;
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const notes = /\([^)]*\)|\{[^}]*\}|[a-z]\.(?:[a-z]\.)+/g;
const bare = (text: string) => text.replace(/\([^)]*\)/g, '');

/** Entries whose glosses must have a word, for it to be one of everyday life; and entries of computing among them. */
const EVERYDAY = 8;
const COMPUTING = 2;

/** English words that the dictionary explains words with again and again: no names, and of all walks of life. */
export function explainingWords(dictionary: string): Set<string> {
  const all = new Map<string, number>();
  const computing = new Map<string, number>();
  for (const line of dictionary.split('\n')) {
    const glosses = line.slice(line.indexOf(' /')).toLowerCase();
    for (const word of new Set(wordsOf(glosses))) {
      add(all, word, 1);
      if (glosses.includes('(comp)')) add(computing, word, 1);
    }
  }
  const often = (counts: ReadonlyMap<string, number>, least: number) =>
    [...counts].filter(([, count]) => count >= least).map(([word]) => word);
  return new Set([...often(all, EVERYDAY), ...often(computing, COMPUTING)]);
}

/** Lines `word<TAB>english english …`, sorted. @param places English word → its place, most frequent first */
export function cutJapanese(dictionary: string, places: ReadonlyMap<string, number>): string {
  const heads = new Map<string, Head>();
  for (const line of dictionary.split('\n')) {
    const [, written, read, rest] =
      /^(\S+?)(?: \[([^\]]+)\])? \/(.*)\/$/.exec(line.normalize('NFKC').toLowerCase().trim()) ?? [];
    if (written === undefined || rest === undefined) continue;
    const glosses = rest.split('/').filter((gloss) => gloss !== '(p)' && !gloss.startsWith('entl'));
    const meanings = meaningsOf(glosses, places);
    const [first] = mostTelling(meanings);
    if (first === undefined) continue;
    const common = rest.endsWith('(p)') || rest.includes('/(p)/');
    const computing = rest.includes('(comp)');
    const spellings = written.split(';').map(bare);
    const thing = katakana.test(spellings[0] as string);
    const old = /\((?:arch|obs|obsc|rare|ok|ik|io|vulg|x|derog)\)/.test(glosses[0] as string);
    const rank = (common ? 4 : 0) + (computing ? 2 : 0) + (thing ? 1 : 0) - (old ? 3 : 0);
    const isTaken =
      rank > 0 &&
      (common ||
        (thing && isPlain(glosses, computing)) ||
        (computing && (spellings[0] as string).length <= SHORT_TERM));
    const readings = thing || rest.includes('(uk)') ? (read ?? '').split(';').map(bare) : [];
    for (const spelling of new Set([...spellings, ...readings].map(normalise))) {
      if (!japanese.test(spelling) || (spelling.length > LONGEST && !common)) continue;
      const known = heads.get(spelling);
      if (!known || rank > known.rank) heads.set(spelling, { rank, isTaken, meanings: new Map(meanings) });
      else if (rank === known.rank) for (const [word, count] of meanings) add(known.meanings, word, count);
    }
  }
  return [...heads]
    .filter(([, { isTaken }]) => isTaken)
    .map(([word, { meanings }]) => `${word}\t${mostTelling(meanings).join(' ')}\n`)
    .sort()
    .join('');
}

/** Whether a word in katakana means one English word and no other, or is a term of computing. */
const isPlain = (glosses: readonly string[], computing: boolean) =>
  computing || wordsOf(glosses[0] as string).length === 1;

const wordsOf = (gloss: string) => gloss.replace(notes, ' ').match(/[a-z]+/g) ?? [];

function meaningsOf(glosses: readonly string[], places: ReadonlyMap<string, number>): Map<string, number> {
  const found = new Map<string, number>();
  for (const [sense, gloss] of glosses.slice(0, SENSES).entries()) {
    const known = wordsOf(gloss).filter((word) => places.has(word));
    const telling = known.filter((word) => !grammar.has(word));
    const words = telling.length > 0 ? telling : known.filter((word) => word.length > 1);
    for (const word of words)
      add(found, word, countOf(sense) / words.length / (1 + (places.get(word) as number) / HALF));
  }
  return found;
}

function add(counts: Map<string, number>, word: string, count: number): void {
  counts.set(word, (counts.get(word) ?? 0) + count);
}

const mostTelling = (meanings: ReadonlyMap<string, number>): string[] =>
  [...meanings]
    .sort((a, b) => b[1] - a[1])
    .slice(0, GLOSSES)
    .map(([word]) => word);
