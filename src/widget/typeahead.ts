import type { Clock } from './clock.ts';

/** A question the FAQ knows, which may be what is being typed. */
export interface Suggestion {
  readonly title: string;
  /** Parts of the title that were typed, as `[from, to)` in UTF-16 units, in order, apart from each other. */
  readonly highlights: readonly (readonly [from: number, to: number])[];
}

export interface TypeaheadParts {
  readonly clock: Clock;
  /** Asks the service. Rejects when it does not answer, or not now. */
  readonly look: (typed: string) => Promise<readonly Suggestion[]>;
  readonly show: (suggestions: readonly Suggestion[]) => void;
}

/** ms without a further letter before the service is asked: who types fluently is not interrupted. */
const pause = 180;
/** ms of silence after the service could not answer: suggestions are worth no second try. */
const rest = 10_000;
/** Longer texts, and those of several lines, tell a story that no title will fit. */
const longest = 60;
const kept = 100;

/** Asks for suggestions while a visitor types, and shows those of the newest text alone. */
export class Typeahead {
  readonly #parts: TypeaheadParts;
  readonly #known = new Map<string, readonly Suggestion[]>();
  #text = '';
  #shown: readonly Suggestion[] = [];
  #cancel: () => void = () => {};
  #quietUntil = 0;

  constructor(parts: TypeaheadParts) {
    this.#parts = parts;
  }

  /** What stands in the field now. What was shown stays until something better is known, unless nothing can fit. */
  typed(raw: string): void {
    const text = raw.trim();
    if (text === this.#text) return;
    this.#text = text;
    this.#cancel();
    if (text === '' || text.length > longest || text.includes('\n')) this.#show([]);
    else {
      const known = this.#known.get(text);
      if (known) this.#show(known);
      else this.#cancel = this.#parts.clock.after(pause, () => void this.#look(text));
    }
  }

  /** The field is left, or sent, or belongs to an input method: nothing is shown until the text changes. */
  clear(): void {
    this.typed('');
  }

  async #look(text: string): Promise<void> {
    const { clock, look } = this.#parts;
    if (clock.now() < this.#quietUntil) return;
    let found: readonly Suggestion[] = [];
    try {
      found = await look(text);
      const oldest = this.#known.keys().next();
      if (this.#known.size >= kept && !oldest.done) this.#known.delete(oldest.value);
      this.#known.set(text, found);
    } catch {
      // The visitor has asked for nothing yet and misses nothing: what is written is sent as ever.
      this.#quietUntil = clock.now() + rest;
    }
    if (text === this.#text) this.#show(found);
  }

  #show(suggestions: readonly Suggestion[]): void {
    if (suggestions.length === 0 && this.#shown.length === 0) return;
    this.#shown = suggestions;
    this.#parts.show(suggestions);
  }
}

/** Where the arrow keys are: on an option, or (null) still in the text, where Enter sends what was written. */
export function moved(at: number | null, key: 'ArrowUp' | 'ArrowDown', count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return at === null ? 0 : at + 1 < count ? at + 1 : null;
  return at === null ? count - 1 : at > 0 ? at - 1 : null;
}

/** Reads the service's answer, a foreign input: what is no suggestion is passed over. */
export function readSuggestions(answer: unknown): readonly Suggestion[] {
  const list: unknown = typeof answer === 'object' && answer !== null && 'suggestions' in answer && answer.suggestions;
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown): Suggestion[] => {
    if (typeof one !== 'object' || one === null || !('title' in one) || typeof one.title !== 'string') return [];
    const { title } = one;
    const runs: readonly unknown[] = 'highlights' in one && Array.isArray(one.highlights) ? one.highlights : [];
    let end = 0;
    const highlights = runs.flatMap((run): [number, number][] => {
      const [from, to] = Array.isArray(run) ? (run as unknown[]) : [];
      if (typeof from !== 'number' || typeof to !== 'number' || from < end || to <= from || to > title.length)
        return [];
      end = to;
      return [[from, to]];
    });
    return [{ title, highlights }];
  });
}

/** The title in pieces, typed and untyped by turns. */
export function pieces({
  title,
  highlights,
}: Suggestion): readonly { readonly text: string; readonly typed: boolean }[] {
  const found: { text: string; typed: boolean }[] = [];
  let at = 0;
  for (const [from, to] of [...highlights, [title.length, title.length] as const]) {
    if (from > at) found.push({ text: title.slice(at, from), typed: false });
    if (to > from) found.push({ text: title.slice(from, to), typed: true });
    at = to;
  }
  return found;
}
