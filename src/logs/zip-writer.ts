/** Writes a zip: files deflated, names as they came. Enough for what was read from one, no more (no zip64, no encryption). */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Packed {
  /** As it stood in the archive. */
  readonly name: Buffer;
  /** General purpose flag for a name in UTF-8. */
  readonly utf8: boolean;
  /** MS-DOS time and date, as they stood. */
  readonly time: number;
  readonly date: number;
}

export class ZipWriter {
  readonly #parts: Buffer[] = [];
  readonly #directory: Buffer[] = [];
  #at = 0;

  add({ name, utf8, time, date }: Packed, bytes: Buffer): void {
    const body = deflateRawSync(bytes, { level: 6 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version needed
    common.writeUInt16LE(utf8 ? 0x800 : 0, 2);
    common.writeUInt16LE(8, 4); // deflate
    common.writeUInt16LE(time, 6);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32(bytes) >>> 0, 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([signed(0x04034b50), common, name]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(this.#at, 10);
    const madeBy = Buffer.from([20, 0]);
    this.#directory.push(Buffer.concat([signed(0x02014b50), madeBy, common, rest, name]));
    this.#parts.push(local, body);
    this.#at += local.length + body.length;
  }

  end(): Buffer {
    const directory = Buffer.concat(this.#directory);
    const last = Buffer.alloc(18);
    last.writeUInt16LE(this.#directory.length, 4);
    last.writeUInt16LE(this.#directory.length, 6);
    last.writeUInt32LE(directory.length, 8);
    last.writeUInt32LE(this.#at, 12);
    return Buffer.concat([...this.#parts, directory, signed(0x06054b50), last]);
  }
}

function signed(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
