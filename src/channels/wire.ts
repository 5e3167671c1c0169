/** Log events as Direct Line activities. The activity id is a stable function of the version, so replays are recognised. */
import type { Activity } from 'botbuilder';
import { activityOf } from '../bot/content.ts';
import type { Event } from '../conversation/event.ts';
import type { Attachment } from '../conversation/message.ts';
import type { Actor } from '../conversation/state.ts';
import { fileIdOf } from './files.ts';

/** `conversation|0000007` */
export const activityId = (conversation: string, version: number): string =>
  `${conversation}|${String(version).padStart(7, '0')}`;

/** The activity the visitor sees for an event; undefined for what is not the visitor's to see. */
export function activityFor(
  conversation: string,
  event: Event,
  fileUrl: (file: string) => string,
): Partial<Activity> | undefined {
  if (event.type !== 'message' && event.type !== 'activity') return undefined;
  const envelope = {
    id: activityId(conversation, event.version),
    timestamp: new Date(event.at).toISOString() as unknown as Date,
    channelId: 'directline',
    conversation: { id: conversation } as Activity['conversation'],
    from: sender(event.by),
  };
  if (event.type === 'activity') return { ...event.activity, ...envelope };
  const { attachments, ...activity } = activityOf(event);
  return {
    ...activity,
    ...(event.language ? { locale: event.language } : {}),
    ...(attachments
      ? { attachments: (event.attachments ?? []).map((attachment) => withUrl(attachment, fileUrl)) }
      : {}),
    ...envelope,
    channelData: { ...event.channelData, firstline: { by: event.by.role } },
  };
}

/** What is for other hubs alone: it tells of the visitor what visitors are not told, such as how they seem to feel. */
export function hubActivityFor(conversation: string, event: Event): Partial<Activity> | undefined {
  if (event.type !== 'handoff-initiated') return undefined;
  return {
    ...event.activity,
    id: activityId(conversation, event.version),
    timestamp: new Date(event.at).toISOString() as unknown as Date,
  };
}

function withUrl(attachment: Attachment, fileUrl: (file: string) => string): Attachment {
  const { original: _, ...shown } = attachment;
  const file = fileIdOf(attachment.contentUrl);
  return file ? { ...shown, contentUrl: fileUrl(file) } : shown;
}

export function sender(by: Actor): Activity['from'] {
  const role = by.role === 'visitor' ? 'user' : 'bot';
  const names = {
    visitor: () => (by.role === 'visitor' ? { id: by.id, name: by.name ?? '' } : undefined),
    agent: () => (by.role === 'agent' ? { id: `agent:${by.name}`, name: by.displayName } : undefined),
    bot: () => ({ id: 'firstline', name: 'firstline' }),
    desk: () => ({ id: 'firstline', name: 'firstline' }),
  };
  return { ...(names[by.role]() ?? { id: 'firstline', name: 'firstline' }), role };
}
