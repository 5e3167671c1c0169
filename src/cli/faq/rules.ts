import { RulesError, readRules } from '../../desk/rules/read.ts';
import type { MatcherOptions } from '../../understanding/matcher/matcher.ts';
import { matchingOf } from '../../understanding/matching.ts';
import { Misuse } from './streams.ts';

/**
 * How the running service decides: thresholds and out-of-scope share of desk.yaml.
 * @param path undefined: ./desk.yaml if it is there, else the shipped values.
 * @throws Misuse naming each fault as file:line:col.
 */
export async function matchingFrom(path: string | undefined): Promise<MatcherOptions> {
  try {
    return matchingOf((await readRules(path)).understanding);
  } catch (error) {
    if (error instanceof RulesError) throw new Misuse(`the desk's rules cannot be read\n${error.message}`);
    throw error;
  }
}
