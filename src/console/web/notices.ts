/** What the events of a case say, as one sentence each and the facts that go with it. */
import type { Bilingual } from '../../conversation/language.ts';
import type { Rules } from './case-model.ts';
import { type Say, sayIfKnown } from './context.ts';
import type { Entry } from './model.ts';
import { formatClock } from './waiting.ts';

export interface Notice {
  readonly what: string;
  readonly more: readonly string[];
  /** Something that somebody must look at. */
  readonly bad?: true;
}

/** The label that the desk's rules give an id; the id itself where they have none any more. */
const labelOf = (
  known: readonly { readonly id: string; readonly label: Bilingual }[] | undefined,
  id: string,
  say: Say,
) => known?.find((one) => one.id === id)?.label[say.language] ?? id;

export const codeText = (code: string, rules: Rules | null, say: Say): string => {
  const own = rules?.codes.find(({ id }) => id === code);
  return own ? own.label[say.language] : sayIfKnown(say, `code.${code}`, code);
};

export const categoryText = (id: string, rules: Rules | null, say: Say): string => labelOf(rules?.categories, id, say);

export const targetText = (to: string, say: Say): string => sayIfKnown(say, `target.${to}`, to);

/** A field's name and its value as people read it: a choice by its label, yes and no in words. */
export function fieldText(
  id: string,
  value: string,
  fields: Rules['fields'] | undefined,
  say: Say,
): readonly [name: string, value: string] {
  const field = fields?.find((one) => one.id === id);
  const words =
    field?.type === 'choice'
      ? labelOf(field.choices, value, say)
      : field?.type === 'confirm' && (value === 'yes' || value === 'no')
        ? say(value)
        : value;
  return [field?.label[say.language] ?? id, words];
}

/**
 * Undefined for what is no event of a case.
 * @param name who did it
 * @param now ms since 1970
 */
export function caseNotice(entry: Entry, name: string, rules: Rules | null, say: Say, now: number): Notice | undefined {
  const pair = (what: string, value: string) => say('changedTo', { what, value });
  const target = typeof entry.to === 'string' ? targetText(entry.to, say) : '';
  switch (entry.type) {
    case 'queued':
      return entry.reason === 'intake' ? { what: say('notice.taken-in', { name }), more: [] } : undefined;
    case 'resolved': {
      const { role } = entry.by;
      const key = role === 'agent' ? 'notice.resolved' : 'notice.resolved-desk';
      const code = entry.code ? codeText(entry.code, rules, say) : '';
      return { what: say(key, { name }), more: [code, entry.summary ?? ''].filter(Boolean) };
    }
    case 'sla-warned':
    case 'sla-breached': {
      const clock = sayIfKnown(say, `clockFor.${entry.clock}`, String(entry.clock));
      const what = say(`notice.${entry.type}`, { clock });
      return entry.type === 'sla-breached' ? { what, more: [], bad: true } : { what, more: [] };
    }
    case 'escalated': {
      const asked = rules?.escalation[entry.to as keyof Rules['escalation']]?.fields;
      const fields = Object.entries(entry.fields ?? {}).map(([id, value]) => pair(...fieldText(id, value, asked, say)));
      return { what: say('notice.escalated', { name, target }), more: [entry.reason ?? '', ...fields].filter(Boolean) };
    }
    case 'updated': {
      const team = targetText(entry.from ?? '', say);
      const key = `notice.updated-${entry.status ?? 'in-progress'}` as const;
      return { what: say(key, { team }), more: entry.text ? [entry.text] : [] };
    }
    case 'edited':
      return { what: say('notice.edited', { name }), more: changesIn(entry, rules, say) };
    case 'linked': {
      const { ticket = '', relation } = entry;
      const key = relation === 'duplicate-of' || relation === 'duplicated-by' ? (`-${relation}` as const) : '';
      return { what: say(`notice.linked${key}`, { ticket }), more: [] };
    }
    case 'closing-warned': {
      const time = entry.closesAt ? formatClock(Date.parse(entry.closesAt), now, say.language) : '';
      return { what: say('notice.closing-warned', { time }), more: [] };
    }
    case 'rated':
      return { what: say('notice.rated', { score: entry.score ?? '' }), more: entry.comment ? [entry.comment] : [] };
    case 'webhook-failed': {
      const isDead = entry.nextAt === null || entry.nextAt === undefined;
      const more = entry.reason ? [entry.reason] : [];
      if (!isDead) return { what: say('notice.webhook-failed', { target }), more };
      return { what: say('notice.webhook-dead', { target }), more, bad: true };
    }
    case 'webhook-retried':
      return { what: say('notice.webhook-retried', { name }), more: [] };
    default:
      return undefined;
  }
}

function changesIn({ subject, category, tags, fields = {} }: Entry, rules: Rules | null, say: Say): readonly string[] {
  const pair = (what: string, value: string) => say('changedTo', { what, value: value || say('removed') });
  return [
    ...(subject === undefined ? [] : [pair(say('subject'), subject)]),
    ...(category === undefined
      ? []
      : [pair(say('category'), category === null ? '' : categoryText(category, rules, say))]),
    ...(tags === undefined ? [] : [pair(say('tags'), tags.join(say('comma')))]),
    ...Object.entries(fields).map(([id, value]) => pair(...fieldText(id, value, rules?.fields, say))),
  ];
}
