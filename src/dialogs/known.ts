/** What is known before a question is asked: from the browser, the signed identity, or what the visitor has said already. */
import { type Dialog, isQuestion, longestTested, type Question } from './dialog.ts';
import { namedIn } from './mentions.ts';
import { findIn } from './pattern.ts';
import { type Answer, applicable, type Progress } from './progress.ts';

/** A browser's system, in the words of dialogs: `windows`, `macos`, `ios`, `android`, `linux`, with the version where it tells. */
export function systemOf(userAgent: string): { name: string; version?: string } | undefined {
  const number = (found: RegExpExecArray | null) => found?.[1]?.replace(/_/g, '.');
  const with_ = (name: string, version: string | undefined) => ({ name, ...(version ? { version } : {}) });
  if (/iPhone|iPad|iPod/.test(userAgent))
    return with_('ios', label('iOS', number(/OS (\d+(?:_\d+)?)/.exec(userAgent))));
  if (/Android/.test(userAgent))
    return with_('android', label('Android', number(/Android (\d+(?:\.\d+)?)/.exec(userAgent))));
  // Browsers say "10.0" for Windows 10 and 11 alike, and "10_15_7" for every newer macOS: no version is better than a wrong one.
  if (/Windows/.test(userAgent)) return { name: 'windows' };
  if (/Mac OS X|Macintosh/.test(userAgent)) return { name: 'macos' };
  if (/CrOS|Linux/.test(userAgent)) return { name: 'linux' };
  return undefined;
}

const label = (system: string, version: string | undefined) => version && `${system} ${version}`;

/** What a step's answer probably is; it is asked all the same, with this to confirm. */
export function guessOf(step: Question, known: Progress['known']): string | undefined {
  for (const source of step.prefill) {
    const fact = known[source];
    if (!fact || source.startsWith('identity.')) continue;
    if (source === 'question') return fact;
    const system = systemOf(fact);
    if (!system) continue;
    if (step.type === 'choice') {
      if (step.choices.some((choice) => choice.value === system.name)) return system.name;
    } else if (system.version) return system.version;
  }
  return undefined;
}

/** The signed identity's facts, as answers: nobody is asked for a name the website vouched for. */
export function vouched(dialog: Dialog, known: Progress['known']): Record<string, Answer> {
  const found: Record<string, Answer> = {};
  for (const step of dialog.steps.filter(isQuestion)) {
    const fact = step.prefill.filter((source) => source.startsWith('identity.')).flatMap((s) => known[s] ?? [])[0];
    if (fact !== undefined && step.type === 'text') found[step.id] = { value: fact, label: fact };
  }
  return found;
}

/**
 * What a sentence tells of the steps not answered yet. Of choices only where the author gave other ways to say them and none of
 * them ends the dialog, and nothing past an instruction: following it may have changed what was said before.
 */
export function toldBy(
  dialog: Dialog,
  answers: Progress['answers'],
  text: string,
  labelOf: (choice: Extract<Question, { type: 'choice' }>['choices'][number]) => string,
): Record<string, Answer> {
  let all = { ...answers };
  const found: Record<string, Answer> = {};
  for (const step of dialog.steps) {
    if (step.type === 'say') break;
    if (all[step.id] || !applicable(dialog, all).has(step.id)) continue;
    const answer = toldOf(step, text, labelOf);
    if (!answer) continue;
    found[step.id] = answer;
    all = { ...all, [step.id]: answer };
  }
  return found;
}

function toldOf(step: Question, text: string, labelOf: Parameters<typeof toldBy>[3]): Answer | undefined {
  if (step.type === 'text' && step.find) {
    const found = findIn(step.find, text.slice(0, longestTested))?.trim();
    return found ? { value: found, label: found } : undefined;
  }
  if (step.type !== 'choice') return undefined;
  if (step.choices.some((choice) => choice.solved) || step.choices.every((choice) => choice.keywords.length === 0))
    return undefined;
  const choice = namedIn(step.choices, text);
  return choice && { value: choice.value, label: labelOf(choice) };
}
