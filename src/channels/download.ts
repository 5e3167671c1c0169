/**
 * Files that a Bot Framework channel points to, fetched. What a message says of addresses was written by whoever sent it, so only two kinds
 * are asked: the channel's own service, whose address its token has proven, with the bot's token; and Microsoft's stores of files, without
 * one, where their names lead to public addresses.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import type { LogRefusal } from '../conversation/logs.ts';

export type Download = { readonly bytes: Buffer } | { readonly refused: LogRefusal };

export interface Downloading {
  /** Address of the channel's service, proven. */
  readonly serviceUrl: string;
  /** The bot's Authorization header for that service. */
  readonly authorization: () => Promise<string | undefined>;
  /** Counts what arrives. @throws Error where there is no room for so many bytes more. */
  readonly take: (bytes: number) => void;
  /** Ends all that is under way. */
  readonly signal: AbortSignal;
  readonly fetch?: typeof fetch;
  /** Addresses of a name. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

/** Where Teams keeps what is sent in a chat. */
const fileHosts = ['.sharepoint.com', '.sharepoint.us', '.sharepoint-mil.us', '.sharepoint.cn', '.sharepoint.de'];
const mostRedirects = 3;
/** Of one file, bytes. */
const largest = 20 * 1024 * 1024;

const inward = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inward.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inward.addSubnet(net, bits, 'ipv6');

/** Whether an address leads into our own network, or nowhere. IPv4 written as IPv6 is seen through. */
export const isInward = (address: string): boolean => inward.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/** `own`: the channel's service, which gets the bot's token · `store`: a store of files, which gets none · undefined: is not asked. */
export function kindOf(url: string, serviceUrl: string): 'own' | 'store' | undefined {
  if (!URL.canParse(url) || !URL.canParse(serviceUrl)) return undefined;
  const { protocol, hostname, port, username, password, origin } = new URL(url);
  if (username || password) return undefined;
  if (origin === new URL(serviceUrl).origin) return 'own';
  const isStore = fileHosts.some((host) => hostname.endsWith(host));
  return protocol === 'https:' && port === '' && isStore ? 'store' : undefined;
}

/** Never throws. */
export async function download(url: string, options: Downloading): Promise<Download> {
  try {
    return await follow(url, options, mostRedirects);
  } catch (error) {
    // Whose server it is and what it said is nothing for the visitor: the file did not come.
    return { refused: options.signal.aborted ? 'time' : error instanceof NoRoom ? 'busy' : 'gone' };
  }
}

/** All requests together hold as many bytes as they may. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
}

async function follow(url: string, options: Downloading, redirects: number): Promise<Download> {
  const { serviceUrl, authorization, signal, resolve = addressesOf } = options;
  const kind = kindOf(url, serviceUrl);
  if (!kind) return { refused: 'gone' };
  if (kind === 'store' && (await resolve(new URL(url).hostname)).some(isInward)) return { refused: 'gone' };
  const token = kind === 'own' ? await authorization() : undefined;
  const headers = token ? { authorization: token } : {};
  const response = await (options.fetch ?? fetch)(url, { redirect: 'manual', signal, headers });
  const next = response.headers.get('location');
  if (response.status >= 300 && response.status < 400 && next) {
    await response.body?.cancel();
    return redirects > 0 ? follow(new URL(next, url).href, options, redirects - 1) : { refused: 'gone' };
  }
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    return { refused: 'gone' };
  }
  const chunks: Buffer[] = [];
  let size = Number(response.headers.get('content-length') ?? 0);
  if (size > largest) {
    await response.body.cancel();
    return { refused: 'too-large' };
  }
  size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    // Leaving the loop ends the stream.
    if (size > largest) return { refused: 'too-large' };
    options.take(chunk.byteLength);
    chunks.push(Buffer.from(chunk));
  }
  return { bytes: Buffer.concat(chunks) };
}

const addressesOf = async (host: string): Promise<string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);
