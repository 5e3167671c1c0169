/**
 * Measures the matcher on question sets that lie outside the project (see measure/sets.ts).
 *
 *   node dist/cli/measure.js DIR [SET …] [--unseen] [--plain] [--phrasings N] [--share S] [--confusions]
 *
 * `--unseen` fits the shipped coefficients anew without the family of the set that is measured, as a stranger's FAQ would
 * meet them. `--share`: the configured share of questions without an answer, or `own`, the share that each set has. Columns,
 * in percent: top1, top3 of questions with an answer; AUROC of the confidence, `right` for "the first is right" against all
 * else and `scope` for questions with an answer against those without; the calibration of the confidence, see
 * measure/calibration.ts; at the shipped thresholds, `prec` share right of what is answered outright,
 * `cover` share of all questions answered outright, `reach` share of questions with an answer that get it as a reply or
 * among three choices, `refuse` share of questions without an answer that are handed over.
 */
import { parseArgs } from 'node:util';
import { buildMatcher, trainMatcher } from '../understanding/matcher/matcher.ts';
import type { Prior } from '../understanding/matcher/prior.ts';
import type { Understood } from '../understanding/understanding.ts';
import { byChance, calibrationError, equalMassError } from './measure/calibration.ts';
import { fitPrior, samplesOf } from './measure/prior-samples.ts';
import { entriesOf, familyOf, type Query, readSets, starterSets } from './measure/sets.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    unseen: { type: 'boolean', default: false },
    plain: { type: 'boolean', default: false },
    phrasings: { type: 'string' },
    share: { type: 'string' },
    confusions: { type: 'boolean', default: false },
  },
});
const [directory, ...names] = positionals;
if (!directory) {
  console.error(
    'usage: node dist/cli/measure.js DIR [SET …] [--unseen] [--plain] [--phrasings N] [--share S] [--confusions]',
  );
  process.exit(2);
}

interface Answered extends Query {
  readonly understood: Understood;
  readonly right: boolean;
}

const USUAL_SHARE = 0.3;

const percent = (share: number) => (Number.isFinite(share) ? (100 * share).toFixed(1) : '–').padStart(7);
const share = (all: readonly Answered[], test: (one: Answered) => boolean) => all.filter(test).length / all.length;

/** Probability that a positive is given more confidence than a negative; ties count half. */
function auroc(all: readonly Answered[], positive: (one: Answered) => boolean): number {
  const sorted = [...all].sort((a, b) => a.understood.confidence - b.understood.confidence);
  let rankSum = 0;
  let positives = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (sorted[to]?.understood.confidence === sorted[from]?.understood.confidence && to < sorted.length) to++;
    for (let at = from; at < to; at++) {
      if (!positive(sorted[at] as Answered)) continue;
      positives++;
      rankSum += (from + to + 1) / 2;
    }
    from = to;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (sorted.length - positives));
}

/** Within what may be configured. */
const ownShare = (queries: readonly Query[]) =>
  Math.min(0.99, Math.max(0.01, queries.filter(({ id }) => id === '').length / queries.length));

/** Questions without an answer weighed to {@link USUAL_SHARE} of all. */
function weighed(all: readonly Answered[]) {
  const without = all.filter(({ id }) => id === '').length;
  return all.map(({ id, understood: { confidence }, right }) => ({
    confidence,
    right,
    weight: without === 0 ? 1 : id === '' ? USUAL_SHARE / without : (1 - USUAL_SHARE) / (all.length - without),
  }));
}

const families = values.unseen
  ? samplesOf([...readSets(directory), ...(await starterSets())], (line) => console.error(line))
  : [];
const priors = new Map<string, Prior>();
function priorWithout(family: string): Prior {
  const prior = priors.get(family) ?? fitPrior(families, family);
  priors.set(family, prior);
  return prior;
}

console.log(
  `${'set'.padEnd(16)}${['top1', 'top3', 'right', 'scope', 'ece', 'chance', 'mass', 'ece.3', 'prec', 'cover', 'reach', 'refuse', 'train s', 'ms/q'].map((name) => name.padStart(8)).join('')}`,
);
for (const set of readSets(directory, names)) {
  const entries = entriesOf(set, values.phrasings ? Number(values.phrasings) : undefined);
  const started = performance.now();
  const matcher = (values.plain ? buildMatcher : trainMatcher)(entries, {
    ...(values.unseen ? { prior: priorWithout(familyOf(set.name)) } : {}),
    ...(values.share ? { outOfScopeShare: values.share === 'own' ? ownShare(set.queries) : Number(values.share) } : {}),
  });
  const trained = performance.now();
  const all: Answered[] = set.queries.map((query) => {
    const understood = matcher.match(query.text, 'auto');
    return { ...query, understood, right: query.id !== '' && understood.matches[0]?.id === query.id };
  });
  const asked = performance.now();
  const inScope = all.filter(({ id }) => id !== '');
  const outOfScope = all.filter(({ id }) => id === '');
  const answered = all.filter(({ understood }) => understood.decision === 'answer');
  const reached = ({ understood: { decision, matches }, id }: Answered) =>
    decision !== 'handoff' && matches.slice(0, decision === 'answer' ? 1 : 3).some((match) => match.id === id);
  const judged = all.map(({ understood: { confidence }, right }) => ({ confidence, right, weight: 1 }));
  const figures = [
    share(inScope, ({ right }) => right),
    share(inScope, ({ understood, id }) => understood.matches.slice(0, 3).some((match) => match.id === id)),
    auroc(all, ({ right }) => right),
    auroc(all, ({ id }) => id !== ''),
    calibrationError(judged),
    byChance(judged),
    equalMassError(judged),
    calibrationError(weighed(all)),
    share(answered, ({ right }) => right),
    answered.length / all.length,
    share(inScope, reached),
    share(outOfScope, ({ understood }) => understood.decision === 'handoff'),
  ];
  const seconds = ((trained - started) / 1000).toFixed(2).padStart(8);
  const each = ((asked - trained) / all.length).toFixed(3).padStart(8);
  console.log(`${set.name.padEnd(16)}${figures.map((figure) => ` ${percent(figure)}`).join('')}${seconds}${each}`);
  if (values.confusions) confusions(inScope);
}

function confusions(inScope: readonly Answered[]): void {
  const pairs = new Map<string, number>();
  for (const { id, right, understood } of inScope) {
    if (right) continue;
    const pair = `${id} taken for ${understood.matches[0]?.id ?? 'nothing'}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  for (const [pair, count] of [...pairs].sort((a, b) => b[1] - a[1]).slice(0, 5)) console.log(`    ${count} × ${pair}`);
}
