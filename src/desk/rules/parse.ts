import type { Problem } from '../../understanding/understanding.ts';
import { isSameProblem, readYaml, valueAt } from '../../understanding/yaml-text.ts';
import { explain, isHolderAt } from './explain.ts';
import { deskFile, type Rules } from './file.ts';

/** More problems of one file than these are counted, not told. */
const mostProblems = 100;

/** @param path as it is to be shown. @returns the rules, or what is wrong and where, in the order of the file. */
export function parseRules(path: string, text: string): { rules: Rules } | { problems: readonly Problem[] } {
  const yaml = readYaml(path, text);
  if (yaml.problems.length > 0) return { problems: yaml.problems };
  const read = deskFile.safeParse(withoutEmpty(yaml.content, []) ?? {});
  if (read.success) return { rules: read.data };
  const faults = read.error.issues.flatMap((issue) =>
    explain(deskFile, issue, (place) => valueAt(yaml.content, place)),
  );
  const problems = faults.slice(0, mostProblems).map((fault) => yaml.at(yaml.markOf(fault), fault.message));
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  const last = problems.at(-1);
  if (last && faults.length > mostProblems)
    problems.push({ ...last, message: `… and ${faults.length - mostProblems} more problems` });
  return { problems: problems.filter((one, i) => problems.findIndex((other) => isSameProblem(one, other)) === i) };
}

/** Content without the keys of which all is left out: an admin who comments out what is under a key leaves it empty. */
function withoutEmpty(content: unknown, path: readonly PropertyKey[]): unknown {
  const isEmpty = content === '' || content === null;
  if (isEmpty && isHolderAt(deskFile, path)) return undefined;
  if (Array.isArray(content)) return content.map((each, i) => withoutEmpty(each, [...path, i]) ?? each);
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(
    Object.entries(content).flatMap(([key, value]) => {
      const kept = withoutEmpty(value, [...path, key]);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}
