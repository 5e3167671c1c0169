/** Where a client finds its stream and its files, and the watermark it comes back with. */
import type { IncomingMessage } from 'node:http';
import { baseUrl } from '../http.ts';

/** Gives the address of a file, from its id. @param token what opens it there; empty: whoever asks must bring a credential. */
export function fileUrls(
  request: IncomingMessage,
  publicUrl: string | undefined,
  conversation: string,
  token: string,
): (file: string) => string {
  const base = `${baseUrl(request, publicUrl)}/v3/directline/conversations/${encodeURIComponent(conversation)}/files`;
  return (file) => `${base}/${file}${token ? `?${new URLSearchParams({ t: token })}` : ''}`;
}

/** @param watermark empty: the stream begins where the conversation does. */
export function streamUrl(
  request: IncomingMessage,
  publicUrl: string | undefined,
  conversation: string,
  token: string,
  watermark: string,
): string {
  const ws = baseUrl(request, publicUrl).replace(/^http/, 'ws');
  const query = new URLSearchParams({ ...(watermark ? { watermark } : {}), t: token });
  return `${ws}/v3/directline/conversations/${encodeURIComponent(conversation)}/stream?${query}`;
}

/** Empty, absent or unreadable means from the beginning: the bot may have spoken before the socket opened. */
export function watermarkOf(value: string | null): number {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}
