/** What clients post to Direct Line, checked. */
import { z } from 'zod';
import { longestText } from '../bot/content.ts';
import { HttpError } from './http.ts';

/** Attachments of one activity, and files of one upload. */
export const mostFiles = 10;

const activity = z.object({
  type: z.enum(['message', 'event', 'typing', 'messageReaction', 'conversationUpdate', 'endOfConversation', 'invoke']),
  text: z.string().max(longestText, `at most ${longestText} characters are taken.`).optional(),
  textFormat: z.string().optional(),
  locale: z.string().max(35).optional(),
  name: z.string().max(200).optional(),
  value: z.json().optional(),
  channelData: z.record(z.string(), z.json()).optional(),
  attachments: z
    .array(
      z.object({
        contentType: z.string(),
        contentUrl: z.string().max(8_000).optional(),
        name: z.string().optional(),
        content: z.json().optional(),
      }),
    )
    .max(mostFiles)
    .optional(),
  from: z
    .object({ id: z.string().max(200).optional(), name: z.string().max(200).optional() })
    .loose()
    .optional(),
});
export type Posted = z.output<typeof activity>;

/** @throws HttpError 400 saying which field is wrong. */
export function postedActivity(body: Record<string, unknown>): Posted {
  const result = activity.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') || 'activity';
  throw new HttpError(400, 'bad-activity', `The activity is not valid: ${field}: ${issue?.message ?? 'unknown'}`);
}

/** The client's own id for what it sends, as an idempotence key: the same again has one effect. */
export function keyOf(posted: Posted): string | undefined {
  const id = posted.channelData?.clientActivityID;
  return typeof id === 'string' && id ? `in:${id.slice(0, 100)}` : undefined;
}

export interface Upload {
  readonly activity: Posted;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/**
 * A multipart upload: a part `activity`, if there is one, and files.
 * @throws HttpError 400 when it cannot be read, or holds no file or too many.
 */
export async function readUpload(raw: Buffer, contentType: string): Promise<Upload> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw new HttpError(400, 'bad-upload', 'The body must be multipart/form-data, with one part per file.');
    });
  const parts = [...form.entries()];
  const described = parts.find(([name]) => name === 'activity')?.[1];
  const blobs = parts.flatMap(([name, value]) => (name !== 'activity' && typeof value !== 'string' ? [value] : []));
  if (blobs.length === 0) throw new HttpError(400, 'bad-upload', 'There is no file in this upload.');
  if (blobs.length > mostFiles)
    throw new HttpError(400, 'too-many-files', `At most ${mostFiles} files are taken at once.`);
  return {
    activity: postedActivity(described === undefined ? { type: 'message' } : await parse(described)),
    files: await Promise.all(
      blobs.map(async (blob) => ({
        name: (blob.name || 'file').replace(/[\p{Cc}/\\]/gu, '_').slice(0, 200),
        bytes: Buffer.from(await blob.arrayBuffer()),
      })),
    ),
  };
}

async function parse(part: string | Blob): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(typeof part === 'string' ? part : await part.text()) as Record<string, unknown>;
  } catch {
    throw new HttpError(400, 'bad-json', 'The part "activity" is not valid JSON.');
  }
}
