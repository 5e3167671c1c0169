import { createHash } from 'node:crypto';
import type { Dialog } from './dialog.ts';

/** Short hash over all dialogs served: equal where the same dialogs are, in whatever order their files were read. */
export function dialogsVersion(dialogs: readonly Pick<Dialog, 'id' | 'version'>[]): string {
  const hash = createHash('sha256');
  for (const one of dialogs.map(({ id, version }) => `${id}@${version}`).sort()) hash.update(`${one}\n`);
  return hash.digest('hex').slice(0, 12);
}
