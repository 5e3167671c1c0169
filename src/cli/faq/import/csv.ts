/** Questions and answers from CSV and TSV, as spreadsheets and QnA Maker's export write them. */
import { type Language, languageOfLocale } from '../../../conversation/language.ts';
import type { Source, Sources, Worded } from './source.ts';

/** A record and the line it begins on, from 1. */
interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

type Role = 'key' | 'topic' | 'tags' | 'question' | 'answer' | 'keywords' | 'locale';
interface Column {
  readonly role: Role;
  readonly language: Language | undefined;
}

/** Names a first row may give its columns; a language may follow (`question_ja`, `回答(英語)`), and a number (`question 2`). */
const names: readonly (readonly [Role, RegExp])[] = [
  ['key', /^(id|key|qnaid|番号|no\.?)$/],
  ['topic', /^(topic|category|source|話題|分類|カテゴリー?)$/],
  ['tags', /^(tags?|labels?|metadata|タグ|ラベル)$/],
  ['question', /^(questions?|phrasings?|q|utterances?|質問文?|問い?|言い換え|alternative ?questions?)$/],
  ['answer', /^(answers?|a|reply|回答文?|答え)$/],
  ['keywords', /^(keywords?|synonyms?|キーワード|同義語)$/],
  ['locale', /^(locale|language|lang|言語|ロケール)$/],
];

/**
 * Reads records of RFC 4180 (quoted cells may hold line ends; a doubled quote is one), parted by tab, comma or semicolon,
 * whichever the first row uses most. Without a row of known names, columns are question, answer and, if given, locale.
 */
export function readCsv(text: string): Sources {
  const { rows, open } = records(text, delimiterOf(text));
  const header = rows[0]?.cells.map(columnOf) ?? [];
  const named =
    header.some((column) => column?.role === 'question') && header.some((column) => column?.role === 'answer');
  const layout: readonly (Column | undefined)[] = named
    ? header
    : (['question', 'answer', 'locale'] as const).map((role) => ({ role, language: undefined }));
  const notes: { line: number; message: string }[] = [];
  const ignored = (rows[0]?.cells ?? []).filter((name, i) => named && !header[i] && name.trim());
  if (ignored.length) notes.push({ line: 1, message: `columns not taken over: ${ignored.join(', ')}` });
  // QnA Maker's export, told by its Metadata, writes line ends in answers as \\n.
  const escaped = rows[0]?.cells.some((name) => /^metadata$/i.test(name.trim())) ?? false;
  const sources = (named ? rows.slice(1) : rows).map((row) => toSource(row, layout, escaped));
  return {
    sources,
    notes: [...notes, ...(open === undefined ? [] : [{ line: open, message: 'the quote begun here is never closed' }])],
  };
}

function columnOf(name: string): Column | undefined {
  const plain = name.normalize('NFKC').trim().toLowerCase();
  const language = /[\s_(-](ja|jp|japanese|日本語|和文)\)?$/.test(plain)
    ? 'ja'
    : /[\s_(-](en|english|英語|英文)\)?$/.test(plain)
      ? 'en'
      : undefined;
  const bare = plain
    .replace(/[\s_(-](ja|jp|japanese|日本語|和文|en|english|英語|英文)\)?$/, '')
    .replace(/[\s_-]*\d+$/, '')
    .trim();
  const role = names.find(([, pattern]) => pattern.test(bare))?.[0];
  return role && { role, language };
}

function toSource({ line, cells }: Row, layout: readonly (Column | undefined)[], escaped: boolean): Source {
  const of = (role: Role) =>
    cells.flatMap((cell, i) => {
      const column = layout[i];
      return column?.role === role && cell.trim() ? [{ text: cell.trim(), language: column.language }] : [];
    });
  const locale = of('locale')[0]?.text;
  const worded = (role: Role): Worded[] =>
    of(role).map(({ text, language }) => ({
      text,
      language: language ?? (locale ? languageOfLocale(locale) : undefined),
    }));
  const several = (all: readonly Worded[], parted: RegExp): Worded[] =>
    all.flatMap(({ text, language }) =>
      text
        .split(parted)
        .map((part) => ({ text: part.trim(), language }))
        .filter((part) => part.text),
    );
  return {
    line,
    key: of('key')[0]?.text,
    topic: of('topic')[0]?.text,
    tags: several(of('tags'), /[,、;|\n]/).map((tag) => tag.text),
    // One cell may hold several phrasings, one a line.
    questions: several(worded('question'), /\n/),
    answers: worded('answer').map(({ text, language }) => ({
      text: escaped ? text.replaceAll('\\n', '\n') : text,
      language,
    })),
    keywords: several(worded('keywords'), /[,、;|\n]/),
    related: [],
  };
}

function delimiterOf(text: string): string {
  const first = text.slice(0, text.search(/\r?\n|$/)).replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => first.split(delimiter).length;
  return ['\t', ',', ';'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/** `open`: the line of a quote that is never closed. */
function records(text: string, delimiter: string): { rows: Row[]; open: number | undefined } {
  const rows: Row[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let begun = 1;
  let quoted = false;
  const endRow = () => {
    cells.push(cell);
    if (cells.some((one) => one.trim())) rows.push({ line: begun, cells });
    cells = [];
    cell = '';
    begun = line;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '\n') line += 1;
    if (quoted) {
      if (c !== '"') cell += c === '\r' && text[i + 1] === '\n' ? '' : c;
      else if (text[i + 1] === '"') cell += text[i++];
      else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (c === '\n') endRow();
    else if (!(c === '\r' && text[i + 1] === '\n')) cell += c;
  }
  const open = quoted ? begun : undefined;
  if (cell || cells.length) endRow();
  return { rows, open };
}
