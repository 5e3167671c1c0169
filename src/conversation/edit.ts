/** What colleagues note down about a case: priority, category, tags, the desk's own fields, and the cases it belongs with. */
import { type Fields, fieldsOf } from './escalation.ts';
import { decidePriority, isOpen, type Prioritized } from './handoff.ts';
import { subjectLength } from './message.ts';
import { Rejected } from './rejected.ts';
import type { DeskRules } from './rules.ts';
import type { Conversation, Link, Priority, Ticket } from './state.ts';
import type { World } from './world.ts';

/** Only what changed. */
export interface Edited {
  readonly type: 'edited';
  readonly subject?: string;
  /** Null: none any more. */
  readonly category?: string | null;
  readonly tags?: readonly string[];
  /** By field id; an empty value takes it away. */
  readonly fields?: Fields;
}

/** The two cases have to do with each other; said in both. */
export interface Linked {
  readonly type: 'linked';
  readonly link: Link;
}

export type EditEvent = Edited | Linked;

export interface Edit extends Omit<Edited, 'type'> {
  readonly type: 'edit';
  readonly priority?: string;
}

export interface LinkTicket {
  readonly type: 'link';
  readonly link: Link;
}

const priorities = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Priority[];

/** Of a case: tags kept, characters of one, links kept. */
const most = { tags: 20, tag: 40, links: 50 } as const;

/** @throws Rejected `not-open` when no case is open; `invalid`, saying what is allowed. */
export function decideEdit(c: Conversation, command: Edit, w: World): (Edited | Prioritized)[] {
  if (!isOpen(c.ticket)) throw new Rejected('not-open', 'There is no open case to change.');
  const { subject, category, tags, fields } = command;
  const event: Edited = {
    type: 'edited',
    ...(subject === undefined ? {} : { subject: subjectOf(subject) }),
    ...(category === undefined ? {} : { category: categoryOf(category, w.rules) }),
    ...(tags === undefined ? {} : { tags: tagsOf(tags) }),
    ...(fields === undefined ? {} : { fields: editedFields(fields, w.rules) }),
  };
  const raised = command.priority === undefined ? [] : decidePriority(c, priorityOf(command.priority), w);
  return [...(changesAnything(c.ticket, event) ? [event] : []), ...raised];
}

function subjectOf(given: string): string {
  const subject = given.trim().slice(0, subjectLength);
  if (!subject) throw new Rejected('invalid', 'subject: say in a few words what it is about.');
  return subject;
}

function priorityOf(given: string): Priority {
  const priority = priorities.find((known) => known === given);
  if (!priority)
    throw new Rejected('invalid', `priority: one of ${priorities.join(', ')}.`, null, { allowed: [...priorities] });
  return priority;
}

function categoryOf(given: string | null, rules: DeskRules): string | null {
  const known = rules.tickets.categories.map(({ id }) => id);
  if (given !== null && !known.includes(given))
    throw new Rejected('invalid', `category: one of ${known.join(', ') || '(desk.yaml has none)'}.`, null, {
      allowed: known,
    });
  return given;
}

function tagsOf(given: readonly string[]): string[] {
  const tags = [...new Set(given.map((tag) => tag.normalize('NFKC').trim().toLowerCase()).filter(Boolean))];
  if (tags.length > most.tags) throw new Rejected('invalid', `tags: at most ${most.tags}.`);
  const long = tags.find((tag) => tag.length > most.tag);
  if (long) throw new Rejected('invalid', `tags: each at most ${most.tag} characters.`);
  return tags;
}

/** Checked one by one: nobody must fill in all fields to correct one. */
function editedFields(given: Fields, rules: DeskRules): Fields {
  const asked = rules.tickets.fields.map((field) => ({ ...field, required: false }));
  const emptied = Object.keys(given).filter((id) => (given[id] ?? '').trim() === '');
  return { ...Object.fromEntries(emptied.map((id) => [id, ''])), ...fieldsOf(asked, given) };
}

const changesAnything = (ticket: Ticket, { type: _, ...changes }: Edited): boolean =>
  Object.entries(changes).some(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(ticket[key as keyof Ticket] ?? null),
  );

export function evolveEdited(c: Conversation, event: Edited): Conversation {
  if (!c.ticket) return c;
  const { subject, category, tags, fields } = event;
  const { category: before, ...ticket } = c.ticket;
  const now = category === undefined ? before : (category ?? undefined);
  const merged = Object.fromEntries(
    Object.entries({ ...ticket.fields, ...fields }).filter(([, value]) => value !== ''),
  );
  return {
    ...c,
    ticket: {
      ...ticket,
      ...(subject === undefined ? {} : { subject }),
      ...(tags === undefined ? {} : { tags }),
      ...(now === undefined ? {} : { category: now }),
      ...(fields ? { fields: merged } : {}),
    },
  };
}

/** @throws Rejected `not-open` where there is no case; `invalid` for a case linked to itself, or too many. */
export function decideLink(c: Conversation, { link }: LinkTicket): Linked[] {
  if (!c.ticket) throw new Rejected('not-open', 'There is no case here.');
  if (link.ticket === c.ticket.number) throw new Rejected('invalid', 'ticket: a case cannot be linked to itself.');
  const links = c.ticket.links ?? [];
  if (links.some((known) => known.ticket === link.ticket && known.relation === link.relation)) return [];
  if (links.length >= most.links) throw new Rejected('invalid', `A case has at most ${most.links} links.`);
  return [{ type: 'linked', link }];
}

export function evolveLinked(c: Conversation, { link }: Linked): Conversation {
  return c.ticket ? { ...c, ticket: { ...c.ticket, links: [...(c.ticket.links ?? []), link] } } : c;
}
