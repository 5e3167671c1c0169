/** The part of a `KeyboardEvent` that decides. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/**
 * True while an input method is turning kana into kanji: that Enter or Escape belongs to it, not to the chat. Safari ends the composition before
 * it reports the Enter that ended it, and marks that one with keyCode 229 alone.
 */
export const composing = (press: KeyPress): boolean => press.isComposing || press.keyCode === 229;

/** Enter sends, Shift+Enter begins a new line. */
export const sends = (press: KeyPress): boolean => press.key === 'Enter' && !press.shiftKey && !composing(press);
