/** The HTTP server: request ids, body limits, errors as JSON, CORS for the widget's origins, static files, graceful stop. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import restify, { type Next, type Request, type Response, type Server } from 'restify';
import { Rejected } from '../conversation/rejected.ts';
import { Unavailable, Unreadable, VersionConflict } from '../store/store.ts';

/** An error that is the answer. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.facts = facts;
  }
}

export type Handler = (request: Request, response: Response) => Promise<void>;

/** A restify route from an async function; what it throws becomes the answer, details only in the log. */
export function handle(log: Logger, handler: Handler): (request: Request, response: Response, next: Next) => void {
  return (request, response, next) => {
    handler(request, response)
      .catch((error: unknown) => {
        if (response.headersSent) {
          response.destroy();
          log.error({ error, request: request.id() }, 'a request failed after its answer had begun');
        } else sendError(log, request, response, error);
      })
      .finally(() => next());
  };
}

function sendError(log: Logger, request: Request, response: Response, error: unknown): void {
  const answer = answerTo(error);
  if (answer.status >= 500)
    log.error({ error, request: request.id(), path: request.path(), status: answer.status }, 'a request failed');
  if (answer.status === 413) response.setHeader('Connection', 'close');
  sendJson(response, answer.status, { code: answer.code, message: answer.message, ...answer.facts });
}

function answerTo(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof Rejected) {
    const status = error.code === 'invalid' ? 422 : 409;
    return new HttpError(
      status,
      error.code,
      error.message,
      error.code === 'invalid' ? error.facts : { owner: error.owner },
    );
  }
  if (error instanceof Unavailable)
    return new HttpError(
      503,
      'unavailable',
      'The store does not answer at the moment; nothing was changed that was not confirmed. Try again.',
    );
  if (error instanceof VersionConflict)
    return new HttpError(503, 'busy', 'Too many write to this conversation at once; nothing was changed. Try again.');
  if (error instanceof Unreadable)
    return new HttpError(
      500,
      'quarantined',
      'This conversation cannot be read; the operator has been told in the log.',
    );
  return new HttpError(500, 'internal', 'Something went wrong on our side. Try again.');
}

export function sendJson(response: Response, status: number, body: unknown): void {
  // By restify's own way out: it must know that the answer is sent, or its error path would send a second one.
  response.sendRaw(status, JSON.stringify(body), {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  });
}

/**
 * The request's whole body.
 * @param limit bytes
 * @param arrived told of the bytes of each piece; what it throws ends the reading.
 * @throws HttpError 413 beyond the limit
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  arrived: (bytes: number) => void = () => {},
): Promise<Buffer> {
  const tooLarge = () =>
    new HttpError(413, 'too-large', `The request is too large: at most ${inWords(limit)} are taken.`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // To end the loop early must not end the connection: the answer goes out on it.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooLarge();
      arrived(chunk.length);
      chunks.push(chunk);
    }
  } catch (error) {
    request.resume();
    if (error instanceof HttpError) throw error;
    // Nobody is there to read this answer; as a fault of ours it would only fill the log.
    throw new HttpError(400, 'aborted', 'The request ended before its body did.');
  }
  return Buffer.concat(chunks);
}

/** Bytes in the unit people use for that many. */
const inWords = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${Math.floor(bytes / 1024)} KB`;

/** 256 KB: a long pasted log fits, a file does not. */
const jsonLimit = 256 * 1024;

/** Lists and objects within one another; what is deeper could be read here and break whoever reads it after us. */
const deepest = 64;

/** @throws HttpError 400 when the body is no JSON object, 413 when it is too large. An empty body is an empty object. */
export async function readJson(request: IncomingMessage, limit = jsonLimit): Promise<Record<string, unknown>> {
  const body = (await readBody(request, limit)).toString('utf8');
  return body.trim() === '' ? {} : parseJson(body, 'The body');
}

/**
 * @param what names the text in the answer.
 * @throws HttpError 400 when it is no JSON object, or nested too deep.
 */
export function parseJson(text: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpError(400, 'bad-json', `${what} is not valid JSON.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new HttpError(400, 'bad-json', `${what} must be a JSON object.`);
  if (isDeeper(value, deepest)) throw new HttpError(400, 'too-deep', `${what} nests deeper than ${deepest} levels.`);
  return value as Record<string, unknown>;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/**
 * The address visitors know the service by: PUBLIC_URL, else what this request was sent to. A TLS proxy in front shows by
 * X-Forwarded-Proto; whoever makes that header up only misleads the answer to their own request.
 */
