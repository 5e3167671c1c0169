/** Direct Line 3.0 for the website: which request goes where. Its parts are in `directline/`. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import type { Store } from '../store/store.ts';
import { Callers } from './caller.ts';
import { Activities } from './directline/activities.ts';
import { Sessions } from './directline/sessions.ts';
import { Sockets } from './directline/sockets.ts';
import { type TurnOptions, VisitorTurns } from './directline/turns.ts';
import { type UploadOptions, Uploads } from './directline/uploads.ts';
import { allowOrigins, handle } from './http.ts';
import type { Tokens } from './identity.ts';
import type { Streams } from './streams.ts';

export interface DirectLineOptions extends TurnOptions, Pick<UploadOptions, 'files' | 'logs' | 'allowance'> {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly streams: Streams;
  readonly log: Logger;
  readonly origins: readonly string[];
  readonly secret: string | undefined;
  readonly identitySecret: string | undefined;
}

export class DirectLine {
  readonly #log: Logger;
  readonly #origins: readonly string[];
  readonly #sessions: Sessions;
  readonly #activities: Activities;
  readonly #uploads: Uploads;
  readonly #sockets: Sockets;

  constructor(options: DirectLineOptions) {
    const shared = {
      ...options,
      callers: new Callers(options.tokens, options.secret),
      turns: new VisitorTurns(options),
    };
    this.#log = options.log;
    this.#origins = options.origins;
    this.#sessions = new Sessions(shared);
    this.#activities = new Activities(shared);
    this.#uploads = new Uploads(shared);
    this.#sockets = new Sockets(shared);
  }

  mount(server: Server): void {
    const cors = allowOrigins(this.#origins);
    const route = (handler: (request: Request, response: Response) => Promise<void>) => [
      cors,
      handle(this.#log, handler),
    ];
    const preflight = route(async (_request, response) => {
      response.writeHead(204);
      response.end();
    });
    const sessions = this.#sessions;
    const activities = this.#activities;
    const uploads = this.#uploads;
    const line = '/v3/directline';
    const one = `${line}/conversations/:id`;
    server.opts(`${line}/*`, ...preflight);
    server.opts('/widget/session', ...preflight);
    server.post('/widget/session', ...route((request, response) => sessions.session(request, response)));
    server.post(`${line}/tokens/generate`, ...route((request, response) => sessions.generate(request, response)));
    server.post(`${line}/tokens/refresh`, ...route((request, response) => sessions.refresh(request, response)));
    server.post(`${line}/conversations`, ...route((request, response) => sessions.start(request, response)));
    server.get(one, ...route((request, response) => sessions.reconnect(request, response)));
    server.get(`${one}/activities`, ...route((request, response) => activities.poll(request, response)));
    server.post(`${one}/activities`, ...route((request, response) => activities.post(request, response)));
    server.post(`${one}/upload`, ...route((request, response) => uploads.upload(request, response)));
    server.get(`${one}/files/:file`, ...route((request, response) => uploads.file(request, response)));
  }

  /** An upgrade request for a stream. @returns false when the path is not ours. */
  upgrade(request: IncomingMessage, url: URL, socket: Duplex, head: Buffer): boolean {
    return this.#sockets.upgrade(request, url, socket, head);
  }
}
