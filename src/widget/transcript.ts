import type { Message } from './activity.ts';
import type { Say } from './texts.ts';

/** Who a message is from, as the visitor reads it. */
export function nameOf(message: Message, say: Say): string {
  if (message.by === 'visitor') return say('you');
  if (message.by === 'agent') return message.name || say('agentUnnamed');
  return say('assistant');
}

/**
 * The conversation as a text file for the visitor to keep: `[date time] name: text`, one blank line between messages.
 * @param region BCP 47: how the dates are written.
 */
export function transcript(messages: readonly Message[], say: Say, region: string): string {
  const time = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'short' });
  return messages
    .map((message) => {
      const files = message.attachments.map((attachment) => `[${attachment.name ?? say('unnamedFile')}]`);
      const body = [message.text, ...files].filter((part) => part !== '').join('\n');
      const who = message.by === 'desk' ? '—' : `${nameOf(message, say)}:`;
      return `[${time.format(message.at)}] ${who} ${body}\n`;
    })
    .join('\n');
}