export function baseUrl(request: IncomingMessage, publicUrl: string | undefined): string {
  if (publicUrl) return publicUrl;
  const scheme = /^\s*https\b/i.test(String(request.headers['x-forwarded-proto'] ?? '')) ? 'https' : 'http';
  return `${scheme}://${request.headers.host ?? 'localhost'}`;
}

/** CORS for other sites that embed the chat. Same-origin and origin-less callers need no permission. */
export function allowOrigins(origins: readonly string[]): (request: Request, response: Response, next: Next) => void {
  return (request, response, next) => {
    const origin = request.headers.origin;
    if (origin && origins.includes(origin)) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
      response.setHeader(
        'Access-Control-Allow-Headers',
        'authorization, content-type, x-ms-bot-agent, x-requested-with',
      );
      response.setHeader('Access-Control-Max-Age', '600');
    }
    response.setHeader('Vary', 'Origin');
    next();
  };
}

/** A file of our own, read once at start. @throws when it is not there. */
export async function staticFile(
  path: URL,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Handler> {
  const body = await readFile(path);
  return async (_request, response) => {
    response.writeHead(200, {
      'Content-Type': contentType,
      'Content-Length': body.length,
      ...headers,
    });
    response.end(body);
  };
}

export interface HttpServer {
  readonly server: Server;
  /** @throws Error with one sentence when the port cannot be had. @returns the port listened at. */
  listen(port: number, host: string): Promise<number>;
  /** Takes no more requests, waits for those under way, at most `patience` ms. */
  stop(patience: number): Promise<void>;
}

export function createHttp(log: Logger): HttpServer {
  const server = restify.createServer({
    name: 'firstline',
    handleUncaughtExceptions: false,
    ignoreTrailingSlash: true,
    // A Teams conversation's id can be long.
    maxParamLength: 1_000,
  });
  /** Requests heard so far. */
  let heard = 0;
  let stopping = false;
  server.pre((request: Request, response: Response, next: Next) => {
    heard++;
    if (stopping) response.setHeader('Connection', 'close');
    const given = request.headers['x-request-id'];
    const id = typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
    (request.id as (id: string) => string).call(request, id);
    response.setHeader('X-Request-Id', id);
    // No answer is to be taken for another kind than it says.
    response.setHeader('X-Content-Type-Options', 'nosniff');
    // Node leaves the body of an answer to HEAD out by itself.
    if (request.method === 'HEAD') request.method = 'GET';
    next();
  });
  for (const event of ['NotFound', 'MethodNotAllowed']) {
    server.on(event, (request: Request, response: Response, _error: unknown, done: () => void) => {
      const status = event === 'NotFound' ? 404 : 405;
      sendJson(response, status, {
        code: status === 404 ? 'not-found' : 'method-not-allowed',
        message: `There is no ${request.method} ${request.path()}.`,
      });
      done();
    });
  }
  server.on('restifyError', (request: Request, response: Response, error: unknown, done: () => void) => {
    if (!response.headersSent) sendError(log, request, response, error);
    done();
  });
  // A visitor's slow line must not hold a request for ever.
  server.server.requestTimeout = 60_000;
  server.server.headersTimeout = 15_000;
  return {
    server,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        const fail = (error: NodeJS.ErrnoException) => reject(new Error(whyNotListening(error, port, host)));
        // restify passes its listener's errors on as its own.
        server.once('error', fail);
        server.listen(port, host, () => {
          server.off('error', fail);
          server.on('error', (error: Error) => log.error({ error }, 'the listener reported a fault'));
          const address = server.address();
          resolve(typeof address === 'object' && address ? address.port : port);
        });
      }),
    async stop(patience) {
      stopping = true;
      // Node lets go of a connection whose request it has not read yet as if it were idle: what is on the line is heard first.
      const since = Date.now();
      const quietBy = since + patience / 4;
      for (let before = -1; before !== heard && Date.now() < quietBy; await pause(hearing)) before = heard;
      await new Promise<void>((resolve) => {
        const force = setTimeout(() => server.server.closeAllConnections(), since + patience - Date.now());
        const idle = setInterval(() => server.server.closeIdleConnections(), hearing);
        server.server.close(() => {
          clearTimeout(force);
          clearInterval(idle);
          resolve();
        });
      });
    },
  };
}

/** While stopping: what came within this is waited for, and who fell idle is let go of, ms. */
const hearing = 25;

function whyNotListening(error: NodeJS.ErrnoException, port: number, host: string): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} at ${host} is taken: stop what uses it, or set PORT to another.`;
  if (error.code === 'EACCES')
    return `Port ${port} needs more rights than this account has: set PORT to 1024 or above.`;
  return `Cannot listen at ${host}:${port} (${error.code ?? error.message}): set HOST and PORT to an address of this machine.`;
}
