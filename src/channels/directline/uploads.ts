/** Files that visitors send: taken apart one upload at a time, masked, kept, and given back to whoever may see them. */
import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import type { Request, Response } from 'restify';
import { networkOf } from '../address.ts';
import { type Caller, type Callers, idOf } from '../caller.ts';
import { fileHeaders } from '../files.ts';
import { HttpError, readBody, sendJson } from '../http.ts';
import { type Keeping, keepFile } from '../keeping.ts';
import { keyOf, readUpload, type Upload } from '../posted.ts';
import { Room } from '../room.ts';
import { activityId } from '../wire.ts';
import { grantOf, type VisitorTurns } from './turns.ts';

export interface UploadOptions extends Keeping {
  readonly callers: Callers;
  readonly turns: VisitorTurns;
  readonly log: Logger;
}

/** One upload: bytes in all, and files. */
const uploadLimit = 20 * 1024 * 1024;
/** All uploads under way, bytes as they came; in parts each takes some four times as much, but only one at a time is taken apart. */
const uploadRoom = 200 * 1024 * 1024;

export class Uploads {
  readonly #o: UploadOptions;
  readonly #room = new Room(uploadRoom);
  #reading: Promise<unknown> = Promise.resolve();

  constructor(options: UploadOptions) {
    this.#o = options;
  }

  async upload(request: Request, response: Response): Promise<void> {
    const caller = await this.#o.callers.callerFor(request);
    await this.#room.hold(async (take) => {
      const raw = await readBody(request, uploadLimit, take);
      const upload = this.#reading.then(() => readUpload(raw, request.headers['content-type'] ?? ''));
      // Whose turn is next waits for the end of this one; how it ended is told to its own sender.
      this.#reading = upload.catch(() => undefined);
      await this.#keep(request, response, caller, await upload);
    });
  }

  async file(request: Request, response: Response): Promise<void> {
    await this.#o.callers.callerFor(request);
    const file = await this.#o.files.get(idOf(request), String(request.params.file));
    if (!file) throw new HttpError(404, 'not-found', 'There is no such file in this conversation.');
    response.writeHead(200, fileHeaders(file));
    response.end(file.bytes);
  }

  async #keep(request: Request, response: Response, caller: Caller, { activity, files }: Upload): Promise<void> {
    const id = idOf(request);
    const grant = grantOf(caller, id, activity);
    const network = networkOf(request);
    const stored = await Promise.all(files.map((file) => keepFile(this.#o, id, file, network)));
    const attachments = stored.map(({ attachment }) => attachment);
    const kept = stored.flatMap((file) => file.kept);
    const discard = () => Promise.all(kept.map((file) => this.#o.files.remove(id, file)));
    try {
      const outcome = await this.#o.turns.run(request, grant, {
        posted: { ...activity, attachments } as Partial<Activity>,
        key: keyOf(activity),
        name: activity.from?.name ?? '',
      });
      if (outcome.repeated) await discard();
      sendJson(response, 200, { id: activityId(id, outcome.version) });
    } catch (error) {
      // Not committed as far as we know: the client sends all of it again. If it was, its own copy of the files stays.
      this.#o.log.warn({ conversation: id, files: kept.length }, 'an upload was not confirmed');
      throw error;
    }
  }
}
