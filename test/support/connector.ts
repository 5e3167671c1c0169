/** A small Bot Framework channel: signs activities with real keys, publishes them as OpenID metadata, and takes replies. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botbuilder';
import { type BotFrameworkAuthentication, ServiceClientCredentialsFactory } from 'botframework-connector';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { authenticationFor } from '../../src/channels/botframework.ts';

export const appId = '11111111-2222-3333-4444-555555555555';

export interface Connector {
  readonly url: string;
  /** What the channel took from the bot, in order. */
  readonly received: Partial<Activity>[];
  /** The next `n` replies are answered with this status instead of being taken. */
  refuse(status: number, n: number): void;
  readonly attempts: number;
  /** Files that the channel's service has, by path; given to the bot's token alone. */
  readonly files: Map<string, Buffer>;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** For the service: trusts this channel's keys, and signs replies with a token of its own. */
  readonly authentication: BotFrameworkAuthentication;
  token(claims?: { audience?: string; issuer?: string; serviceUrl?: string; foreignKey?: boolean }): Promise<string>;
  close(): Promise<void>;
}

/** Microsoft's library refuses a login address that is not https, so the bot's own token is given to it. */
class LocalCredentials extends ServiceClientCredentialsFactory {
  override async isValidAppId(id: string): Promise<boolean> {
    return id === appId;
  }
  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }
  override async createCredentials(): Promise<never> {
    const credentials = {
      async signRequest(request: { headers: { set(name: string, value: string): void } }) {
        request.headers.set('authorization', 'Bearer bot-token');
        return request;
      },
    };
    return credentials as never;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

export async function startConnector(): Promise<Connector> {
  const keys = await generateKeyPair('RS256');
  const foreign = await generateKeyPair('RS256');
  const jwk = {
    ...(await exportJWK(keys.publicKey)),
    kid: 'key-1',
    use: 'sig',
    alg: 'RS256',
    endorsements: ['msteams'],
  };
  const received: Partial<Activity>[] = [];
  const files = new Map<string, Buffer>();
  const asked: string[] = [];
  let refusal = { status: 0, left: 0 };
  let attempts = 0;
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const body = await bodyOf(request);
    if (request.method === 'GET' && request.url?.startsWith('/files/')) {
      asked.push(request.url);
      const file = files.get(request.url);
      if (request.headers.authorization !== 'Bearer bot-token') return answer(401, {});
      if (!file) return answer(404, {});
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      response.end(file);
      return;
    }
    if (request.url === '/openid')
      return answer(200, { issuer: 'https://api.botframework.com', jwks_uri: `${url}/keys` });
    if (request.url === '/keys') return answer(200, { keys: [jwk] });
    if (request.method !== 'POST' || !/^\/v3\/conversations\/[^/]+\/activities/.test(request.url ?? ''))
      return answer(404, {});
    attempts++;
    if (request.headers.authorization !== 'Bearer bot-token') return answer(401, {});
    if (refusal.left > 0) {
      refusal = { ...refusal, left: refusal.left - 1 };
      return answer(refusal.status, { error: { code: 'Refused', message: 'not now' } });
    }
    received.push(JSON.parse(body));
    return answer(201, { id: `reply-${received.length}` });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    files,
    asked,
    refuse: (status, n) => {
      refusal = { status, left: n };
    },
    get attempts() {
      return attempts;
    },
    authentication: authenticationFor(
      {
        MicrosoftAppId: appId,
        MicrosoftAppPassword: 'secret',
        MicrosoftAppType: 'MultiTenant',
        ToChannelFromBotLoginUrl: `${url}/login`,
        ToChannelFromBotOAuthScope: 'https://api.botframework.com',
        ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
        OAuthUrl: `${url}/oauth`,
        ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
        ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
        CallerId: 'urn:botframework:azure',
      },
      new LocalCredentials(),
    ),
    token: ({ audience = appId, issuer = 'https://api.botframework.com', serviceUrl = url, foreignKey = false } = {}) =>
      new SignJWT({ serviceurl: serviceUrl })
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1', typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('10m')
        .sign(foreignKey ? foreign.privateKey : keys.privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
