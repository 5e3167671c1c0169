/** How far long work is: a bar and a sentence, or that nothing is heard of it just now. */
import type { ReactNode } from 'react';
import { useSay } from '../context.ts';
import type { TextKey } from '../texts.ts';
import type { Standing } from '../works.ts';

interface Props {
  readonly standing: Standing;
  /** Said while nobody knows how much there is. */
  readonly unknown: TextKey;
  /** Said with `done` and `of`. */
  readonly known: TextKey;
}

export function Progress({ standing, unknown, known }: Props): ReactNode {
  const say = useSay();
  if (standing.at === 'away') return <p className="fl-error">{say('workAway')}</p>;
  const { done, of } = standing;
  const number = new Intl.NumberFormat(say.language);
  const text = of === null ? say(unknown) : say(known, { done: number.format(done), of: number.format(of) });
  return (
    <p className="fl-progress">
      <progress aria-label={text} {...(of === null ? {} : { value: done, max: of })} />
      {text}
    </p>
  );
}
