/**
 * Fits the confidence's shipped coefficients on question sets that lie outside the project and on the starter FAQ, for
 * src/understanding/matcher/fitted-prior.ts (`--out`). Run it whenever the features, the training or the signals change:
 *
 *   node dist/cli/fit-prior.js DIR [--without FAMILY] [--out FILE]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Coefficients } from '../understanding/matcher/confidence.ts';
import { fitPrior, samplesOf } from './measure/prior-samples.ts';
import { readSets, starterSets } from './measure/sets.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { without: { type: 'string' }, out: { type: 'string' } },
});
const [directory] = positionals;
if (!directory) {
  console.error('usage: node dist/cli/fit-prior.js DIR [--without FAMILY] [--out FILE]');
  process.exit(2);
}

const rounded = ({ mean, deviation, weight }: Coefficients): Coefficients => {
  const digits = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(5)));
  return { mean: digits(mean), deviation: digits(deviation), weight: digits(weight) };
};

const prior = fitPrior(
  samplesOf([...readSets(directory), ...(await starterSets())], (line) => console.error(line)),
  values.without,
);
const text = `/** Written by src/cli/fit-prior.ts; not edited by hand. The signals' order is that of confidence.ts. */
import type { Prior } from './prior.ts';

export const fitted: Prior = ${JSON.stringify({ trained: rounded(prior.trained), plain: rounded(prior.plain) }, null, 2)};
`;
if (values.out) writeFileSync(values.out, text);
else process.stdout.write(text);
