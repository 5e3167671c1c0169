/** Takes secrets out of what comes in, before anything looks at it: what is not known cannot be kept. */
import type { Activity } from 'botbuilder';
import type { LogRules } from '../conversation/rules.ts';
import { type MaskOptions, mask, ofMessages } from '../logs/mask/mask.ts';
import { pastedLog } from '../logs/pasted.ts';

/** Changes the activity itself. A mail address in a message is left: it may be how its writer is to be reached; in a pasted log it is not. */
export function maskActivity(activity: Partial<Activity>, { maskAddresses }: LogRules): void {
  const { text, value, channelData, attachments } = activity;
  if (typeof text === 'string') {
    const ofLog: MaskOptions = { personal: true, ips: maskAddresses, sentences: true };
    activity.text = mask(text, pastedLog(text) ? ofLog : ofMessages);
  }
  if (value !== undefined) activity.value = maskJson(value);
  if (channelData !== undefined) activity.channelData = maskJson(channelData);
  for (const attachment of attachments ?? []) {
    if (attachment.name) attachment.name = mask(attachment.name, ofMessages);
    if (attachment.content !== undefined) attachment.content = maskJson(attachment.content);
  }
}

/** How deep a payload is followed; below, it is dropped. */
const deepest = 12;
/** Names under which channels keep what they must get back as it was. */
const kept = /^(?:clientActivityID|conversationId|id)$/;

/** Texts by their shape, and by the name they stand under. */
function maskJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return mask(value, ofMessages);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return null;
  if (Array.isArray(value)) return value.map((one) => maskJson(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, maskMember(name, one, depth)]));
}

function maskMember(name: string, value: unknown, depth: number): unknown {
  if (kept.test(name)) return value;
  if (typeof value !== 'string' && typeof value !== 'number') return maskJson(value, depth + 1);
  const before = `"${name}":"`;
  const named = mask(`${before}${String(value).replace(/"/g, "'")}"`, { ...ofMessages, sentences: false });
  const marked = named.startsWith(before)
    ? /^\[masked:[\w-]+\](?="$)/.exec(named.slice(before.length))?.[0]
    : undefined;
  return marked ?? maskJson(value, depth + 1);
}
