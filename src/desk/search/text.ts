/** What a conversation is searched by, and when a search finds it. Pure. */
import type { Conversation } from '../../conversation/state.ts';
import { ticketName } from '../../conversation/ticket-name.ts';

/** Of one conversation, UTF-16 units: whatever the length of its log, it is searched at the same cost. */
const longest = 2_000;
/** Of what is looked for. */
const longestQuery = 200;

/** One form for full and half width, for upper and lower case, for hiragana and katakana. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/** Numbers, customer, subject, summary, tags and fields, what was asked and collected, and the newest words; folded, one a line. */
export function searchedText(c: Conversation): string {
  const { ticket, visitor, customer } = c;
  const parts = [
    ...c.ticketNumbers.slice(-20).map(ticketName),
    visitor.id,
    visitor.name,
    visitor.email,
    customer?.id,
    customer?.name,
    ticket?.subject,
    ticket?.closed?.summary,
    ticket?.category,
    ...(ticket?.tags ?? []),
    ...Object.values(ticket?.fields ?? {}),
    ...Object.values(ticket?.escalation?.fields ?? {}),
    c.lastMessage,
    ...((ticket?.details ?? c.details)?.answers ?? []).map(({ value }) => value.slice(0, 100)),
    ...(c.asked ?? ticket?.asked ?? []).map(({ text }) => text.slice(0, 200)),
  ];
  return foldText(parts.filter(Boolean).join('\n').slice(0, longest));
}

/** Words that must all occur, in whatever order and place: Japanese is written without spaces, and so any part of a word finds it. */
export const wordsOf = (query: string): string[] => foldText(query.slice(0, longestQuery)).split(/\s+/).filter(Boolean);

export const isFound = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word));
