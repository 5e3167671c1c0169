/** A file as it was sent → what is found in it. */
import type { LogFinding, LogFormat } from '../conversation/logs.ts';
import { Collector, isEmpty } from './collect.ts';
import { type Decoder, decoder, isBinary } from './decode.ts';
import { mask } from './mask/mask.ts';
import { Reading } from './reading.ts';
import type { Signature } from './signature.ts';
import {
  gather,
  gunzip,
  isGzip,
  isZip,
  Ledger,
  type Limits,
  largestInner,
  limits,
  pieces,
  Refused,
  unzip,
} from './unpack.ts';

export interface AnalyseOptions {
  /** ms since 1970 */
  readonly now: number;
  readonly signatures: readonly Signature[];
  /** Mask IP addresses too. */
  readonly maskAddresses: boolean;
  /** Whether the time for it is up: what has been read by then is the finding. */
  readonly isLate?: () => boolean;
  readonly limits?: Limits;
}

/** @throws Refused with what stands against it. */
export async function analyse(bytes: Buffer, options: AnalyseOptions): Promise<LogFinding> {
  if (bytes.length === 0) throw new Refused('empty');
  const analysis = new Analysis(options, new Ledger(bytes.length, options.limits ?? limits));
  await analysis.file(pieces(bytes), bytes, 0);
  return analysis.finding();
}

class Analysis {
  readonly #options: AnalyseOptions;
  readonly #ledger: Ledger;
  readonly #collector: Collector;
  readonly #formats = new Set<LogFormat>();
  #encoding: Decoder['encoding'];
  #files = 0;
  #binaries = 0;
  #bytes = 0;
  #lines = 0;
  #partial = false;

  constructor(options: AnalyseOptions, ledger: Ledger) {
    this.#options = options;
    this.#ledger = ledger;
    const { signatures, maskAddresses: ips } = options;
    this.#collector = new Collector({
      signatures,
      mask: (text) => mask(text, { personal: true, ips, sentences: false }),
    });
  }

  /** @param whole all of its bytes, where they are at hand. */
  async file(source: AsyncIterable<Buffer>, whole: Buffer | undefined, depth: number): Promise<void> {
    const { nesting } = this.#ledger.limits;
    let reading: Reading | undefined;
    let text: Decoder | undefined;
    for await (const part of source) {
      if (!reading || !text) {
        if (isGzip(part) || isZip(part)) {
          if (depth >= nesting) throw new Refused('bomb');
          const packed = whole ?? (await gather(part, source, largestInner));
          return this.#archive(packed, depth + 1);
        }
        if (isBinary(part)) {
          this.#binaries++;
          return;
        }
        text = decoder();
        const before = this.#lines;
        reading = new Reading((entry) => this.#collector.add(entry, before), this.#options.now);
        this.#files++;
      }
      this.#bytes += part.length;
      reading.write(text.write(part));
      if (this.#options.isLate?.()) {
        this.#partial = true;
        break;
      }
    }
    if (!reading || !text) return;
    reading.write(text.end());
    reading.end(!this.#partial);
    this.#encoding ??= text.encoding;
    this.#formats.add(reading.format);
    this.#lines += reading.lines;
  }

  async #archive(bytes: Buffer, depth: number): Promise<void> {
    if (isGzip(bytes)) return this.file(gunzip(bytes, this.#ledger), undefined, depth);
    for await (const entry of unzip(bytes, this.#ledger)) {
      await this.file(entry.bytes, undefined, depth);
      if (this.#partial) return;
    }
  }

  finding(): LogFinding {
    if (this.#files === 0) throw new Refused(this.#binaries > 0 ? 'binary' : 'empty');
    const collected = this.#collector.finding();
    if (isEmpty(collected)) throw new Refused(this.#partial ? 'time' : 'empty');
    return {
      formats: [...this.#formats],
      encoding: this.#encoding ?? 'utf-8',
      files: this.#files,
      bytes: this.#bytes,
      lines: this.#lines,
      ...(this.#partial ? { partial: 'time' } : {}),
      ...collected,
    };
  }
}
