import { readFaq } from '../../understanding/files.ts';
import type { MatcherOptions } from '../../understanding/matcher/matcher.ts';
import type { Understood } from '../../understanding/understanding.ts';
import { type Line, linesOf } from './lines.ts';
import { place } from './lint.ts';
import { trainedMatcher } from './model.ts';
import { type Streams, write } from './streams.ts';

export interface MatchOptions {
  readonly directory: string;
  readonly locale: 'ja' | 'en' | 'auto';
  /** How the desk decides. */
  readonly matching: MatcherOptions;
  /** Where the trained model is kept. */
  readonly model: string | undefined;
}

/** Problems shown before matching; `lint` shows all. */
const mostProblems = 20;
/** Answered at once, in one write, when this many characters are ready. */
const batch = 16_384;

/**
 * Reads utterances, one a line, and writes what is understood, one JSON a line: as many lines out as in, in order, whatever they hold.
 * Problems of the FAQ go to stderr; what is sound, drafts without an answer too, is matched all the same.
 */
export async function match(
  { directory, locale, matching, model }: MatchOptions,
  { in: input, out, err }: Streams,
): Promise<number> {
  const reading = await readFaq(directory);
  const { problems } = reading;
  for (const problem of problems.slice(0, mostProblems)) err.write(`${place(problem)}\n`);
  if (problems.length > mostProblems)
    err.write(`faq: … and ${problems.length - mostProblems} more problems; see faq lint\n`);
  if (reading.placed.length === 0) {
    err.write(`faq: no entries to match in ${directory}\n`);
    return 1;
  }
  const matcher = await trainedMatcher(reading, matching, model, err);
  for await (const lines of linesOf(input)) {
    let ready = '';
    for (const line of lines) {
      ready += `${toJson(line, matcher.match(line.text, locale))}\n`;
      if (ready.length >= batch) {
        await write(out, ready);
        ready = '';
      }
    }
    if (ready) await write(out, ready);
  }
  return 0;
}

function toJson({ text, note }: Line, understood: Understood): string {
  const { locale, decision, confidence, matches } = understood;
  const rounded = matches.map((match) => ({ id: match.id, confidence: round(match.confidence) }));
  const json = JSON.stringify({
    text,
    locale,
    decision,
    confidence: round(confidence),
    matches: rounded,
    ...(note && { note }),
  });
  // JSON allows these bare, but some readers take them for the end of a line.
  return json.replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const round = (probability: number) => Math.round(probability * 1e6) / 1e6;
