import type { Problem } from '../../understanding/understanding.ts';
import { isSameProblem, readYaml, valueAt } from '../../understanding/yaml-text.ts';
import { explain } from './explain.ts';
import { deskFile, type Rules } from './file.ts';

/** @param path as it is to be shown. @returns the rules, or what is wrong and where, in the order of the file. */
export function parseRules(path: string, text: string): { rules: Rules } | { problems: readonly Problem[] } {
  const yaml = readYaml(path, text);
  if (yaml.problems.length > 0) return { problems: yaml.problems };
  const read = deskFile.safeParse(yaml.content === null || yaml.content === '' ? {} : yaml.content);
  if (read.success) return { rules: read.data };
  const problems = read.error.issues
    .flatMap((issue) => explain(deskFile, issue, (place) => valueAt(yaml.content, place)))
    .map((fault) => yaml.at(yaml.markOf(fault), fault.message))
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { problems: problems.filter((one, i) => problems.findIndex((other) => isSameProblem(one, other)) === i) };
}
