/** What the thread that reads logs is asked, and what it answers. */
import type { LogFinding, LogRefusal } from '../conversation/logs.ts';
import { analyse } from './analyse.ts';
import { maskFile } from './mask-file.ts';
import type { Signature } from './signature.ts';
import { Refused } from './unpack.ts';

export type Job =
  | { readonly kind: 'mask'; readonly bytes: Uint8Array; readonly maskAddresses: boolean }
  | {
      readonly kind: 'analyse';
      readonly bytes: Uint8Array;
      readonly maskAddresses: boolean;
      readonly signatures: readonly Signature[];
      /** ms since 1970 */
      readonly now: number;
    };

export type Answer =
  | { readonly kind: 'masked'; readonly bytes: Uint8Array; readonly hasText: boolean }
  | { readonly kind: 'found'; readonly finding: LogFinding }
  | { readonly kind: 'refused'; readonly refusal: LogRefusal };

/** After so long, ms: what has been read must do; what has not been masked to its end is refused. */
const patience = { analyse: 3_500, mask: 4_500 } as const;

/** Never rejects for what a file may be. */
export async function doJob(job: Job): Promise<Answer> {
  const until = performance.now() + patience[job.kind];
  const isLate = () => performance.now() > until;
  const bytes = Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength);
  const { maskAddresses } = job;
  try {
    if (job.kind === 'mask') return { kind: 'masked', ...(await maskFile(bytes, { maskAddresses, isLate })) };
    const { signatures, now } = job;
    return { kind: 'found', finding: await analyse(bytes, { now, signatures, maskAddresses, isLate }) };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', refusal: error.code };
    throw error;
  }
}
