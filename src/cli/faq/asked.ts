/** What visitors asked, read for the report: plain lines, exported tickets, or what `faq match` printed. */
import { readFile } from 'node:fs/promises';
import { reason } from '../../understanding/files.ts';
import { linesOf } from './lines.ts';
import { Misuse } from './streams.ts';

/** @throws Misuse where the file cannot be read */
export async function questionsIn(file: string): Promise<string[]> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new Misuse(`cannot read ${file}: ${reason(error)}`);
  });
  const texts: string[] = [];
  for await (const lines of linesOf(one(bytes))) for (const { text } of lines) texts.push(...questionsOf(text));
  return texts;
}

/**
 * A line of plain text is a question. Of a ticket it is the subject, which is what led to a person, and each message that the bot did
 * not answer outright; of a line of `faq match`, its text.
 */
export function questionsOf(line: string): string[] {
  const plain = line.trim();
  if (!plain.startsWith('{')) return plain ? [plain] : [];
  let read: Line;
  try {
    read = JSON.parse(plain) as Line;
  } catch {
    return [plain];
  }
  const { subject, text, timeline } = read;
  const asked = [subject ?? text, ...(Array.isArray(timeline) ? unanswered(timeline) : [])];
  const questions = asked.flatMap((one) => (typeof one === 'string' && one.trim() ? [one.trim()] : []));
  return [...new Set(questions)];
}

interface Line {
  readonly subject?: unknown;
  readonly text?: unknown;
  readonly timeline?: unknown;
}

interface Entry {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly by?: { readonly role?: unknown };
  readonly decision?: unknown;
}

/** What the visitor had said where the bot noted that it was not sure. */
function unanswered(timeline: readonly Entry[]): unknown[] {
  let said: unknown;
  return timeline.flatMap((entry) => {
    if (entry?.type === 'message' && entry.by?.role === 'visitor') said = entry.text;
    return entry?.type === 'matched' && entry.decision !== 'answer' ? [said] : [];
  });
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
