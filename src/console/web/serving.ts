/** Which of several processes serve something else than the others. */
import type { ServingProcess } from './model.ts';

const servedFiles = ['faq', 'dialogs', 'rules'] as const;
export type ServedFile = (typeof servedFiles)[number];

/** By name: those that do not serve what most of them do; all of them where nothing is served by most; none where all agree. */
export function oddOnes(processes: readonly ServingProcess[], what: ServedFile): ReadonlySet<string> {
  const count = (version: string) => processes.filter((one) => one[what].version === version).length;
  return new Set(processes.filter((one) => count(one[what].version) * 2 <= processes.length).map(({ name }) => name));
}

export const differs = (processes: readonly ServingProcess[]): boolean =>
  servedFiles.some((what) => oddOnes(processes, what).size > 0);
