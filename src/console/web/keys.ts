/** The keyboard's commands. Single keys act outside of text fields only; Ctrl (⌘ on a Mac) + Enter acts inside the reply box. */
export type Command =
  | 'next-row'
  | 'previous-row'
  | 'search'
  | 'take'
  | 'take-next'
  | 'reply'
  | 'note'
  | 'release'
  | 'give-back'
  | 'resolve'
  | 'transfer'
  | 'escalate'
  | 'new-case'
  | 'consult'
  | 'accept'
  | 'decline'
  | 'packet'
  | 'presence'
  | 'help'
  | 'back'
  | 'view-1'
  | 'view-2'
  | 'view-3'
  | 'view-4';

/** In the order of the help dialog. `Shift+N` is written as the key it yields. */
export const shortcuts: readonly { readonly key: string; readonly command: Command }[] = [
  { key: 'j', command: 'next-row' },
  { key: 'k', command: 'previous-row' },
  { key: '1', command: 'view-1' },
  { key: '2', command: 'view-2' },
  { key: '3', command: 'view-3' },
  { key: '4', command: 'view-4' },
  { key: '/', command: 'search' },
  { key: 'x', command: 'take-next' },
  { key: 't', command: 'take' },
  { key: 'r', command: 'reply' },
  { key: 'n', command: 'note' },
  { key: 'l', command: 'release' },
  { key: 'b', command: 'give-back' },
  { key: 'e', command: 'resolve' },
  { key: 'f', command: 'transfer' },
  { key: 'p', command: 'escalate' },
  { key: 'c', command: 'consult' },
  { key: '+', command: 'new-case' },
  { key: 'o', command: 'accept' },
  { key: 'd', command: 'decline' },
  { key: 'i', command: 'packet' },
  { key: 'a', command: 'presence' },
  { key: 'Escape', command: 'back' },
  { key: '?', command: 'help' },
];

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
}

/** The command of a key press outside of text fields; null for none, for a composing input method, and with a modifier held. */
export function commandOf(pressed: Pressed): Command | null {
  if (pressed.isComposing || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  return shortcuts.find((s) => s.key === pressed.key)?.command ?? null;
}

/** Ctrl/⌘+K, in the text or out of it: find an answer. */
export const finds = ({ key, ctrlKey, metaKey, altKey, isComposing }: Pressed): boolean =>
  key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !isComposing;

interface Typed extends Pressed {
  readonly shiftKey: boolean;
  /** 229 while an input method works on the text: Safari reports the confirming Enter only so. */
  readonly keyCode: number;
}

/** Whether a key press in the reply box sends: Enter, or Ctrl/⌘+Enter; never Shift+Enter, never while composing. */
export function sends(typed: Typed): boolean {
  if (typed.key !== 'Enter' || typed.isComposing || typed.keyCode === 229) return false;
  return typed.ctrlKey || typed.metaKey || !(typed.shiftKey || typed.altKey);
}
