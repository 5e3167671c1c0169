/** One line of input, without its line end. */
export interface Line {
  readonly text: string;
  /** What could not be taken as it was, in words; undefined for a good line. */
  readonly note?: string;
}

/** Longest line kept, in bytes. The rest of a longer one is read and dropped, so that memory stays bounded. */
export const longestLine = 1024 * 1024;

/**
 * Cuts a stream of UTF-8 bytes into lines, ended by LF or CRLF; a last line without an end counts, an empty rest does not.
 * Yields one list per chunk so that a consumer can answer as soon as lines are there. Never throws for any bytes.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  let kept: Uint8Array[] = [];
  let size = 0;
  let dropped = 0;
  let pending = false;
  const keep = (piece: Uint8Array) => {
    const room = longestLine - size;
    if (piece.length > room) dropped += piece.length - Math.max(0, room);
    if (room > 0 && piece.length > 0) {
      // A copy: a slice would hold its whole chunk.
      kept.push(Uint8Array.prototype.slice.call(piece, 0, room));
      size += Math.min(piece.length, room);
    }
    pending = true;
  };
  const finish = (): Line => {
    const line = toLine(Buffer.concat(kept), dropped);
    kept = [];
    size = dropped = 0;
    pending = false;
    return line;
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      keep(chunk.subarray(from, end));
      lines.push(finish());
      from = end + 1;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
    if (lines.length) yield lines;
  }
  if (pending) yield [finish()];
}

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

function toLine(bytes: Uint8Array, dropped: number): Line {
  const whole = bytes.at(-1) === 0x0d && dropped === 0 ? bytes.subarray(0, -1) : dropped ? uncut(bytes) : bytes;
  const cut = dropped > 0 ? [`the line is longer than ${longestLine} bytes; the rest was left out`] : [];
  try {
    return { text: strict.decode(whole), ...(cut.length && { note: cut.join('; ') }) };
  } catch {
    const note = ['the line is not UTF-8; what could not be read is shown as \uFFFD', ...cut].join('; ');
    return { text: lenient.decode(whole), note };
  }
}

/** Without the bytes of a character that the cut went through: at most three. */
function uncut(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}
