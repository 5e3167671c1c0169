/** Bot Framework activities to what the log keeps, and back. */
import type { Activity } from 'botbuilder';
import { type Language, languageOf, languageWithin } from '../conversation/language.ts';
import type { Attachment, Content, MessageEvent, SuggestedAction } from '../conversation/message.ts';
import type { Json } from '../conversation/state.ts';

/** Longest text kept of one message, in UTF-16 units; channels refuse more. */
export const longestText = 50_000;

/**
 * What an inbound activity leaves in the log; undefined for what leaves nothing (typing, conversation updates).
 * @param held the language the talk is held in.
 */
export function inboundEvent(activity: Partial<Activity>, held: Language): MessageEvent | undefined {
  if (activity.type === 'message') {
    const content = contentOf(activity);
    const text = content.text ?? '';
    const language = languageOf(text) && languageWithin(text, held);
    return { type: 'message', ...content, ...(language ? { language } : {}) };
  }
  if (activity.type === 'event' || activity.type === 'messageReaction') {
    const { type, name, value, channelData, reactionsAdded, reactionsRemoved } = activity;
    return {
      type: 'activity',
      activity: json({ type, name, value, channelData, reactionsAdded, reactionsRemoved }) as { [key: string]: Json },
    };
  }
  return undefined;
}

/** What our own channel says of a file besides what the wire knows. */
type Kept = NonNullable<Activity['attachments']>[number] & Pick<Attachment, 'refused' | 'original'>;

/** What a message carries, without what only the wire needs. */
export function contentOf(activity: Partial<Activity>): Content {
  const actions = activity.suggestedActions?.actions.map(
    (action): SuggestedAction => ({ title: action.title, value: String(action.value ?? action.title) }),
  );
  const attachments = activity.attachments?.map(
    ({ contentType, contentUrl, name, content, refused, original }: Kept): Attachment => ({
      contentType,
      ...(contentUrl ? { contentUrl } : {}),
      ...(name ? { name } : {}),
      ...(content === undefined ? {} : { content: json(content) }),
      ...(refused ? { refused } : {}),
      ...(original ? { original } : {}),
    }),
  );
  return {
    ...(activity.text === undefined || activity.text === null ? {} : { text: activity.text.slice(0, longestText) }),
    ...(activity.textFormat === 'markdown' || activity.textFormat === 'plain' ? { format: activity.textFormat } : {}),
    ...(attachments && attachments.length > 0 ? { attachments } : {}),
    ...(actions && actions.length > 0 ? { suggestedActions: actions } : {}),
    ...(activity.value === undefined ? {} : { value: json(activity.value) }),
    ...(activity.channelData === undefined
      ? {}
      : { channelData: json(activity.channelData) as { [key: string]: Json } }),
  };
}

/** The wire's form of a message for the visitor. */
export function activityOf(content: Content): Partial<Activity> {
  return {
    type: 'message',
    ...(content.text === undefined ? {} : { text: content.text }),
    textFormat: content.format ?? 'markdown',
    ...(content.attachments ? { attachments: content.attachments.map((attachment) => ({ ...attachment })) } : {}),
    ...(content.suggestedActions
      ? {
          suggestedActions: {
            to: [],
            actions: content.suggestedActions.map(({ title, value }) => ({ type: 'imBack', title, value })),
          },
        }
      : {}),
    ...(content.value === undefined ? {} : { value: content.value }),
    ...(content.channelData ? { channelData: content.channelData } : {}),
  };
}

/** Drops what JSON cannot carry. */
const json = (value: unknown): Json => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json));
