/**
 * What the confidence's shipped coefficients are fitted on: questions put to each set as it is, with few phrasings an
 * entry, with few entries, and with a quarter of its entries left out, whose questions then have no answer; and questions of
 * other sets.
 */
import { type Coefficients, SIGNALS, signalsOf } from '../../understanding/matcher/confidence.ts';
import { fitLogistic, type Sample } from '../../understanding/matcher/logistic.ts';
import { randomNumbers, shuffle, trainModel } from '../../understanding/matcher/model.ts';
import { normalise } from '../../understanding/matcher/normalise.ts';
import { buildIndex } from '../../understanding/matcher/phrasing-index.ts';
import { PRIOR_SHARE, type Prior } from '../../understanding/matcher/prior.ts';
import { Ranker } from '../../understanding/matcher/rank.ts';
import { readQuestion } from '../../understanding/matcher/reading.ts';
import { rowsOf } from '../../understanding/matcher/rows.ts';
import { runAtOnce } from '../../understanding/matcher/steps.ts';
import { entriesOf, familyOf, type Query, type QuestionSet } from './sets.ts';

/** A question put to a FAQ. */
interface Put extends Sample {
  /** Whether the FAQ held its answer. */
  readonly known: boolean;
}

export interface FamilySamples {
  readonly family: string;
  readonly trained: readonly Put[];
  readonly plain: readonly Put[];
}

/** Phrasings an entry that each set is also tried with. */
const FEW = [1, 2, 3, 5];
/** Most questions of each kind asked of a variant. */
const MOST_ASKED = 500;
/** A set above this many phrasings is tried as it is only. */
const LARGE = 3000;
/** A set of more than {@link SMALL} entries is also tried with {@link FEW_ENTRIES} of them, three times. */
const SMALL = 12;
const FEW_ENTRIES = 8;
const DRAWS = 3;

export function samplesOf(sets: readonly QuestionSet[], log: (line: string) => void): FamilySamples[] {
  const families = new Map<string, { trained: Put[]; plain: Put[] }>();
  for (const set of sets) {
    const family = familyOf(set.name);
    const strangers = sets
      .filter((other) => other.language === set.language && familyOf(other.name) !== family)
      .flatMap((other) => other.queries.filter(({ id }) => id !== '').map(({ text }) => ({ text, id: '' })));
    const into = families.get(family) ?? { trained: [], plain: [] };
    families.set(family, into);
    const size = [...set.phrasings.values()].flat().length;
    const askAll = (asked: QuestionSet, few: readonly number[]) => {
      for (const phrasings of [Number.POSITIVE_INFINITY, ...few]) {
        for (const near of [false, true]) {
          if (size < LARGE || !near) ask(asked, phrasings, near, strangers, into);
        }
      }
    };
    askAll(
      set,
      FEW.filter((few) => few * set.phrasings.size < size && size < LARGE),
    );
    for (let draw = 0; draw < DRAWS && set.phrasings.size > SMALL && size < LARGE; draw++) {
      askAll(withFewEntries(set, randomNumbers(draw)), [1, 2, 3]);
    }
    log(`${set.name}: ${into.trained.length} samples in ${family}`);
  }
  return [...families].map(([family, samples]) => ({ family, ...samples }));
}

function withFewEntries(set: QuestionSet, random: () => number): QuestionSet {
  const ids = [...set.phrasings.keys()];
  shuffle(ids, random);
  const kept = new Set(ids.slice(0, FEW_ENTRIES));
  return {
    ...set,
    phrasings: new Map([...set.phrasings].filter(([id]) => kept.has(id))),
    queries: set.queries.filter(({ id }) => id === '' || kept.has(id)),
  };
}

