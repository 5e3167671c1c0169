/** What the page's commands work with. */
import type { Action, State } from './state.ts';
import type { Store } from './store.ts';

export interface Means {
  readonly store: Store<State, Action>;
  /** Runs a command on the open conversation, one at a time; true when it was done. */
  readonly command: (name: string, run: (id: string) => Promise<unknown>) => Promise<boolean>;
  readonly trouble: (error: unknown, conversation: string | null) => void;
  /** The conversation's epoch: with it a command of a former owner is refused, even if they own it anew. */
  readonly epoch: (id: string) => number | null;
  readonly open: (id: string) => void;
}
