/** A file that came in is gone through and kept: what stands of it in the message, and what is stored. */
import type { Attachment } from '../conversation/message.ts';
import type { LogRules } from '../conversation/rules.ts';
import type { LogThread } from '../logs/thread.ts';
import { type FileStore, fileReference } from './files.ts';
import { takeIn } from './intake.ts';

export interface Keeping {
  readonly files: FileStore;
  readonly logs: { readonly thread: Pick<LogThread, 'run'>; readonly rules: () => LogRules };
}

/** Without its secrets. What cannot be gone through is not kept, and its sender is told why. @returns also the ids of what is stored. */
export async function keepFile(
  { files, logs }: Keeping,
  conversation: string,
  file: { readonly name: string; readonly bytes: Buffer },
): Promise<{ readonly attachment: Attachment; readonly kept: readonly string[] }> {
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
