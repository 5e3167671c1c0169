/** What came with a message of a Bot Framework channel: files are fetched and kept like those of the website; cards and links stay as they are. */
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Attachment } from '../conversation/message.ts';
import { type Downloading, download, kindOf, NoRoom } from './download.ts';
import { fileName } from './files.ts';
import { HttpError } from './http.ts';
import { type Keeping, keepFile } from './keeping.ts';
import { Room } from './room.ts';

/** How long all files of a message may take, ms: a channel sends again what has no answer in 15 s. */
const patience = 8_000;
const mostFiles = 10;
/** All that is being fetched, bytes. */
const room = new Room(100 * 1024 * 1024);

type Sent = NonNullable<Activity['attachments']>[number];

const teamsFile = 'application/vnd.microsoft.teams.file.download.info';
const downloadInfo = z.object({ downloadUrl: z.string(), fileType: z.string().optional() });

/** Where the file is; undefined for what is none, or not at an address that is asked. */
function addressOf({ contentType, contentUrl, content }: Sent, serviceUrl: string): string | undefined {
  if (contentType === teamsFile) return downloadInfo.safeParse(content).data?.downloadUrl ?? '';
  const isFile =
    /^(?:image|audio|video|text|application)\//.test(contentType) && !contentType.includes('vnd.microsoft');
  return isFile && contentUrl && kindOf(contentUrl, serviceUrl) ? contentUrl : undefined;
}

export const hasFiles = ({ attachments = [], serviceUrl }: Activity): boolean =>
  (attachments ?? []).some((one) => addressOf(one, serviceUrl) !== undefined);

/** @param activity whose sender is proven. @param authorization the bot's header for the channel's own service. */
export async function withKeptFiles(
  keeping: Keeping,
  conversation: string,
  activity: Activity,
  authorization: Downloading['authorization'],
): Promise<Attachment[]> {
  const signal = AbortSignal.timeout(patience);
  const { attachments = [], serviceUrl } = activity;
  const keep = async (sent: Sent, take: (bytes: number) => void): Promise<Attachment> => {
    const url = addressOf(sent, serviceUrl);
    if (url === undefined) return sent;
    const name = sent.name || sent.contentType.replace(/^(\w+)\/.*/, '$1');
    const fetched = await download(url, { serviceUrl, authorization, signal, take: counted(take) });
    if ('refused' in fetched) return { name: fileName(name), contentType: sent.contentType, refused: fetched.refused };
    return (await keepFile(keeping, conversation, { name, bytes: fetched.bytes })).attachment;
  };
  return room.hold(async (take) => {
    const kept: Attachment[] = [];
    // One after the other: so many bytes are held at once as one file has.
    for (const [n, sent] of (attachments ?? []).entries()) {
      if (n < mostFiles) kept.push(await keep(sent, take));
      else kept.push({ name: fileName(sent.name ?? ''), contentType: sent.contentType, refused: 'busy' });
    }
    return kept;
  });
}

const counted =
  (take: (bytes: number) => void) =>
  (bytes: number): void => {
    try {
      take(bytes);
    } catch (error) {
      if (error instanceof HttpError) throw new NoRoom(error.message);
      throw error;
    }
  };
