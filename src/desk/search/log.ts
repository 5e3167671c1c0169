/** What people wrote in a conversation, as it is searched: every message, note and reason, whatever the length of the log. */
import type { Event } from '../../conversation/event.ts';
import type { Store } from '../../store/store.ts';
import { foldText } from './text.ts';

/** Folded. What the bot and the desk say is much the same everywhere: it would find everything. */
export function writtenIn(event: Event): string[] {
  return writings(event).flatMap((text) => (text ? [foldText(text)] : []));
}

function writings(event: Event): (string | undefined)[] {
  switch (event.type) {
    case 'message':
      if (event.by.role !== 'visitor' && event.by.role !== 'agent') return [];
      return [event.text, ...(event.attachments ?? []).map(({ name }) => name)];
    case 'noted':
    case 'updated':
      return [event.text];
    case 'transferred':
    case 'consulted':
      return [event.note];
    case 'escalated':
      return [event.reason, ...Object.values(event.fields)];
    case 'resolved':
      return [event.summary];
    case 'rated':
      return [event.comment];
    case 'collected':
      return event.answers.map(({ value }) => value);
    default:
      return [];
  }
}

/** Words of these that none of the events holds. */
export function missingFrom(events: Iterable<Event>, words: readonly string[]): readonly string[] {
  let missing = words;
  for (const event of events) {
    if (missing.length === 0) return missing;
    const written = writtenIn(event);
    if (written.length > 0) missing = missing.filter((word) => !written.some((text) => text.includes(word)));
  }
  return missing;
}

/** Events read at once. */
const page = 500;

/** The log's events after a version, up to another, page by page. @throws Unreadable */
export async function* pagesOf(store: Store, id: string, after: number, version: number): AsyncGenerator<Event[]> {
  for (let at = after; at < version; ) {
    const events = await store.history(id, at, Math.min(page, version - at));
    const last = events.at(-1);
    if (!last) return;
    yield events;
    at = last.version;
  }
}

/** Whether every word is in the text or somewhere in the log. @param text what the conversation is searched by first. @throws Unreadable */
export async function isInLog(
  store: Store,
  { id, version }: { readonly id: string; readonly version: number },
  text: string,
  words: readonly string[],
): Promise<boolean> {
  let missing: readonly string[] = words.filter((word) => !text.includes(word));
  if (missing.length === 0) return true;
  for await (const events of pagesOf(store, id, 0, version)) {
    missing = missingFrom(events, missing);
    if (missing.length === 0) return true;
  }
  return false;
}
