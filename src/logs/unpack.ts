/** gz and zip → their files, as streams of bytes. What is too much is refused before it is held. */
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import yauzl from 'yauzl';
import type { LogRefusal } from '../conversation/logs.ts';
import type { Packed } from './zip-writer.ts';

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: LogRefusal;
  constructor(code: LogRefusal) {
    super(`The log is refused: ${code}.`);
    this.code = code;
  }
}

export interface Limits {
  /** Bytes of the file as it came. */
  readonly packed: number;
  /** Bytes of all that is in it. */
  readonly unpacked: number;
  /** How many times as much as its packed bytes may come out of a file, beyond the first megabytes. */
  readonly ratio: number;
  readonly entries: number;
  /** Archives inside archives. */
  readonly nesting: number;
}

export const limits: Limits = {
  packed: 256 * 1024 * 1024,
  unpacked: 256 * 1024 * 1024,
  ratio: 120,
  entries: 200,
  nesting: 2,
};

/** Below this a high ratio is no danger, bytes: a short log of one repeated line packs a thousandfold. */
const harmless = 8 * 1024 * 1024;

export interface Unpacked {
  /** What it takes to pack it again under its name. */
  readonly as: Packed;
  readonly bytes: AsyncIterable<Buffer>;
}

/** A file's way through the archives; one ledger for all that comes out of one upload. */
export class Ledger {
  readonly limits: Limits;
  /** Came out of archives so far, bytes. */
  out = 0;
  entries = 0;
  readonly #packed: number;

  constructor(packed: number, limits: Limits) {
    if (packed > limits.packed) throw new Refused('too-large');
    this.limits = limits;
    this.#packed = packed;
  }

  take(bytes: number): void {
    this.out += bytes;
    this.#check(this.out);
  }

  /** What an archive says of itself is enough to refuse it; what comes out of it is counted all the same. */
  announced(bytes: number): void {
    this.#check(this.out + bytes);
  }

  #check(out: number): void {
    if (out > harmless && out > this.#packed * this.limits.ratio) throw new Refused('bomb');
    if (out > this.limits.unpacked) throw new Refused('too-large');
  }

  entry(): void {
    if (++this.entries > this.limits.entries) throw new Refused('too-large');
  }
}

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/** Pieces handed on at once, so that nothing large is ever in one text. */
const piece = 64 * 1024;

export async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

/** @throws Refused `bomb`, `too-large`, `broken` */
export async function* gunzip(bytes: Buffer, ledger: Ledger): AsyncGenerator<Buffer> {
  const stream = createGunzip({ chunkSize: piece });
  stream.end(bytes);
  yield* counted(stream, ledger);
}

async function* counted(stream: Readable, ledger: Ledger): AsyncGenerator<Buffer> {
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      ledger.take(part.length);
      yield part;
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('broken');
  } finally {
    stream.destroy();
  }
}

/** The files of a zip, one after the other; each is to be read, or left, before the next. @throws Refused */
export async function* unzip(bytes: Buffer, ledger: Ledger): AsyncGenerator<Unpacked> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, opened) =>
      error ? reject(new Refused('broken')) : resolve(opened),
    );
  });
  try {
    for (;;) {
      const entry = await next(zip);
      if (!entry) return;
      ledger.entry();
      if (entry.fileName.endsWith('/')) continue;
      if (entry.isEncrypted()) throw new Refused('encrypted');
      ledger.announced(entry.uncompressedSize);
      const stream = await new Promise<Readable>((resolve, reject) => {
        zip.openReadStream(entry, (error, opened) => (error ? reject(new Refused('broken')) : resolve(opened)));
      });
      const as: Packed = {
        name: entry.fileNameRaw,
        utf8: (entry.generalPurposeBitFlag & 0x800) !== 0,
        time: entry.lastModFileTime,
        date: entry.lastModFileDate,
      };
      yield { as, bytes: counted(stream, ledger) };
    }
  } finally {
    zip.close();
  }
}

function next(zip: yauzl.ZipFile): Promise<yauzl.Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settled = () => {
      zip.removeListener('entry', onEntry);
      zip.removeListener('end', onEnd);
      zip.removeListener('error', onError);
    };
    const onEntry = (entry: yauzl.Entry) => {
      settled();
      resolve(entry);
    };
    const onEnd = () => {
      settled();
      resolve(undefined);
    };
    const onError = () => {
      settled();
      reject(new Refused('broken'));
    };
    zip.on('entry', onEntry).on('end', onEnd).on('error', onError);
    zip.readEntry();
  });
}

/** All of a file that is held whole, of which the first piece has been read. @param most bytes. @throws Refused `too-large` */
export async function gather(first: Buffer, rest: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const parts = [first];
  let length = first.length;
  for await (const part of rest) {
    length += part.length;
    if (length > most) throw new Refused('too-large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Largest archive inside an archive, bytes: it is held whole. */
export const largestInner = 64 * 1024 * 1024;