function ask(
  set: QuestionSet,
  phrasings: number,
  near: boolean,
  strangers: readonly Query[],
  into: { trained: Put[]; plain: Put[] },
): void {
  const random = randomNumbers(set.phrasings.size + (near ? 1 : 0));
  const hidden = new Set<string>();
  if (near) {
    const ids = [...set.phrasings.keys()];
    shuffle(ids, random);
    for (const id of ids.slice(0, Math.ceil(ids.length / 4))) hidden.add(id);
  }
  const entries = entriesOf(set, phrasings).filter(({ id }) => !hidden.has(id));
  const chosen = (queries: readonly Query[], most: number) => {
    const all = [...queries];
    shuffle(all, random);
    return all.slice(0, most);
  };
  const inScope = chosen(
    set.queries.filter(({ id }) => id !== '' && !hidden.has(id)),
    MOST_ASKED,
  );
  const outOfScope = near
    ? chosen(
        set.queries.filter(({ id }) => hidden.has(id)),
        MOST_ASKED,
      )
    : [
        ...chosen(
          set.queries.filter(({ id }) => id === ''),
          MOST_ASKED / 2,
        ),
        ...chosen(strangers, MOST_ASKED / 4),
      ];
  const rows = rowsOf(entries, set.language);
  const index = runAtOnce(buildIndex(rows));
  const rankers = { trained: new Ranker(index, runAtOnce(trainModel(index))), plain: new Ranker(index) };
  for (const kind of ['trained', 'plain'] as const) {
    for (const query of [...inScope, ...outOfScope]) {
      const known = query.id !== '' && !hidden.has(query.id);
      const ranking = rankers[kind].rank(readQuestion(normalise(query.text), index.vocabulary));
      const signals = signalsOf(ranking, index);
      if (!signals) continue;
      const first = entries[index.rowEntry[ranking.candidates[0]?.row ?? -1] ?? -1]?.id;
      into[kind].push({
        signals,
        right: known && first === query.id,
        known,
        weight: 1 / (known ? inScope : outOfScope).length,
      });
    }
  }
}

/** Observations that each family counts as, and the pull of every coefficient towards none. */
const FAMILY_WEIGHT = 1500;
const RIDGE = 30;

/** Coefficients fitted on all families but one, each family counting alike. */
export function fitPrior(families: readonly FamilySamples[], without?: string): Prior {
  const taught = families.filter(({ family }) => family !== without);
  const of = (kind: 'trained' | 'plain'): Coefficients => {
    const samples = weighed(taught, kind);
    return runAtOnce(fitLogistic(samples, scales(samples), RIDGE));
  };
  return { trained: of('trained'), plain: of('plain') };
}

/** The samples of a kind, each family counting alike and {@link PRIOR_SHARE} of its questions having no answer. */
function weighed(families: readonly FamilySamples[], kind: 'trained' | 'plain'): Sample[] {
  return families.flatMap((family) => {
    const sumOf = (which: boolean) =>
      family[kind].reduce((sum, { weight, known }) => (known === which ? sum + weight : sum), 0);
    const [known, unknown] = [(1 - PRIOR_SHARE) / sumOf(true), PRIOR_SHARE / sumOf(false)];
    return family[kind].map((sample) => ({
      ...sample,
      weight: sample.weight * FAMILY_WEIGHT * (sample.known ? known : unknown),
    }));
  });
}

/** Mean and deviation of each signal; coefficients all zero. The constant, or a signal that never varies, is left as it is. */
function scales(samples: readonly Sample[]): Coefficients {
  const whole = samples.reduce((sum, { weight }) => sum + weight, 0);
  const mean = SIGNALS.map((_, at) =>
    at === 0 ? 0 : samples.reduce((sum, { signals, weight }) => sum + weight * (signals[at] as number), 0) / whole,
  );
  const deviation = SIGNALS.map((_, at) => {
    const square = samples.reduce(
      (sum, { signals, weight }) => sum + weight * ((signals[at] as number) - (mean[at] as number)) ** 2,
      0,
    );
    return at === 0 || square < 1e-9 ? 1 : Math.sqrt(square / whole);
  });
  return { mean, deviation, weight: SIGNALS.map(() => 0) };
}
