/** Reading requests: who may send them; what a body, a path or a query must hold, and the answer when it does not. */
import type { Next, Request, Response } from 'restify';
import type { z } from 'zod';
import { HttpError, readJson } from '../channels/http.ts';
import { isConversationId } from '../conversation/id.ts';
import type { Language } from '../conversation/language.ts';
import type { Conversation } from '../conversation/state.ts';
import { instant, NoTime } from '../desk/period.ts';
import type { Store } from '../store/store.ts';
import type { Account } from './accounts.ts';
import type { Signed } from './sessions.ts';

/** Makes a restify handler that serves signed-in agents alone. */
export type Route = (
  handler: (signed: Signed, request: Request, response: Response) => Promise<void>,
) => (request: Request, response: Response, next: Next) => void;

export function sendNothing(response: Response): void {
  response.writeHead(204, { 'Cache-Control': 'no-store' });
  response.end();
}

/** @throws HttpError 400 for what is no JSON object; 422 `invalid`, naming the first member that is wrong. */
export async function readAs<T extends z.ZodType>(request: Request, schema: T): Promise<z.output<T>> {
  const result = schema.safeParse(await readJson(request));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new HttpError(422, 'invalid', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not understood'}`);
}

/** The conversation's id from the path. @throws HttpError 404 for what cannot be one. */
export function idOf(request: Request): string {
  const id = String(request.params.id ?? '');
  if (!isConversationId(id)) throw noConversation();
  return id;
}

const noConversation = (): HttpError => new HttpError(404, 'not-found', 'There is no such conversation.');

/** @throws HttpError 404 */
export async function existing(store: Store, id: string): Promise<Conversation> {
  const [c] = await store.load([id]);
  if (!c) throw noConversation();
  return c;
}

export const queryOf = (request: Request): URLSearchParams =>
  new URL(request.url ?? '', 'http://localhost').searchParams;

/** @throws HttpError 422 for what is no whole number from `least` on. */
export function numberIn(query: URLSearchParams, name: string, least: number): number | undefined {
  const given = query.get(name);
  if (given === null || given === '') return undefined;
  const number = Number(given);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new HttpError(422, 'invalid', `${name}: a whole number from ${least} on.`);
}

/** The language of who reads: `?lang=`, else the browser's, else `otherwise`. @throws HttpError 422 for a `lang` that is neither. */
export function readerOf(request: Request, otherwise: Language): Language {
  const asked = queryOf(request).get('lang');
  if (asked === 'ja' || asked === 'en') return asked;
  if (asked !== null) throw new HttpError(422, 'invalid', 'lang: ja or en.', { allowed: ['ja', 'en'] });
  const accepted = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((range) => range.trim().split(/;\s*q=/))
    .map(([tag = '', weight = '1']) => ({ tag: tag.toLowerCase().split('-')[0], weight: Number(weight) || 0 }))
    .filter(({ tag, weight }) => (tag === 'ja' || tag === 'en') && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const [first] = accepted;
  return first ? (first.tag as Language) : otherwise;
}

/** A day or a moment. @throws HttpError 422 */
export function timeIn(query: URLSearchParams, name: string): { first: number; last: number } | undefined {
  const given = query.get(name);
  if (given === null || given === '') return undefined;
  try {
    return instant(name, given);
  } catch (error) {
    if (error instanceof NoTime) throw new HttpError(422, 'invalid', `${error.message}.`);
    throw error;
  }
}

/** @throws HttpError 403 for who is neither lead nor admin. */
export function requireLead(account: Account): void {
  if (account.role === 'agent') throw new HttpError(403, 'not-allowed', 'Only leads and admins may see this.');
}
