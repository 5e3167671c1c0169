/** One dialog file's text → the dialog, or what is wrong with it and where. */
import { createHash } from 'node:crypto';
import type { Language } from '../conversation/language.ts';
import type { Problem } from '../understanding/understanding.ts';
import { isSameProblem, readYaml, valueAt } from '../understanding/yaml-text.ts';
import { checkDialog } from './check.ts';
import type { Choice, Dialog, End, Source, Step, Validation } from './dialog.ts';
import { explain, type Fault } from './explain.ts';
import { type Expression, ExpressionError, parseExpression } from './expression.ts';
import { type DialogContent, dialogFile, type EndContent, type StepContent } from './format.ts';
import type { Lead } from './leads.ts';

export interface ParsedDialog {
  /** Undefined where there are problems. */
  readonly dialog: Dialog | undefined;
  readonly problems: readonly Problem[];
  /** Entries of the FAQ that it ends with. */
  readonly leads: readonly Lead[];
  /** Its id as far as it can be read. */
  readonly id: string | undefined;
  /** A problem at the dialog's id. */
  atId(message: string): Problem;
}

/** @param path as it is to be shown. Never throws. */
export function parseDialog(path: string, text: string): ParsedDialog {
  const yaml = readYaml(path, text);
  const { content, at } = yaml;
  const problems: Problem[] = [...yaml.problems];
  const id = valueAt(content, ['id']);
  const atId = (message: string) => at(yaml.markOf({ path: ['id'] }), message);
  const add = (fault: Fault) => {
    const mark = yaml.markOf(fault);
    // A condition in quotes begins one character after its value.
    const inside = fault.offset === undefined ? 0 : fault.offset + (/["']/.test(text[mark] ?? '') ? 1 : 0);
    const problem = at(mark + inside, fault.message);
    if (!problems.some((other) => isSameProblem(other, problem))) problems.push(problem);
  };
  let dialog: Dialog | undefined;
  const leads: Lead[] = [];
  if (content !== undefined) {
    const read = dialogFile.safeParse(content);
    if (!read.success)
      for (const issue of read.error.issues) explain(issue, (way) => valueAt(content, way)).forEach(add);
    else {
      const faults: Fault[] = [];
      dialog = toDialog(read.data, faults);
      [...faults, ...checkDialog(dialog, read.data)].forEach(add);
      for (const [i, { entry }] of dialog.end.entries()) {
        if (entry === undefined) continue;
        const path = Array.isArray(read.data.end) ? ['end', i, 'entry'] : ['end', 'entry'];
        const { message: _, ...place } = at(yaml.markOf({ path }), '');
        leads.push({ ...place, dialog: dialog.id, entry });
      }
    }
  }
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return {
    dialog: problems.length === 0 ? dialog : undefined,
    problems,
    leads,
    id: typeof id === 'string' ? id : undefined,
    atId,
  };
}

const hashOf = (content: DialogContent) =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);

function toDialog(content: DialogContent, faults: Fault[]): Dialog {
  const condition = (text: string | undefined, path: readonly PropertyKey[]): Expression | undefined => {
    if (text === undefined) return undefined;
    try {
      return parseExpression(text);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      faults.push({ path: [...path, 'when'], offset: error.at, message: `when: ${error.message}` });
      return undefined;
    }
  };
  const ends = Array.isArray(content.end) ? content.end : [content.end];
  return {
    id: content.id,
    version: hashOf(content),
    title: content.title,
    summary: content.summary !== 'false',
    steps: content.steps.map((step, i) => toStep(step, condition(step.when, ['steps', i]))),
    end: ends.map((end, i) => toEnd(end, condition(end.when, Array.isArray(content.end) ? ['end', i] : ['end']))),
  };
}

function toStep(content: StepContent, when: Expression | undefined): Step {
  const { id, ask, type, find } = content;
  const common = { id, ask, ...(when ? { when } : {}) };
  if (type === 'say') return { ...common, type };
  const question = {
    ...common,
    ...(content.label ? { label: content.label } : {}),
    required: content.required === 'true',
    prefill: [content.prefill ?? []].flat() as Source[],
    validate: toValidation(content.validate),
    suggest: content.suggest ?? {},
  };
  if (type === 'choice') return { ...question, type, choices: (content.choices ?? []).map(toChoice) };
  if (type === 'confirm')
    return {
      ...question,
      type,
      ...(content.solved ? { solved: content.solved === 'yes' || content.solved === 'true' } : {}),
    };
  return type === 'text' ? { ...question, type, ...(find ? { find } : {}) } : { ...question, type };
}

function toChoice({ value, label, keywords, solved }: NonNullable<StepContent['choices']>[number]): Choice {
  const languages: readonly Language[] = ['en', 'ja'];
  return { value, label, keywords: languages.flatMap((l) => keywords?.[l] ?? []), solved: solved === 'true' };
}

function toValidation(content: StepContent['validate']): Validation {
  const { pattern, min, max, only, message } = content ?? {};
  return {
    ...(pattern ? { pattern } : {}),
    ...(min === undefined ? {} : { min: Number(min) }),
    ...(max === undefined ? {} : { max: Number(max) }),
    ...(only ? { only } : {}),
    ...(message ? { message } : {}),
  };
}

function toEnd({ then, tier, skills, priority, entry, text }: EndContent, when: Expression | undefined): End {
  return {
    ...(when ? { when } : {}),
    leads: then,
    ...(tier ? { tier: Number(tier) as 1 | 2 | 3 } : {}),
    ...(skills ? { skills } : {}),
    ...(priority ? { priority } : {}),
    ...(entry ? { entry } : {}),
    ...(text ? { text } : {}),
  };
}
