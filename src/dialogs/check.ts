/** What the structure alone cannot tell: whether the parts of a dialog fit each other. */
import { nearest } from '../understanding/nearest.ts';
import type { Dialog, Step } from './dialog.ts';
import type { Fault } from './explain.ts';
import { type Expression, type Operand, operandsOf } from './expression.ts';
import { type DialogContent, longestAnswer, type StepContent } from './format.ts';
import { patternFault } from './pattern.ts';

/** @param dialog of `content`, which has passed the schema; a condition that could not be read is absent in it. */
export function checkDialog(dialog: Dialog, content: DialogContent): Fault[] {
  return [
    ...content.steps.flatMap((step, i) => checkStep(step, ['steps', i])),
    ...twice(
      content.steps.map((step) => step.id),
      (i) => ['steps', i, 'id'],
    ),
    ...dialog.steps.flatMap((step, i) => checkWhen(step.when, ['steps', i], dialog.steps, i)),
    ...checkEnd(dialog, content),
  ];
}

/** Which settings a type of step may have besides id, ask, type and when. */
const settings: Readonly<Record<StepContent['type'], readonly (keyof StepContent)[]>> = {
  choice: ['choices', 'label', 'prefill', 'required'],
  text: ['label', 'prefill', 'required', 'validate', 'suggest', 'find'],
  number: ['label', 'required', 'validate', 'suggest'],
  date: ['label', 'required', 'validate', 'suggest'],
  confirm: ['label', 'prefill', 'required', 'solved'],
  attachment: ['label', 'required'],
  say: [],
};
const common: readonly string[] = ['id', 'ask', 'type', 'when'];
const validations: Readonly<Partial<Record<StepContent['type'], readonly string[]>>> = {
  text: ['pattern', 'min', 'max', 'message'],
  number: ['min', 'max', 'message'],
  date: ['only', 'message'],
};

function checkStep(step: StepContent, path: readonly PropertyKey[]): Fault[] {
  const faults: Fault[] = [];
  const { type, choices, validate, find } = step;
  for (const key of Object.keys(step))
    if (!common.includes(key) && !settings[type].includes(key as keyof StepContent))
      faults.push({
        path,
        key,
        message: `a step of type ${type} has no "${key}"; allowed here: ${[...common, ...settings[type]].join(', ')}`,
      });
  if (type === 'choice' && !choices) faults.push({ path, message: '"choices" is missing; a choice needs them' });
  faults.push(
    ...twice(
      (choices ?? []).map((choice) => choice.value),
      (i) => [...path, 'choices', i, 'value'],
    ),
  );
  for (const key of Object.keys(validate ?? {})) {
    const allowed = validations[type] ?? [];
    if (allowed.length > 0 && !allowed.includes(key))
      faults.push({
        path: [...path, 'validate'],
        key,
        message: `"${key}" does not apply to a ${type}; allowed here: ${allowed.join(', ')}`,
      });
  }
  const { pattern, min, max } = validate ?? {};
  if (min !== undefined && max !== undefined && Number(min) > Number(max))
    faults.push({ path: [...path, 'validate', 'min'], message: `min ${min} is more than max ${max}` });
  if (type === 'text' && Number(max ?? 0) > longestAnswer)
    faults.push({ path: [...path, 'validate', 'max'], message: `found ${max}; allowed are up to ${longestAnswer}` });
  const patterns = [
    [pattern, [...path, 'validate', 'pattern']],
    [find, [...path, 'find']],
  ] as const;
  for (const [text, where] of patterns) {
    const fault = text === undefined ? undefined : patternFault(text);
    if (fault) faults.push({ path: where, message: `${String(where.at(-1))}: ${fault}` });
  }
  return faults;
}

function twice(names: readonly string[], at: (i: number) => readonly PropertyKey[]): Fault[] {
  return names.flatMap((name, i) =>
    names.indexOf(name) < i ? [{ path: at(i), message: `"${name}" is used twice; allowed is a name of its own` }] : [],
  );
}

