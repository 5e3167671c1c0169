import type { Visitor } from './desk.ts';

export interface Sent {
  readonly name: string;
  readonly bytes: Uint8Array | string;
  readonly type?: string;
}

/** A visitor sends files, perhaps with words. @returns the answer's status, and how long it took, ms. */
export async function upload(
  visitor: Visitor,
  files: readonly Sent[],
  text?: string,
): Promise<{ status: number; ms: number }> {
  const form = new FormData();
  form.append('activity', new Blob([JSON.stringify({ type: 'message', ...(text ? { text } : {}) })]));
  for (const { name, bytes, type = 'application/octet-stream' } of files)
    form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), name);
  const began = performance.now();
  const response = await fetch(`${visitor.base}/upload`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${visitor.token}` },
  });
  await response.arrayBuffer();
  return { status: response.status, ms: performance.now() - began };
}
