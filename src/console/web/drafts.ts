/** Half-written texts, per agent, conversation and kind: switching conversations or reloading loses none. */
import { read, write } from './keep.ts';

export type DraftKind = 'reply' | 'note' | 'summary' | 'transfer' | 'consult' | 'escalation' | 'intake';

const keyOf = (agent: string, conversation: string, kind: DraftKind) => `draft.${agent}.${kind}.${conversation}`;

export const draftOf = (agent: string, conversation: string, kind: DraftKind): string =>
  read<string>(keyOf(agent, conversation, kind)) ?? '';

export function keepDraft(agent: string, conversation: string, kind: DraftKind, text: string): void {
  write(keyOf(agent, conversation, kind), text.trim() === '' ? null : text);
}
