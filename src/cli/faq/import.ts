import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { readFaq, reason } from '../../understanding/files.ts';
import { parseFaq } from '../../understanding/parse.ts';
import { readCsv } from './import/csv.ts';
import { toDrafts, toYaml } from './import/draft.ts';
import { readQna } from './import/qna.ts';
import { place } from './lint.ts';
import { Misuse, type Streams, write } from './streams.ts';

export interface ImportOptions {
  readonly directory: string;
  readonly file: string | undefined;
  /** Where to write; `-` is stdout. The FAQ directory and the source's name where left out. */
  readonly to: string | undefined;
}

/** Turns a CSV, TSV or .qna file into a FAQ file. Never overwrites one. @returns 1 if what was written needs mending, or nothing was */
export async function importFaq({ directory, file, to }: ImportOptions, { out, err }: Streams): Promise<number> {
  if (file === undefined) throw new Misuse('import needs a file: .csv, .tsv or .qna');
  const kind = extname(file).toLowerCase();
  if (!['.csv', '.tsv', '.txt', '.qna'].includes(kind))
    throw new Misuse(`cannot import "${file}"; allowed are files ending in .csv, .tsv, .txt and .qna`);
  const text = await textOf(file, err);
  const { sources, notes } = kind === '.qna' ? readQna(text) : readCsv(text);
  const present = existsSync(directory) ? await readFaq(directory) : undefined;
  const taken = new Set(present?.placed.map((placed) => placed.entry.id));
  const name = basename(file, extname(file));
  const made = toDrafts(sources, name, taken);
  for (const { line, message } of [...notes, ...made.notes].sort((a, b) => a.line - b.line))
    err.write(`${place({ file, line, column: 1, message })}\n`);
  if (made.drafts.length === 0) {
    err.write(`faq: found no question with an answer in ${file}; nothing was written\n`);
    return 1;
  }
  const target = to ?? join(directory, `${name}.yaml`);
  const schema = resolve('docs/faq.schema.json');
  const seen = target === '-' || !existsSync(schema) ? undefined : relative(dirname(resolve(target)), schema);
  const yaml = toYaml(made, seen);
  if (target === '-') await write(out, yaml);
  else if (!(await writeNew(target, yaml))) {
    err.write(`faq: ${target} is there already and was left as it is; choose another with --to FILE\n`);
    return 1;
  }
  const { problems } = parseFaq(target, name, yaml);
  for (const problem of problems) err.write(`${place(problem)}\n`);
  err.write(
    `faq: ${made.drafts.length} ${made.drafts.length === 1 ? 'entry' : 'entries'} from ${file} → ${target}; see what to better: faq lint\n`,
  );
  return problems.length ? 1 : 0;
}

/** Spreadsheets in Japan save CSV as Shift_JIS unless told otherwise. */
async function textOf(file: string, err: Streams['err']): Promise<string> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new Misuse(`cannot read ${file}: ${reason(error)}`);
  });
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/^\uFEFF/, '');
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const encoding = utf16 ? 'utf-16le' : 'shift_jis';
  err.write(`faq: ${file} is not UTF-8; read as ${utf16 ? 'UTF-16' : 'Shift_JIS'}\n`);
  return new TextDecoder(encoding).decode(bytes);
}

/** @returns false where a file of that name is there */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new Misuse(`cannot write ${path}: ${reason(error)}`);
  }
}