function checkEnd(dialog: Dialog, content: DialogContent): Fault[] {
  const list = Array.isArray(content.end);
  return dialog.end.flatMap((end, i) => {
    const path = list ? ['end', i] : ['end'];
    const faults = checkWhen(end.when, path, dialog.steps, dialog.steps.length);
    const has = (list ? (content.end as { when?: string }[])[i] : (content.end as { when?: string }))?.when;
    const last = i === dialog.end.length - 1;
    if (last && has !== undefined)
      faults.push({ path, key: 'when', message: 'the last ending has no condition: it is for all that is left' });
    if (!last && has === undefined)
      faults.push({ path, message: 'an ending without "when" is always taken: the ones after it are never reached' });
    const needs = { answer: 'entry', say: 'text', handoff: undefined }[end.leads];
    if (needs && end[needs as 'entry' | 'text'] === undefined)
      faults.push({ path, message: `"${needs}" is missing; an ending with "then: ${end.leads}" needs it` });
    const goes = { answer: ['entry', 'text'], say: ['text'], handoff: ['tier', 'skills', 'priority', 'text'] }[
      end.leads
    ];
    for (const key of ['tier', 'skills', 'priority', 'entry', 'text'] as const)
      if (end[key] !== undefined && !goes.includes(key))
        faults.push({ path, key, message: `"${key}" has no meaning with "then: ${end.leads}"` });
    return faults;
  });
}

/** A condition asks only earlier steps, and compares each with what it can be. */
function checkWhen(
  when: Expression | undefined,
  path: readonly PropertyKey[],
  steps: readonly Step[],
  before: number,
): Fault[] {
  if (!when) return [];
  const fault = (operand: Operand, message: string): Fault => ({
    path: [...path, 'when'],
    offset: operand.at,
    message: `when: ${message}`,
  });
  const known = steps.slice(0, before).filter((step) => step.type !== 'say');
  const faults: Fault[] = [];
  for (const operand of operandsOf(when)) {
    if (operand.kind !== 'step' || known.some((step) => step.id === operand.id)) continue;
    const other = steps.find((step) => step.id === operand.id);
    const meant = nearest(
      operand.id,
      known.map((step) => step.id),
    );
    faults.push(
      fault(
        operand,
        other?.type === 'say'
          ? `step "${operand.id}" asks nothing, so it has no answer`
          : other
            ? `step "${operand.id}" comes later; allowed are steps before this one`
            : `there is no step "${operand.id}"${meant ? `; did you mean "${meant}"?` : ''}`,
      ),
    );
  }
  if (faults.length > 0) return faults;
  const stepOf = (operand: Operand) =>
    operand.kind === 'step' ? known.find((step) => step.id === operand.id) : undefined;
  const compared = (one: Operand, other: Operand, operator: string): void => {
    const step = stepOf(one);
    if (!step || other.kind !== 'literal') return;
    const wrong = mismatch(step, other.value, operator);
    if (wrong) faults.push(fault(other, wrong));
  };
  const walk = (part: Expression): void => {
    switch (part.kind) {
      case 'or':
      case 'and':
        walk(part.left);
        walk(part.right);
        return;
      case 'not':
        walk(part.of);
        return;
      case 'is': {
        const step = stepOf(part.of);
        if (step && step.type !== 'confirm' && step.type !== 'attachment')
          faults.push(
            fault(part.of, `step "${step.id}" is a ${step.type}, not a yes or no; compare it, as in ${step.id} == …`),
          );
        if (part.of.kind === 'literal' && typeof part.of.value !== 'boolean')
          faults.push(fault(part.of, 'a value alone is no condition; compare it with a step'));
        return;
      }
      case 'in':
        for (const item of part.list) compared(part.left, item, '==');
        return;
      case 'compare':
        compared(part.left, part.right, part.operator);
        compared(part.right, part.left, part.operator);
    }
  };
  walk(when);
  return faults;
}

/** Why a step can never be compared with a value; undefined where it can. */
function mismatch(step: Step, value: string | number | boolean, operator: string): string | undefined {
  const ordered = operator !== '==' && operator !== '!=';
  switch (step.type) {
    case 'choice': {
      if (ordered) return `step "${step.id}" is a choice, which has no order; allowed are == != and in`;
      const values = step.choices.map((choice) => choice.value);
      if (values.includes(String(value)) && typeof value === 'string') return undefined;
      const meant = nearest(String(value), values);
      return `step "${step.id}" has no choice '${value}'${meant ? `; did you mean '${meant}'?` : `; allowed are ${values.map((v) => `'${v}'`).join(', ')}`}`;
    }
    case 'number':
      return typeof value === 'number' ? undefined : `step "${step.id}" is a number; compare it with one`;
    case 'confirm':
    case 'attachment':
      return typeof value === 'boolean' && !ordered
        ? undefined
        : `step "${step.id}" is ${step.type === 'confirm' ? 'a yes or no' : 'there or not'}; compare it with true or false`;
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)
        ? undefined
        : `step "${step.id}" is a date; compare it with one such as '2026-01-31'`;
    case 'text':
      if (typeof value !== 'string') return `step "${step.id}" is a text; compare it with one in quotes`;
      return ordered ? `step "${step.id}" is a text, which has no order; allowed are == != and in` : undefined;
    case 'say':
      return undefined;
  }
}
