/** Files that visitors send: taken apart one upload at a time, masked, kept, and given back to whoever may see them. */
import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import type { Request, Response } from 'restify';
import type { Attachment } from '../../conversation/message.ts';
import type { LogRules } from '../../conversation/rules.ts';
import type { LogThread } from '../../logs/thread.ts';
import { type Caller, type Callers, idOf } from '../caller.ts';
import { type FileStore, fileHeaders, fileReference } from '../files.ts';
import { HttpError, readBody, sendJson } from '../http.ts';
import { takeIn } from '../intake.ts';
import { keyOf, readUpload, type Upload } from '../posted.ts';
import { Room } from '../room.ts';
import { activityId } from '../wire.ts';
import { grantOf, type VisitorTurns } from './turns.ts';

export interface UploadOptions {
  readonly callers: Callers;
  readonly turns: VisitorTurns;
  readonly files: FileStore;
  readonly logs: { readonly thread: Pick<LogThread, 'run'>; readonly rules: () => LogRules };
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
    const stored = await Promise.all(files.map((file) => this.#store(id, file)));
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

  /** Without its secrets. What cannot be gone through is not kept, and its sender is told why. */
  async #store(
    conversation: string,
    file: Upload['files'][number],
  ): Promise<{ attachment: Attachment; kept: readonly string[] }> {
    const { files, logs } = this.#o;
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
}
