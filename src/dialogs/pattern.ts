/** Admins' regular expressions, kept from holding up the service: checked at load, and run with a limit. */
import { createContext, Script } from 'node:vm';
import { longestTested } from './dialog.ts';

/** Longest run of one pattern on one text, ms; what takes longer twice counts as no match: once may be a busy machine's pause. */
const patience = 125;

/** Why a pattern is not allowed, as a sentence; undefined where it is. */
export function patternFault(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return hasNestedRepetition(pattern)
    ? 'a repetition inside a repetition, such as (a+)+, may take for ever on a long text; write it without'
    : undefined;
}

/** Whether the pattern matches the whole text. */
export const matchesWhole = (pattern: string, text: string): boolean =>
  run(new RegExp(`^(?:${pattern})$`, 'u'), text) !== undefined;

/** The first place where the pattern matches, whatever the case; its first group where it has one. */
export function findIn(pattern: string, text: string): string | undefined {
  const found = run(new RegExp(pattern, 'iu'), text);
  return found?.[1] ?? found?.[0];
}

const script = new Script('pattern.exec(text)');
const sandbox = createContext({ pattern: /x/, text: '' });

/** Alternatives can be as slow as nested repetitions, and no check at load finds all: the engine's own time-out ends them. */
function run(pattern: RegExp, text: string): RegExpExecArray | undefined {
  Object.assign(sandbox, { pattern, text: text.slice(0, longestTested) });
  const first = once();
  return (first === undefined ? once() : first) ?? undefined;
}

/** @returns null where there is no match, undefined where it was given up. */
function once(): RegExpExecArray | null | undefined {
  try {
    return script.runInContext(sandbox, { timeout: patience });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}

/** Whether a repeated group holds a repetition of its own. `?` repeats nothing. */
function hasNestedRepetition(pattern: string): boolean {
  /** For each open group, whether it holds a repetition. */
  const groups: boolean[] = [false];
  let closed = false;
  for (let at = 0; at < pattern.length; at++) {
    const mark = pattern[at];
    const repetition = /^(?:[*+]|\{\d+(?:,\d*)?\})/.exec(pattern.slice(at))?.[0];
    if (repetition) {
      if (closed) return true;
      groups[groups.length - 1] = true;
      at += repetition.length - 1;
      closed = false;
    } else if (mark === '\\') {
      at += 1;
      closed = false;
    } else if (mark === '[') {
      while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
      closed = false;
    } else if (mark === '(') {
      groups.push(false);
      closed = false;
    } else if (mark === ')') {
      closed = groups.pop() ?? false;
      if (groups.length === 0) groups.push(false);
      if (closed) groups[groups.length - 1] = true;
    } else closed = false;
  }
  return false;
}
