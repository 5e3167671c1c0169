/** Looking answers up while somebody types: one question at a time, the newest alone is shown. */
import type { FoundAnswer } from './model.ts';

export type Finding =
  | { readonly at: 'looking'; readonly items: readonly FoundAnswer[] }
  | { readonly at: 'found'; readonly items: readonly FoundAnswer[] }
  | { readonly at: 'failed'; readonly items: readonly [] };

interface Parts {
  readonly look: (words: string) => Promise<readonly FoundAnswer[]>;
  readonly show: (finding: Finding) => void;
  readonly after: (ms: number, task: () => void) => () => void;
}

/** ms without a further letter before the service is asked. */
const pause = 150;

export interface Finder {
  /** What was found last stays in sight until the new answer is there. */
  find(words: string): void;
  close(): void;
}

export function createFinder({ look, show, after }: Parts): Finder {
  let newest = 0;
  let items: readonly FoundAnswer[] = [];
  let cancel = () => {};
  const ask = async (words: string, own: number): Promise<void> => {
    let finding: Finding;
    try {
      finding = { at: 'found', items: await look(words) };
    } catch {
      // Said in the list itself; the words stand in the field, to be tried again.
      finding = { at: 'failed', items: [] };
    }
    if (own !== newest) return;
    items = finding.items;
    show(finding);
  };
  return {
    find(words) {
      cancel();
      newest += 1;
      const own = newest;
      show({ at: 'looking', items });
      cancel = after(items.length === 0 ? 0 : pause, () => void ask(words, own));
    },
    close() {
      cancel();
      newest += 1;
    },
  };
}

/** The draft with `text` in place of its selection, on lines of its own; `end` is where writing goes on. */
export function inserted(draft: string, text: string, from: number, to: number): { text: string; end: number } {
  const [before, behind] = [draft.slice(0, from), draft.slice(to)];
  const start = before.trim() === '' ? before.trimStart() : `${before.replace(/[ \t]+$/, '').replace(/\n*$/, '')}\n\n`;
  const rest = behind.trim() === '' ? '' : `\n\n${behind.replace(/^\s+/, '')}`;
  return { text: `${start}${text}${rest}`, end: start.length + text.length };
}
