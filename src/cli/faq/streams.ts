import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** What a command reads and writes. */
export interface Streams {
  readonly in: AsyncIterable<Uint8Array>;
  readonly out: Writable;
  readonly err: Writable;
}

/** The command line was not understood; its message says what was found and what is allowed. */
export class Misuse extends Error {}

/** Writes and waits while the reader is behind, so that memory stays bounded. */
export async function write(to: Writable, text: string): Promise<void> {
  if (!to.write(text)) await once(to, 'drain');
}
