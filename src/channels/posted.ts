/** What clients post to Direct Line, checked. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { longestText } from '../bot/content.ts';
import { inbound } from '../conversation/seen.ts';
import { HttpError, parseJson } from './http.ts';

/** Attachments of one activity, and files of one upload. */
const mostFiles = 10;

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
  return typeof id === 'string' && id ? inboundKey(id) : undefined;
}

const longestKey = 100;

/** The state remembers keys, so they are short; two long ids that begin alike are still two. */
export const inboundKey = (id: string): string =>
  inbound + (id.length <= longestKey ? id : createHash('sha256').update(id).digest('base64url'));

export interface Upload {
  readonly activity: Posted;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/**
 * A multipart upload: a part `activity`, if there is one, and files.
 * @throws HttpError 400 when it cannot be read, or holds no file or too many.
 */
export async function readUpload(raw: Buffer, contentType: string): Promise<Upload> {
  if (partsOf(raw, contentType) > mostParts) throw tooManyFiles();
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw new HttpError(400, 'bad-upload', 'The body must be multipart/form-data, with one part per file.');
    });
  const parts = [...form.entries()];
  const described = parts.find(([name]) => name === 'activity')?.[1];
  const blobs = parts.flatMap(([name, value]) => (name !== 'activity' && typeof value !== 'string' ? [value] : []));
  if (blobs.length === 0) throw new HttpError(400, 'bad-upload', 'There is no file in this upload.');
  if (blobs.length > mostFiles) throw tooManyFiles();
  return {
    activity: postedActivity(described === undefined ? { type: 'message' } : await parse(described)),
    files: await Promise.all(
      blobs.map(async (blob) => ({
        name: blob.name,
        bytes: Buffer.from(await blob.arrayBuffer()),
      })),
    ),
  };
}

async function parse(part: string | Blob): Promise<Record<string, unknown>> {
  return parseJson(typeof part === 'string' ? part : await part.text(), 'The part "activity"');
}

const tooManyFiles = () => new HttpError(400, 'too-many-files', `At most ${mostFiles} files are taken at once.`);

/** Files, the activity, and what else a client may add of its own. */
const mostParts = mostFiles + 10;

/** Parts of a multipart body, counted to one beyond the most: to read a million empty ones would hold everybody up for seconds. */
function partsOf(raw: Buffer, contentType: string): number {
  const [, quoted, plain] = /boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (!boundary) return 0;
  let count = 0;
  for (
    let at = raw.indexOf(`--${boundary}`);
    at >= 0 && count <= mostParts + 1;
    at = raw.indexOf(`--${boundary}`, at + 2)
  )
    count++;
  // The last one closes the body.
  return count - 1;
}
