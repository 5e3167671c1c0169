/** An export as text, line by line: tickets or whole conversations. */
import type { Archive } from '../desk/archive/archive.ts';
import type { Period } from '../desk/period.ts';
import type { Store, Unreadable } from '../store/store.ts';
import { conversations } from './exported-conversations.ts';
import { type ExportFormat, headOf, lineOf, tickets } from './tickets.ts';

/** What an export holds. Conversations leave as NDJSON alone. */
export const exportsOf = ['tickets', 'conversations'] as const;

export async function* linesOf(
  of: (typeof exportsOf)[number],
  format: ExportFormat,
  { store, archive }: { readonly store: Store; readonly archive: Archive },
  period: Period,
  onUnreadable: (error: Unreadable) => void,
): AsyncGenerator<string> {
  if (of === 'conversations') {
    for await (const one of conversations(store, archive, period, onUnreadable)) yield `${JSON.stringify(one)}\n`;
    return;
  }
  yield headOf(format);
  for await (const ticket of tickets(store, archive, period, onUnreadable)) yield lineOf(ticket, format);
}
