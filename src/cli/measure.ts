/**
 * Measures the matcher on question sets that lie outside the project (see measure/sets.ts).
 *
 *   node dist/cli/measure.js DIR [SET …] [--unseen] [--plain] [--phrasings N] [--share S] [--confusions]
 *
 * `--unseen` fits the shipped coefficients anew without the family of the set that is measured, as a stranger's FAQ would
 * meet them. `--share`: the configured share of questions without an answer. Columns, in percent: top1, top3 of questions
 * with an answer; AUROC of the confidence, `right` for "the first is right" against all else and `scope` for questions with
 * an answer against those without; `ece`, mean gap of confidence and share right over ten bins, and `ece.3` the same with
 * questions without an answer weighed to 0.3; at the shipped thresholds, `prec` share right of what is answered outright,
 * `cover` share of all questions answered outright, `reach` share of questions with an answer that get it as a reply or
 * among three choices, `refuse` share of questions without an answer that are handed over.
 */
import { parseArgs } from 'node:util';
import { buildMatcher, trainMatcher } from '../understanding/matcher/matcher.ts';
import type { Understood } from '../understanding/understanding.ts';
import { fitPrior, samplesOf } from './measure/prior-samples.ts';
import { entriesOf, familyOf, type Query, readSets } from './measure/sets.ts';

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

function calibrationError(all: readonly Answered[], outOfScopeShare?: number): number {
  const without = all.filter(({ id }) => id === '').length;
  const weigh = ({ id }: Answered) => {
    if (outOfScopeShare === undefined || without === 0) return 1;
    return id === '' ? outOfScopeShare / without : (1 - outOfScopeShare) / (all.length - without);
  };
  let gap = 0;
  let whole = 0;
  for (let bin = 0; bin < 10; bin++) {
    let difference = 0;
    for (const one of all) {
      if (Math.min(9, Math.floor(one.understood.confidence * 10)) !== bin) continue;
      difference += weigh(one) * (Number(one.right) - one.understood.confidence);
      whole += weigh(one);
    }
    gap += Math.abs(difference);
  }
  return gap / whole;
}

const families = values.unseen ? samplesOf(readSets(directory), (line) => console.error(line)) : [];
console.log(
  `${'set'.padEnd(16)}${['top1', 'top3', 'right', 'scope', 'ece', 'ece.3', 'prec', 'cover', 'reach', 'refuse', 'train s', 'ms/q'].map((name) => name.padStart(8)).join('')}`,
);
for (const set of readSets(directory, names)) {
  const entries = entriesOf(set, values.phrasings ? Number(values.phrasings) : undefined);
  const started = performance.now();
  const matcher = (values.plain ? buildMatcher : trainMatcher)(entries, {
    ...(values.unseen ? { prior: fitPrior(families, familyOf(set.name)) } : {}),
    ...(values.share ? { outOfScopeShare: Number(values.share) } : {}),
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
  const figures = [
    share(inScope, ({ right }) => right),
    share(inScope, ({ understood, id }) => understood.matches.slice(0, 3).some((match) => match.id === id)),
    auroc(all, ({ right }) => right),
    auroc(all, ({ id }) => id !== ''),
    calibrationError(all),
    calibrationError(all, 0.3),
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
