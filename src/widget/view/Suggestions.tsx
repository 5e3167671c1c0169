import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { composing, type KeyPress } from '../keyboard.ts';
import { moved, pieces, type Suggestion, Typeahead } from '../typeahead.ts';
import { useChat } from './chat.ts';

export const listId = 'firstline-suggestions';
export const optionId = (index: number): string => `${listId}-${index}`;

export interface Suggesting {
  readonly suggestions: readonly Suggestion[];
  /** The option the arrow keys are on; null while they are in the text. */
  readonly at: number | null;
  /** The text changed; not to be called with an input method's unfinished words. */
  typed(text: string): void;
  /** @returns whether the key was for the list: then it must do nothing else. */
  pressed(press: KeyPress): boolean;
  close(): void;
}

/** @param enabled false: nothing is asked and nothing shown. */
export function useSuggestions(enabled: boolean, onChoose: (title: string) => void): Suggesting {
  const { clock, look } = useChat();
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  const [at, setAt] = useState<number | null>(null);
  /** After Escape, until the field was empty again. */
  const declined = useRef(false);
  const show = (found: readonly Suggestion[]) => {
    setSuggestions(found);
    setAt(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `show` sets states alone, and one typeahead keeps what it knows.
  const typeahead = useMemo(() => new Typeahead({ clock, look, show }), [clock, look]);
  useEffect(() => {
    if (!enabled) typeahead.clear();
  }, [enabled, typeahead]);
  return {
    suggestions,
    at,
    typed(text) {
      if (text.trim() === '') declined.current = false;
      if (enabled && !declined.current) typeahead.typed(text);
    },
    pressed(press) {
      if (suggestions.length === 0 || composing(press)) return false;
      if ((press.key === 'ArrowDown' || press.key === 'ArrowUp') && !press.shiftKey) {
        setAt(moved(at, press.key, suggestions.length));
        return true;
      }
      if (press.key === 'Escape') {
        declined.current = true;
        typeahead.clear();
        return true;
      }
      const chosen = press.key === 'Enter' && !press.shiftKey && at !== null ? suggestions[at] : undefined;
      if (!chosen) return false;
      typeahead.clear();
      onChoose(chosen.title);
      return true;
    },
    close: () => typeahead.clear(),
  };
}

/** The questions that may be meant, above the field. The focus stays in the field; a screen reader follows `aria-activedescendant`. */
export function SuggestionList(props: {
  suggestions: readonly Suggestion[];
  at: number | null;
  onChoose: (title: string) => void;
}) {
  const { say } = useChat();
  const { suggestions, at, onChoose } = props;
  return (
    <>
      {suggestions.length > 0 && (
        <div class="typeahead">
          <p aria-hidden="true">{say('perhaps')}</p>
          <div id={listId} role="listbox" aria-label={say('perhaps')} data-testid="typeahead">
            {suggestions.map((suggestion, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and points at the options.
              // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are pressed in the field.
              <div
                key={suggestion.title}
                id={optionId(index)}
                role="option"
                aria-selected={index === at}
                data-testid="typeahead-option"
                // The press would take the focus, and with it the list, before the click.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onChoose(suggestion.title)}
              >
                {pieces(suggestion).map(({ text, typed }, piece) =>
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one title have no other name, and keep no state.
                  typed ? <mark key={piece}>{text}</mark> : text,
                )}
              </div>
            ))}
          </div>
        </div>
      )}
      <span class="unseen" role="status" data-testid="typeahead-status">
        {suggestions.length > 0 && say('perhapsCount', { count: suggestions.length })}
      </span>
    </>
  );
}
