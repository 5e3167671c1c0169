/** One turn of a website's visitor, in English, through the adapter that the service uses. */
import type { Activity } from 'botbuilder';
import type { DeskAdapter } from '../../../src/bot/adapter.ts';
import type { SupportBot } from '../../../src/bot/bot.ts';

/** @param key the id that the channel gave it. */
export function visitorTurn(
  adapter: DeskAdapter,
  bot: SupportBot,
  id: string,
  posted: Partial<Activity>,
  key?: string,
): ReturnType<DeskAdapter['websiteTurn']> {
  const activity = {
    channelId: 'directline',
    serviceUrl: 'http://localhost',
    conversation: { id },
    from: { id: 'v' },
    recipient: { id: 'firstline' },
    ...posted,
  } as Activity;
  const open = {
    type: 'open',
    channel: { kind: 'website' },
    visitor: { id: 'v', signed: false },
    language: 'en',
  } as const;
  return adapter.websiteTurn(activity, { conversation: id, open, ...(key ? { key } : {}) }, (context) =>
    bot.run(context),
  );
}
