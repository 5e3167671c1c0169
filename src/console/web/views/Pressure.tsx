/** How it goes for the visitor: how much presses, since when it grew, and the words that say so with what each weighs. */
import type { ReactNode } from 'react';
import { signals } from '../../../conversation/sentiment.ts';
import { summaryTexts } from '../../../conversation/summary-texts.ts';
import { useSay } from '../context.ts';
import type { Packet } from '../model.ts';
import { percent } from './percent.ts';

/** A change since the hand-off that agents are told of. */
const worthTelling = 0.05;

export function Pressure({ sentiment }: { readonly sentiment: NonNullable<Packet['sentiment']> }): ReactNode {
  const say = useSay();
  const t = summaryTexts[say.language];
  const { levels, people, words, pressure } = sentiment;
  const felt = signals.filter((signal) => levels[signal] > 0).sort((a, b) => levels[b] - levels[a]);
  return (
    <div className="fl-pressure" data-testid="packet-sentiment">
      <p>
        <meter min={0} max={1} low={0.35} high={0.5} optimum={0} value={pressure.now} aria-label={say('pressure')}>
          {percent(pressure.now)}
        </meter>{' '}
        <span className="fl-percent">{percent(pressure.now)}</span>
        {Math.abs(pressure.start - pressure.now) >= worthTelling && (
          <span className="fl-quiet"> {say('pressureAtStart', { percent: percent(pressure.start) })}</span>
        )}
      </p>
      <ul>
        {felt.map((signal) => (
          <li key={signal}>
            <span>{signal === 'many' && people ? t.people(people) : t.signals[signal]}</span>
            {eachOnce(words.filter((word) => word.signal === signal)).map(({ term, weight, times }) => (
              <span key={term} className="fl-chip" title={say('weight', { weight })}>
                {term} <span className="fl-quiet">{times > 1 ? `${weight} ×${times}` : weight}</span>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface Heard {
  readonly term: string;
  readonly weight: number;
}

/** A word that came again stands once, with how often; the greatest of its weights counts. */
function eachOnce(words: readonly Heard[]): readonly (Heard & { readonly times: number })[] {
  const known = new Map<string, Heard & { readonly times: number }>();
  for (const { term, weight } of words) {
    const before = known.get(term);
    known.set(term, { term, weight: Math.max(weight, before?.weight ?? 0), times: (before?.times ?? 0) + 1 });
  }
  return [...known.values()];
}
