/** A file that came in is gone through and kept: what stands of it in the message, and what is stored. */
import type { Attachment } from '../conversation/message.ts';
import type { LogRules } from '../conversation/rules.ts';
import { mask, ofMessages } from '../logs/mask/mask.ts';
import type { LogThread } from '../logs/thread.ts';
import type { Allowance } from './allowance.ts';
import { type FileStore, fileName, fileReference, sniff } from './files.ts';
import { takeIn } from './intake.ts';

export interface Keeping {
  readonly files: FileStore;
  readonly allowance: Pick<Allowance, 'within'>;
  readonly logs: { readonly thread: Pick<LogThread, 'run'>; readonly rules: () => LogRules };
}

export interface Kept {
  readonly attachment: Attachment;
  /** Ids of what is stored. */
  readonly kept: readonly string[];
}

/**
 * Without its secrets. What cannot be gone through, or is more than may be kept, is not kept, and its sender is told why.
 * @param network whence it came; undefined where that is a channel's service.
 */
export async function keepFile(
  keeping: Keeping,
  conversation: string,
  file: { readonly name: string; readonly bytes: Buffer },
  network?: string,
): Promise<Kept> {
  const { bytes } = file;
  const name = fileName(file.name);
  const keep = () => store(keeping, conversation, { name, bytes });
  const result = await keeping.allowance.within(conversation, network, bytes.length, keep);
  if (typeof result !== 'string') return result;
  return { attachment: { name: mask(name, ofMessages), contentType: await sniff(bytes), refused: result }, kept: [] };
}

async function store(
  { files, logs }: Keeping,
  conversation: string,
  file: { readonly name: string; readonly bytes: Buffer },
): Promise<Kept> {
  const taken = await takeIn(file, logs.thread, logs.rules());
  if (taken.kind === 'refused') {
    const { name, contentType, refusal } = taken;
    return { attachment: { name, contentType, refused: refusal }, kept: [] };
  }
  const { name, contentType } = taken.file;
  const id = await files.put(conversation, taken.file);
  const original = taken.original ? await files.put(conversation, taken.original) : undefined;
  return {
    attachment: {
      contentType,
      contentUrl: fileReference(id),
      name,
      ...(original ? { original: fileReference(original) } : {}),
    },
    kept: original ? [id, original] : [id],
  };
}
