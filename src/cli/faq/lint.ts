import { advise } from '../../understanding/advice.ts';
import { readFaq } from '../../understanding/files.ts';
import type { Problem } from '../../understanding/understanding.ts';
import { type Streams, write } from './streams.ts';

/** Prints problems and advice in the order of the files, then a count on stderr. @returns 1 if there is a problem; advice does not fail */
export async function lint(directory: string, { out, err }: Streams): Promise<number> {
  const reading = await readFaq(directory);
  const { conflicts, advice } = advise(reading);
  const problems = [...reading.problems, ...conflicts];
  const found = [...problems, ...advice.map((one) => ({ ...one, message: `advice: ${one.message}` }))];
  found.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
  for (const one of found) await write(out, `${place(one)}\n`);
  const entries = `${counted(reading.placed.length, 'entry', 'entries')} in ${counted(reading.files.length, 'file', 'files')}`;
  const faults = problems.length === 0 ? 'no problems' : counted(problems.length, 'problem', 'problems');
  err.write(`faq: ${entries}; ${faults}, ${counted(advice.length, 'piece', 'pieces')} of advice\n`);
  return problems.length === 0 ? 0 : 1;
}

/** `file:line:col: message`, the form editors and CI make clickable. */
export const place = ({ file, line, column, message }: Problem): string => `${file}:${line}:${column}: ${message}`;

const counted = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
