/** Bytes → text, piece by piece, in whichever of the usual encodings they are. */
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import Encoding from 'encoding-japanese';

export type EncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis' | 'euc-jp' | 'iso-2022-jp' | 'windows-1252';

/** Bytes looked at to tell an encoding. */
const sample = 64 * 1024;

export interface Decoder {
  /** Undefined while all was ASCII. */
  readonly encoding: EncodingName | undefined;
  write(bytes: Buffer): string;
  end(): string;
}

/** Decides at the first bytes that tell: a log may be plain ASCII for megabytes before its first Japanese word. */
export function decoder(): Decoder {
  let encoding: EncodingName | undefined;
  let decoder: TextDecoder | undefined;
  let begun = false;
  return {
    get encoding() {
      return encoding;
    },
    write(bytes) {
      if (!decoder) {
        encoding = begun ? told(bytes) : (marked(bytes) ?? wide(bytes) ?? told(bytes));
        begun = true;
        if (encoding) decoder = new TextDecoder(encoding);
        else return bytes.toString('latin1');
      }
      return decoder.decode(bytes, { stream: true });
    },
    end: () => decoder?.decode() ?? '',
  };
}

function marked(bytes: Buffer): EncodingName | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

/** UTF-16 without its mark: the line ends and digits of a log have a zero at their side, always the same one. */
function wide(bytes: Buffer): EncodingName | undefined {
  const length = Math.min(bytes.length & ~1, 4096);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (pairs < 8) return undefined;
  if (odd > pairs * 0.2 && even < pairs * 0.02) return 'utf-16le';
  return even > pairs * 0.2 && odd < pairs * 0.02 ? 'utf-16be' : undefined;
}

/** Undefined where all is ASCII. */
function told(bytes: Buffer): EncodingName | undefined {
  const plain = isAscii(bytes);
  if (plain && !bytes.includes(0x1b)) return undefined;
  // ISO-2022-JP is ASCII but for its escapes.
  if (bytes.includes('\u001b$B') || bytes.includes('\u001b$@')) return 'iso-2022-jp';
  if (plain) return undefined;
  const from = bytes.findIndex((byte) => byte >= 0x80);
  const piece = bytes.subarray(from, from + sample);
  // A character may be cut at the piece's end.
  for (let cut = 0; cut < 4; cut++)
    if (isUtf8(piece.subarray(0, piece.length - cut)) && piece.length > cut) return 'utf-8';
  const found = Encoding.detect(piece, ['SJIS', 'EUCJP']);
  if (found === 'SJIS') return 'shift_jis';
  if (found === 'EUCJP') return 'euc-jp';
  return isMostlyUtf8(piece) ? 'utf-8' : 'windows-1252';
}

/** Some damage in UTF-8 leaves far more of its characters whole than chance would. */
function isMostlyUtf8(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  const broken = text.split('\ufffd').length - 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all that is beyond ASCII.
  const whole = (text.match(/[^\u0000-\u007f\ufffd]/g) ?? []).length;
  return whole > broken;
}

/** Whether it surely is text, whatever its first bytes may be taken for: UTF-16's mark for a sound, "BM" for a picture. */
export const isSurelyText = (bytes: Buffer): boolean =>
  !isBinary(bytes) && ((marked(bytes) ?? wide(bytes)) !== undefined || isUtf8(bytes));

/** Whether the beginning of a file is no text at all. @param bytes its first some thousand. */
export function isBinary(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 8192);
  if (marked(head) ?? wide(head)) return false;
  let control = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if ((byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 0x1b) || byte === 0x7f)
      control++;
  }
  return control > head.length * 0.1;
}
