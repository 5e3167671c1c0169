/** Whom limits by address count: the network that a request comes from. */
import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';
import { isInward } from './download.ts';

/**
 * The peer's address; behind a proxy in our own network the last one of X-Forwarded-For, which that proxy has added: those before it are
 * whatever the sender wrote. Of IPv6 the first 64 bits, which one household or office has to itself.
 */
export function networkOf({ socket, headers }: Sender): string {
  const peer = socket.remoteAddress ?? '';
  const told = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  const address = told && isIP(told) && isIP(peer) && isInward(peer) ? told : peer;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv6(plain) ? first64(plain) : plain;
}

type Sender = Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } };

function first64(address: string): string {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const groups = head ? head.split(':') : [];
  const behind = tail ? tail.split(':') : [];
  const gap = tail === undefined ? 0 : Math.max(0, 8 - groups.length - behind.length);
  const all = [...groups, ...Array<string>(gap).fill('0'), ...behind];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
