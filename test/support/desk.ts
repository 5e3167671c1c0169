/** The service inside the test's own process, and people to use it: a website visitor and a signed-in agent. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BotFrameworkAuthentication } from 'botframework-connector';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type Service, type ServiceOptions, startService } from '../../src/service.ts';
import { littleFaq } from './faqs.ts';

export interface TestDesk {
  readonly url: string;
  readonly service: Service;
  stop(): Promise<void>;
}

export interface TestDeskOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly authentication?: BotFrameworkAuthentication;
  readonly wrapStore?: ServiceOptions['wrapStore'];
}

export async function startDesk({ env = {}, authentication, wrapStore }: TestDeskOptions = {}): Promise<TestDesk> {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-'));
  const noDialogs = join(directory, 'dialogs');
  await mkdir(noDialogs);
  const config = readConfig({
    PORT: '0',
    DATA_DIR: directory,
    // No guided dialogs unless a test brings them: most are about something else.
    DIALOGS_DIR: noDialogs,
    FAQ_DIR: littleFaq,
    ADMIN_PASSWORD: 'correct horse',
    LOG_LEVEL: 'silent',
    ...env,
  });
  const service = await startService({
    config,
    log: createLog(config.LOG_LEVEL),
    ...(authentication ? { authentication } : {}),
    ...(wrapStore ? { wrapStore } : {}),
  });
  return {
    url: `http://127.0.0.1:${service.port}`,
    service,
    stop: async () => {
      await service.stop(500);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

type Json = Record<string, unknown>;

/** An HTTP call that speaks JSON; the answer with its status. */
export async function call<T = Json>(
  url: string,
  { method = 'GET', body, headers = {} }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: T; headers: Headers }> {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as T, headers: response.headers };
}

export interface WireActivity {
  readonly id: string;
  readonly type: string;
  readonly text?: string;
  readonly from: { readonly id: string; readonly name?: string; readonly role?: string };
  readonly channelData?: { readonly clientActivityID?: string; readonly firstline?: { readonly by: string } };
  readonly suggestedActions?: { readonly actions: readonly { readonly title: string; readonly value: string }[] };
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly contentUrl: string;
    readonly name: string;
  }[];
}

/** A visitor of the website, over REST. */
export interface Visitor {
  readonly conversation: string;
  readonly token: string;
  readonly base: string;
  /** @returns status and activity id of the post. */
  say(text: string, clientActivityID?: string): Promise<{ status: number; id: string }>;
  activities(watermark?: number): Promise<WireActivity[]>;
  texts(): Promise<string[]>;
}

export async function arrive(url: string, locale = 'en'): Promise<Visitor> {
  const session = await call<{ token: string; conversationId: string }>(`${url}/widget/session`, {
    method: 'POST',
    body: { locale },
  });
  const { token, conversationId: conversation } = session.body;
  const headers = { authorization: `Bearer ${token}` };
  const base = `${url}/v3/directline/conversations/${conversation}`;
  await call(`${url}/v3/directline/conversations`, { method: 'POST', body: { locale }, headers });
  const activities = async (watermark = 0) =>
    (await call<{ activities: WireActivity[] }>(`${base}/activities?watermark=${watermark}`, { headers })).body
      .activities;
  return {
    conversation,
    token,
    base,
    say: async (text, clientActivityID) => {
      const body = {
        type: 'message',
        text,
        locale,
        ...(clientActivityID ? { channelData: { clientActivityID } } : {}),
      };
      const posted = await call<{ id: string }>(`${base}/activities`, { method: 'POST', body, headers });
      return { status: posted.status, id: posted.body.id };
    },
    activities,
    texts: async () => (await activities()).map((activity) => activity.text ?? ''),
  };
}

/** A signed-in agent, over the console's API. */
export interface AgentSession {
  get<T = Json>(path: string): Promise<{ status: number; body: T }>;
  post<T = Json>(path: string, body?: unknown): Promise<{ status: number; body: T }>;
  readonly cookie: string;
}

export async function signIn(url: string, name = 'admin', password = 'correct horse'): Promise<AgentSession> {
  const response = await call(`${url}/console/api/session`, {
    method: 'POST',
    body: { name, password },
    headers: { origin: url },
  });
  if (response.status !== 204) throw new Error(`Sign-in was answered with ${response.status}`);
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const headers = { cookie, origin: url };
  return {
    cookie,
    get: (path) => call(`${url}/console/api${path}`, { headers }),
    post: (path, body = {}) => call(`${url}/console/api${path}`, { method: 'POST', body, headers }),
  };
}
