/** Stack traces of the usual languages, told line by line. */

/** One pattern for all: each begins at the line's start, and a line is tried once. */
function any(patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'));
}

/** Begins a trace: the words before its frames. */
const heads = any([
  /^Traceback \(most recent call last\):/,
  /^goroutine \d+ \[/,
  /^panic: /,
  /^thread '.*' (?:\(\d+\) )?panicked at /,
  /^Exception in thread /,
  /^Unhandled [Ee]xception/,
  /^(?:PHP )?Fatal error: {1,2}Uncaught /,
  /^(?:Uncaught )?(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception|Failure)(?::|$)/,
  /^.{1,300}:\d+:in [`'].{1,200}': .{1,500} \([\w:]+\)$/,
]);

/** A frame of the trace. */
const frames = any([
  // Java, JavaScript, C#
  /^\s+at \S/,
  // Java, Python, Go: what was left out
  /^\s+\.\.\. \d+ (?:more|common frames)/,
  // Python
  /^\s+File ".*", line \d+/,
  // Go: function, then place
  /^\t\S+\.go:\d+/,
  /^[\w./*()-]{1,200}\([\w{}, .?]*\)$/,
  // PHP
  /^#\d+ /,
  // Ruby
  /^\s+(?:\d+: )?from .+:\d+:in /,
  // Rust
  /^\s+\d+: \S/,
  // Firefox, Safari
  /^[\w$./<]*@(?:https?|file|resource|moz-extension):/,
]);

/** What lies deeper. */
const cause = /^(?:\s*Caused by: | ---> |\s*\[cause\]: |Suppressed: )(.+)/;

/** Belongs to a trace and says nothing of its own. */
const between = any([
  /^\s*--- End of (?:inner exception )?stack trace/,
  /^stack backtrace:/,
  /^Stack trace:/,
  /^\s+thrown in /,
  /^The above exception was the direct cause/,
  /^During handling of the above exception/,
  /^note: (?:run with|Some details)/,
  /^created by /,
  /^exit status \d/,
  /^\[signal /,
  /^\s*\^+\s*$/,
]);

export type Part =
  | { readonly kind: 'head' }
  | { readonly kind: 'frame' }
  | { readonly kind: 'cause'; readonly text: string }
  | { readonly kind: 'between' };

/** What a line is of a stack trace; undefined where it is none of it. */
export function partOf(line: string): Part | undefined {
  const start = line.length > 600 ? line.slice(0, 600) : line;
  const text = cause.exec(start)?.[1];
  if (text) return { kind: 'cause', text };
  if (frames.test(start)) return { kind: 'frame' };
  if (between.test(start)) return { kind: 'between' };
  return heads.test(start) ? { kind: 'head' } : undefined;
}

/** What ends a Python trace, and names it: `ValueError: …`. */
export const isPythonEnd = (line: string): boolean =>
  /^(?:[\w]+\.)*[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit|Iteration)\b/.test(line);

export const isPythonHead = (line: string): boolean => line.includes('Traceback (most recent call last):');

/** Whether a line begins a trace; for the many that begin an entry, and are nothing else. */
export const isHead = (line: string): boolean => heads.test(line.length > 600 ? line.slice(0, 600) : line);
