/**
 * Takes secrets out of text, in time linear to its length: what is left can be kept and shown. What no rule can know for a secret (a
 * password alone on its line) stays, which is why people are asked to look through what they send.
 */
import { maskIps, maskMails, maskPhones } from './addresses.ts';
import { maskAssigned } from './assigned.ts';
import { maskCards, maskKeys, maskSchemes, maskShapes, maskUrls } from './shapes.ts';

export interface MaskOptions {
  /** Also mail addresses and telephone numbers: of logs, not of what people write to be reached. */
  readonly personal: boolean;
  /** Also IP addresses. */
  readonly ips: boolean;
  /** The text is somebody's sentences rather than a program's output. */
  readonly sentences: boolean;
}

/** Of somebody's message: secrets alone. */
export const ofMessages: MaskOptions = { personal: false, ips: false, sentences: true };

/** @param open whether a private key goes on that began in the text before. */
function maskPart(text: string, options: MaskOptions, open: boolean): { text: string; open: boolean } {
  const keyless = maskKeys(text, open);
  let masked = maskCards(maskShapes(maskUrls(keyless.text)));
  masked = maskSchemes(maskAssigned(maskCookies(masked), options));
  if (options.personal) masked = maskPhones(maskMails(masked));
  if (options.ips) masked = maskIps(masked);
  return { text: masked, open: keyless.open };
}

export function mask(text: string, options: MaskOptions): string {
  return maskPart(text, options, false).text;
}

/** A HAR's cookies, whatever they are called. */
function maskCookies(text: string): string {
  if (!text.includes('"cookies"')) return text;
  return text.replace(
    /("cookies"\s{0,5}:\s{0,5}\[)([^\]]{1,65536})/g,
    (_, head: string, list: string) =>
      head + list.replace(/("value"\s{0,5}:\s{0,5}")(?!\[masked:)(?:[^"\\\n]|\\.){1,8192}"/g, '$1[masked:cookie]"'),
  );
}

/** Masked together, in UTF-16 units: more than any one secret. */
const block = 512 * 1024;

/** Text in pieces → the same without secrets, also those that lie across two pieces. */
export class Masker {
  readonly #options: MaskOptions;
  #held = '';
  #open = false;

  constructor(options: MaskOptions) {
    this.#options = options;
  }

  write(text: string): string {
    this.#held += text;
    let out = '';
    while (this.#held.length >= block) {
      const cut = seam(this.#held);
      out += this.#pass(this.#held.slice(0, cut));
      this.#held = this.#held.slice(cut);
    }
    return out;
  }

  end(): string {
    const out = this.#pass(this.#held);
    this.#held = '';
    return out;
  }

  #pass(text: string): string {
    const { text: masked, open } = maskPart(text, this.#options, this.#open);
    this.#open = open;
    return masked;
  }
}

/** Where a text may be cut without cutting a secret: behind its last line; in an endless line, behind a pair or a word. */
function seam(text: string): number {
  for (const mark of ['\n', '},', '",', ',', ';', ' ']) {
    const at = text.lastIndexOf(mark);
    if (at > block / 2) return at + mark.length;
  }
  return text.length;
}
