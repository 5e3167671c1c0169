/** A text of a form that is kept for its case, in this browser, until it was sent. */
import { useState } from 'react';
import { useDeskState } from '../context.ts';
import { type DraftKind, draftOf, keepDraft } from '../drafts.ts';

/** @returns what stands there, how to change it, and how to forget it once it was sent. */
export function useDraft(
  conversation: string,
  kind: DraftKind,
): readonly [text: string, change: (text: string) => void, forget: () => void] {
  const me = useDeskState((state) => state.me?.name) ?? '';
  const [text, setText] = useState(() => draftOf(me, conversation, kind));
  const change = (changed: string) => {
    setText(changed);
    keepDraft(me, conversation, kind, changed);
  };
  return [text, change, () => keepDraft(me, conversation, kind, '')];
}
