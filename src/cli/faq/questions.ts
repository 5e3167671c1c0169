/** Questions with known answers, from a TSV file: `locale<TAB>expected id or empty<TAB>text`. */
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { reason } from '../../understanding/files.ts';
import { nearest } from '../../understanding/nearest.ts';
import type { Problem } from '../../understanding/understanding.ts';
import { Misuse } from './streams.ts';

export interface Question {
  readonly locale: 'ja' | 'en' | 'auto';
  /** Undefined: no entry answers this. */
  readonly expected: string | undefined;
  readonly text: string;
}

/** Empty lines and lines beginning with `#` are skipped. @throws Misuse if the file cannot be read */
export async function readQuestions(
  file: string,
  known: ReadonlySet<string>,
): Promise<{ questions: Question[]; problems: Problem[] }> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new Misuse(`cannot read ${file}: ${reason(error)}`);
  });
  if (!isUtf8(bytes)) throw new Misuse(`${file} is not UTF-8; save it as UTF-8`);
  const questions: Question[] = [];
  const problems: Problem[] = [];
  const lines = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  lines.forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const [locale = '', expected, ...rest] = line.split('\t');
    const text = rest.join('\t').trim();
    const fault = (column: number, message: string) => void problems.push({ file, line: i + 1, column, message });
    if (expected === undefined || text === '')
      fault(1, 'found fewer than three columns; a line is locale<TAB>expected id or empty<TAB>text');
    else if (!isLocale(locale)) fault(1, `locale is "${locale}"; allowed are ja, en and auto`);
    else if (expected !== '' && !known.has(expected)) {
      const meant = nearest(expected, known);
      fault(locale.length + 2, `there is no entry "${expected}"${meant ? `; did you mean "${meant}"?` : ''}`);
    } else questions.push({ locale, expected: expected || undefined, text });
  });
  return { questions, problems };
}

const isLocale = (given: string): given is Question['locale'] => given === 'ja' || given === 'en' || given === 'auto';
