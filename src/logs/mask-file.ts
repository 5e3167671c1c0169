/** A file as it was sent → the same without secrets: text as UTF-8, archives packed anew with each text in them masked. */
import { gzipSync } from 'node:zlib';
import { decoder, isBinary } from './decode.ts';
import { Masker } from './mask/mask.ts';
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
import { ZipWriter } from './zip-writer.ts';

export interface MaskFileOptions {
  /** Mask IP addresses too. */
  readonly maskAddresses: boolean;
  /** Whether the time for it is up. */
  readonly isLate?: () => boolean;
  readonly limits?: Limits;
}

export interface MaskedFile {
  readonly bytes: Buffer;
  /** Whether there is text in it: else it is as it came, and no log. */
  readonly hasText: boolean;
}

/** @throws Refused where it could not be gone through to its end: then nothing of it may be kept. */
export async function maskFile(bytes: Buffer, options: MaskFileOptions): Promise<MaskedFile> {
  const ledger = new Ledger(bytes.length, options.limits ?? limits);
  return maskOne(pieces(bytes), bytes, options, ledger, 0);
}

async function maskOne(
  source: AsyncIterable<Buffer>,
  whole: Buffer | undefined,
  options: MaskFileOptions,
  ledger: Ledger,
  depth: number,
): Promise<MaskedFile> {
  const text = decoder();
  let masker: Masker | undefined;
  const out: Buffer[] = [];
  for await (const part of source) {
    if (options.isLate?.()) throw new Refused('time');
    if (!masker) {
      const isPacked = isGzip(part) || isZip(part);
      if (isPacked || isBinary(part)) {
        if (isPacked && depth >= ledger.limits.nesting) throw new Refused('bomb');
        const all = whole ?? (await gather(part, source, largestInner));
        return isPacked ? maskArchive(all, options, ledger, depth + 1) : { bytes: all, hasText: false };
      }
      // Mail addresses and telephone numbers are nobody's business in a log.
      masker = new Masker({ personal: true, ips: options.maskAddresses, sentences: false });
    }
    out.push(Buffer.from(masker.write(text.write(part))));
  }
  if (masker) out.push(Buffer.from(masker.write(text.end())), Buffer.from(masker.end()));
  return { bytes: Buffer.concat(out), hasText: masker !== undefined };
}

async function maskArchive(
  bytes: Buffer,
  options: MaskFileOptions,
  ledger: Ledger,
  depth: number,
): Promise<MaskedFile> {
  if (isGzip(bytes)) {
    const inner = await maskOne(gunzip(bytes, ledger), undefined, options, ledger, depth);
    return { bytes: gzipSync(inner.bytes, { level: 6 }), hasText: inner.hasText };
  }
  const zip = new ZipWriter();
  let hasText = false;
  for await (const entry of unzip(bytes, ledger)) {
    const inner = await maskOne(entry.bytes, undefined, options, ledger, depth);
    hasText ||= inner.hasText;
    zip.add(entry.as, inner.bytes);
  }
  return { bytes: zip.end(), hasText };
}
