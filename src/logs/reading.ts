/** One file's text, piece by piece → its entries, by the reader of its format. */
import type { LogFormat } from '../conversation/logs.ts';
import { accessReader, iisReader } from './formats/access.ts';
import { type Detected, detect, enough } from './formats/detect.ts';
import { longestHar, readHar } from './formats/har.ts';
import { jsonEntries, jsonLinesReader } from './formats/json-lines.ts';
import { syslogReader } from './formats/syslog.ts';
import { plainReader } from './formats/text.ts';
import { windowsCsvReader } from './formats/windows-csv.ts';
import { windowsXmlReader } from './formats/windows-xml.ts';
import type { Emit, LineReader } from './line.ts';
import { Lines } from './lines.ts';
import { Refused } from './unpack.ts';

export class Reading {
  readonly #emit: Emit;
  readonly #now: number;
  #head = '';
  #sink: { write(text: string): void; end(): void } | undefined;
  format: LogFormat = 'text';
  lines = 0;

  constructor(emit: Emit, now: number) {
    this.#emit = emit;
    this.#now = now;
  }

  write(coloured: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one.
    const text = coloured.includes('\u001b') ? coloured.replace(/\u001b\[[\d;]{0,20}[A-Za-z]/g, '') : coloured;
    if (this.#sink) {
      this.#sink.write(text);
      return;
    }
    this.#head += text;
    if (this.#head.length >= enough) this.#begin(false);
  }

  /** @param whole false when only the beginning was read. */
  end(whole: boolean): void {
    if (!this.#sink) this.#begin(true);
    if (whole || (this.format !== 'har' && !this.#isWhole)) this.#sink?.end();
  }

  /** A format that can only be read whole. */
  #isWhole = false;

  #begin(whole: boolean): void {
    const head = this.#head.replace(/^\ufeff/, '');
    this.#head = '';
    const detected = detect(head.slice(0, enough), whole);
    this.format = detected === 'json' ? 'json-lines' : detected;
    this.#sink = this.#sinkFor(detected);
    this.#sink.write(head);
  }

  #sinkFor(detected: Detected): { write(text: string): void; end(): void } {
    const now = this.#now;
    if (detected === 'har' || detected === 'json') return this.#document(detected);
    if (detected === 'windows-xml') {
      const reader = windowsXmlReader(this.#emit, now);
      return {
        write: (text) => {
          this.lines += text.split('\n').length - 1;
          reader.push(text);
        },
        end: () => {},
      };
    }
    const readers = {
      'json-lines': jsonLinesReader,
      syslog: syslogReader,
      access: accessReader,
      iis: iisReader,
      'windows-csv': windowsCsvReader,
      text: plainReader,
      stack: plainReader,
    } as const;
    const reader: LineReader = readers[detected](this.#emit, now);
    const lines = new Lines((line, number) => reader.push(line, number));
    return {
      write: (text) => {
        lines.write(text);
        this.lines = lines.count;
      },
      end: () => {
        lines.end();
        reader.end();
        this.lines = lines.count;
      },
    };
  }

  #document(kind: 'har' | 'json'): { write(text: string): void; end(): void } {
    this.#isWhole = true;
    const parts: string[] = [];
    let length = 0;
    return {
      write: (text) => {
        length += text.length;
        if (length > longestHar) throw new Refused('too-large');
        parts.push(text);
        this.lines += text.split('\n').length - 1;
      },
      end: () => {
        const text = parts.join('');
        try {
          if (kind === 'har') readHar(text, this.#emit, this.#now);
          else jsonEntries(text, this.#emit, this.#now);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          // Cut off, or no JSON after all: what can be told of its lines is told.
          this.format = 'text';
          this.lines = 0;
          const sink = this.#sinkFor('text');
          sink.write(text);
          sink.end();
        }
      },
    };
  }
}
