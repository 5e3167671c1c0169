/** How views reach the desk, its state, the language and the clock. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Bilingual, Language } from '../../conversation/language.ts';
import type { Desk } from './desk.ts';
import type { Preferences } from './preferences.ts';
import type { State } from './state.ts';
import { fill, isText, type TextKey, texts } from './texts.ts';

export interface Surroundings {
  readonly desk: Desk;
  readonly preferences: Preferences;
  readonly prefer: (change: Partial<Preferences>) => void;
}

export const Surrounding = createContext<Surroundings | null>(null);

export function useSurroundings(): Surroundings {
  const surroundings = useContext(Surrounding);
  if (!surroundings) throw new Error('This view stands outside of the App.');
  return surroundings;
}

export const useDesk = (): Desk => useSurroundings().desk;

/** A part of the state. `select` must return a part as it is, or a primitive: a fresh object each time would render forever. */
export function useDeskState<T>(select: (state: State) => T): T {
  const { store } = useDesk();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

export interface Say {
  (key: TextKey, facts?: Readonly<Record<string, string | number>>): string;
  readonly language: Language;
}

/** The text of a key in a language. */
export function sayIn(language: Language): Say {
  const say = (key: TextKey, facts: Readonly<Record<string, string | number>> = {}) => {
    const text: Bilingual = texts[key];
    return fill(text[language], facts);
  };
  return Object.assign(say, { language });
}

/** The same in the agent's language. */
export const useSay = (): Say => sayIn(useSurroundings().preferences.language);

/** The text of a key put together at run time, or `otherwise` where there is none. */
export const sayIfKnown = (say: Say, key: string, otherwise: string): string => (isText(key) ? say(key) : otherwise);

const tickers = new Set<() => void>();
let now = Date.now();
let ticking: ReturnType<typeof setInterval> | null = null;

function tick(listener: () => void): () => void {
  tickers.add(listener);
  ticking ??= setInterval(() => {
    now = Date.now();
    for (const ticker of tickers) ticker();
  }, 1000);
  return () => {
    tickers.delete(listener);
    if (tickers.size > 0 || ticking === null) return;
    clearInterval(ticking);
    ticking = null;
  };
}

/** The time (ms), renewed each second by one timer for the whole page. */
export const useNow = (): number => useSyncExternalStore(tick, () => now);
