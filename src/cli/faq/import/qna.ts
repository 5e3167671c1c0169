/** Questions and answers from the Bot Framework's .qna files (QnA Maker). */
import type { Source, Sources } from './source.ts';

/**
 * A pair is a heading `# ? question` of any depth, `- variations`, `**Filters:**`, an answer between fences, `**Prompts:**`.
 * `>` begins a comment. An `<a id="…">` before a pair names it; prompts lead to such names or to questions.
 */
export function readQna(text: string): Sources {
  const notes: { line: number; message: string }[] = [];
  const sources: Source[] = [];
  let pair: Pair | undefined;
  let key: string | undefined;
  let part: 'variations' | 'filters' | 'prompts' = 'variations';
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] ?? '').trim();
    const number = i + 1;
    const question = /^#+\s*\?\s*(.+)$/.exec(line)?.[1];
    const anchor = /^<a\s+id\s*=\s*["']?([^"'>]+?)["']?\s*>/i.exec(line)?.[1];
    const section = /^\*{2,3}\s*(filters|prompts)\s*:?\s*\*{2,3}$/i.exec(line)?.[1]?.toLowerCase();
    const item = /^[-*+]\s+(.+)$/.exec(line)?.[1];
    if (line === '' || line.startsWith('>')) continue;
    if (question) {
      pair = newPair(number, key, question);
      sources.push(pair);
      key = undefined;
      part = 'variations';
    } else if (anchor) key = anchor.trim();
    else if (line.startsWith('```')) {
      const fence = /^`+/.exec(line)?.[0] ?? '```';
      const answer: string[] = [];
      while (++i < lines.length && (lines[i] ?? '').trim() !== fence) answer.push(lines[i] ?? '');
      if (i >= lines.length) notes.push({ line: number, message: 'the answer begun here has no closing fence' });
      if (pair) pair.answers.push({ text: answer.join('\n').trim(), language: undefined });
      else notes.push({ line: number, message: 'an answer without a question before it was left out' });
    } else if (section) part = section === 'filters' ? 'filters' : 'prompts';
    else if (item && pair) {
      if (part === 'variations') pair.questions.push({ text: item, language: undefined });
      else if (part === 'filters') pair.tags.push(item.replace(/\s*=\s*/, '='));
      else pair.related.push(promptOf(item));
    } else notes.push({ line: number, message: `not taken over: ${line.slice(0, 60)}` });
  }
  return { sources, notes };
}

interface Pair extends Source {
  readonly tags: string[];
  readonly questions: { text: string; language: undefined }[];
  readonly answers: { text: string; language: undefined }[];
  readonly related: string[];
}

const newPair = (line: number, key: string | undefined, question: string): Pair => ({
  line,
  key,
  topic: undefined,
  tags: [],
  questions: [{ text: question.trim(), language: undefined }],
  answers: [],
  keywords: [],
  related: [],
});

/** Where `[shown](#target)` leads: a pair's name, or with `#?` its question, hyphens for spaces. */
function promptOf(item: string): string {
  const target = /\]\(\s*#([^)]*)\)/.exec(item)?.[1] ?? item;
  return target.startsWith('?') ? target.slice(1).replaceAll('-', ' ').trim() : target.trim();
}
