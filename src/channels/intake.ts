/** What becomes of a file that is sent: its secrets are taken out before it is kept anywhere. */
import type { LogRefusal } from '../conversation/logs.ts';
import type { LogRules } from '../conversation/rules.ts';
import { isSurelyText } from '../logs/decode.ts';
import { mask, ofMessages } from '../logs/mask/mask.ts';
import type { LogThread } from '../logs/thread.ts';
import { type StoredFile, sniff } from './files.ts';

export type Taken =
  | { readonly kind: 'kept'; readonly file: StoredFile; readonly original?: StoredFile }
  /** Could not be gone through, so nothing of it is kept. */
  | { readonly kind: 'refused'; readonly name: string; readonly contentType: string; readonly refusal: LogRefusal };

/** Types that may hold text with secrets in it. Bytes of no known type may be text in UTF-16. */
const mayHoldText = /^(?:text\/|application\/(?:zip|gzip|octet-stream|xml|json|rtf)$)/;

/** @param file its bytes are taken over: they are gone from the caller's hands. */
export async function takeIn(
  file: { readonly name: string; readonly bytes: Buffer },
  thread: Pick<LogThread, 'run'>,
  rules: LogRules,
): Promise<Taken> {
  const { bytes } = file;
  const name = mask(file.name, ofMessages);
  const contentType = await sniff(bytes);
  const isOther = !mayHoldText.test(contentType) && !isSurelyText(bytes);
  if (bytes.length === 0 || isOther) return { kind: 'kept', file: { name, contentType, bytes } };
  const original = rules.keepOriginals ? { name, contentType, bytes: Buffer.from(bytes) } : undefined;
  const answer = await thread.run({ kind: 'mask', bytes, maskAddresses: rules.maskAddresses });
  if (answer.kind === 'refused') return { kind: 'refused', name, contentType, refusal: answer.refusal };
  if (answer.kind !== 'masked') throw new Error(`A file to be masked was answered with "${answer.kind}".`);
  const isPacked = contentType === 'application/zip' || contentType === 'application/gzip';
  return {
    kind: 'kept',
    file: {
      name,
      contentType: answer.hasText && !isPacked ? 'text/plain' : contentType,
      bytes: Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.byteLength),
    },
    ...(original ? { original } : {}),
  };
}
