/** Windows' Event Viewer, "Save as CSV", in English or Japanese; and any CSV with a head that names a time and a message. */
import { parse } from 'csv-parse/sync';
import { levelNamed, levelSounding } from '../levels.ts';
import type { Emit, LineReader } from '../line.ts';
import { timeOf } from '../times.ts';

const columns: Readonly<Record<'level' | 'time' | 'source' | 'id' | 'message', RegExp>> = {
  level: /^(?:level|severity|entrytype|leveldisplayname|レベル)$/i,
  time: /^(?:date and time|timecreated|timegenerated|time|timestamp|date|日付と時刻|日時)$/i,
  source: /^(?:source|providername|provider|logger|ソース)$/i,
  id: /^(?:event ?id|id|instanceid|イベント ?id)$/i,
  message: /^(?:message|description|task category|タスクのカテゴリ|メッセージ|説明)$/i,
};

type Column = keyof typeof columns;

const cells = (text: string, delimiter: string): string[][] =>
  parse(text, { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, bom: true });

const delimiterOf = (head: string): string => (head.includes('\t') ? '\t' : head.includes(';') ? ';' : ',');

function columnsOf(head: string): Map<Column, number> {
  const names = (cells(head, delimiterOf(head))[0] ?? []).map((name) => name.trim());
  const found = new Map<Column, number>();
  for (const column of Object.keys(columns) as Column[]) {
    const at = names.findIndex((name) => columns[column].test(name));
    if (at >= 0) found.set(column, at);
  }
  return found;
}

export function isWindowsCsv(line: string): boolean {
  if (!/[,;\t]/.test(line) || line.length > 2_000) return false;
  try {
    const found = columnsOf(line);
    return found.has('time') && (found.has('level') || found.has('message'));
  } catch {
    return false;
  }
}

/** Records read together: the parser's start costs as much as hundreds of them. */
const batch = 400;
/** Lines of one record; more is a quotation mark that nobody closed. */
const mostLines = 2_000;

export function windowsCsvReader(emit: Emit, now: number): LineReader {
  let found: Map<Column, number> | undefined;
  let delimiter = ',';
  let text = '';
  let lines = 0;
  let records = 0;
  /** Lines that the records held begin with. */
  let starts: number[] = [];
  let inQuotes = false;

  const read = () => {
    const head = found;
    if (!head || text === '') return;
    let rows: string[][] = [];
    try {
      rows = cells(text, delimiter);
    } catch {
      // A record broken beyond the parser's patience: each of its lines for itself.
      rows = text.split('\n').map((line) => line.split(delimiter));
    }
    text = '';
    records = 0;
    for (const [i, row] of rows.entries()) entry(head, row, starts[i] ?? 1);
    starts = [];
  };
  const entry = (head: Map<Column, number>, row: readonly string[], line: number) => {
    const cell = (column: Column): string => row[head.get(column) ?? -1]?.trim() ?? '';
    // Event Viewer's head names five columns; the message is a sixth.
    const message = row.length > 5 && head.has('level') ? (row[5] ?? '') : cell('message');
    const [source, id] = [cell('source'), cell('id')];
    const level = levelNamed(cell('level')) ?? levelSounding(message);
    emit({
      ...timeOf(cell('time'), now),
      ...(level ? { level } : {}),
      ...(source ? { source } : {}),
      message: `${source}${id ? ` event ${id}` : ''}${source || id ? ': ' : ''}${message.replace(/\s+/g, ' ').trim()}`,
      line,
    });
  };
  return {
    push(line, number) {
      if (!found) {
        delimiter = delimiterOf(line);
        found = columnsOf(line);
        return;
      }
      if (!inQuotes) starts.push(number);
      text += `${line}\n`;
      lines++;
      for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) inQuotes = !inQuotes;
      if (inQuotes && lines < mostLines) return;
      inQuotes = false;
      lines = 0;
      if (++records >= batch) read();
    },
    end: read,
  };
}
