/**
 * What a search looks for, as one text: two searches are the same where their texts are, and the empty text is none. Beside the words it
 * may hold a state and days, which nobody types.
 */

/** What the API takes for `state`. */
export const soughtStates = ['bot', 'queued', 'human', 'outside', 'closed', 'archived'] as const;

export interface Sought {
  readonly words: string;
  /** Empty: any. */
  readonly state: string;
  /** Days when the newest ticket was opened, as in days.ts, both inclusive; empty: any. */
  readonly from: string;
  readonly to: string;
}

export type Narrowing = Omit<Sought, 'words'>;

export const everyCase: Narrowing = { state: '', from: '', to: '' };

/** A sign that no keyboard writes. */
const between = '\u0000';

export function soughtIn(query: string): Sought {
  const [words = '', narrowed = ''] = query.split(between);
  const parts = new URLSearchParams(narrowed);
  const part = (name: keyof Narrowing) => parts.get(name) ?? '';
  return { words, state: part('state'), from: part('from'), to: part('to') };
}

export function queryOf({ words, ...narrowing }: Sought): string {
  const parts = new URLSearchParams(Object.entries(narrowing).filter(([, value]) => value !== ''));
  return parts.size === 0 ? words : `${words}${between}${parts}`;
}

export const isNarrowed = (query: string): boolean => query.includes(between);
