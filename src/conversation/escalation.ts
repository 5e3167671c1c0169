/**
 * A case goes on to those who can do more: to a higher tier of the desk, or out of it, to repair, the field or the developers. It keeps its
 * number and its timeline; each target asks for its own fields, and refuses without them by name.
 */
import { stopAwaiting } from './awaiting.ts';
import { withoutConsulted } from './consult.ts';
import { dueAtOf } from './due.ts';
import { isOpen } from './handoff.ts';
import { requireOwner } from './message.ts';
import type { Outgoing } from './outbox.ts';
import { Rejected } from './rejected.ts';
import { type EscalationTarget, escalationTargets, type Field } from './rules.ts';
import type { Conversation, Phase } from './state.ts';
import type { World } from './world.ts';

/** A team out of the desk's own tiers. */
export type OutsideTeam = Exclude<EscalationTarget, 'tier2' | 'tier3'>;

export const outsideTeams = ['repair', 'field', 'developers'] as const satisfies readonly OutsideTeam[];

/** Values by the field's id, as they were given; of a choice its id. */
export type Fields = { readonly [id: string]: string };

export interface Escalated {
  readonly type: 'escalated';
  readonly to: EscalationTarget;
  readonly reason: string;
  readonly fields: Fields;
  /** Where it waits again: by when it should be taken up, ms. Absent when it leaves the desk. */
  readonly dueAt?: number;
  /** Id of the webhook message that tells the team; absent where the desk tells them itself. */
  readonly webhook?: string;
}

/** A team outside the desk says how it stands. */
export interface Updated {
  readonly type: 'updated';
  readonly from: OutsideTeam;
  readonly status: UpdateStatus;
  readonly text: string;
}

export const updateStatuses = ['accepted', 'in-progress', 'done', 'returned'] as const;
/** `done` and `returned` bring the case back to the desk. */
export type UpdateStatus = (typeof updateStatuses)[number];

export interface Escalate {
  readonly type: 'escalate';
  readonly agent: string;
  readonly epoch?: number;
  readonly to: string;
  readonly reason: string;
  readonly fields: Fields;
  /** For the webhook message, should one be due. */
  readonly messageId: string;
}

export interface Update {
  readonly type: 'update';
  readonly from: OutsideTeam;
  readonly status: UpdateStatus;
  readonly text: string;
}

const longest = { reason: 2_000, field: 4_000 } as const;

const isOutside = (target: EscalationTarget): target is OutsideTeam => target !== 'tier2' && target !== 'tier3';

const tierOf = (target: EscalationTarget): 2 | 3 | undefined =>
  target === 'tier2' ? 2 : target === 'tier3' ? 3 : undefined;

/** @throws Rejected `not-owner`; `invalid`, with the fields that are `missing` or wrong, by name. */
export function decideEscalate(c: Conversation, command: Escalate, w: World): [Escalated] {
  requireOwner(c, command.agent, command.epoch);
  const to = escalationTargets.find((target) => target === command.to);
  if (!to)
    throw new Rejected('invalid', `to: "${command.to}" is none of ${escalationTargets.join(', ')}.`, null, {
      allowed: [...escalationTargets],
    });
  const tier = tierOf(to);
  if (tier && c.ticket && c.ticket.tier >= tier)
    throw new Rejected('invalid', `to: the case is with tier ${c.ticket.tier} already.`);
  const reason = command.reason.trim().slice(0, longest.reason);
  if (!reason)
    throw new Rejected('invalid', 'reason: say in a sentence why it goes on.', null, { missing: ['reason'] });
  const { fields: asked, webhook } = w.rules.escalation[to];
  const fields = fieldsOf(asked, command.fields);
  return [
    {
      type: 'escalated',
      to,
      reason,
      fields,
      ...(tier && c.ticket ? { dueAt: dueAtOf(c, { priority: c.ticket.priority, tier }, w.now, w) } : {}),
      ...(webhook ? { webhook: command.messageId } : {}),
    },
  ];
}

/** @throws Rejected `invalid`, naming all that is missing or not as asked. */
export function fieldsOf(asked: readonly Field[], given: Fields): Fields {
  const unknown = Object.keys(given).filter((id) => !asked.some((field) => field.id === id));
  if (unknown.length > 0)
    throw new Rejected(
      'invalid',
      `fields: ${unknown.join(', ')}: not known; known are ${asked.map(({ id }) => id).join(', ') || 'none'}.`,
      null,
      {
        unknown,
        allowed: asked.map(({ id }) => id),
      },
    );
  const values = asked.map((field) => [field, (given[field.id] ?? '').trim().slice(0, longest.field)] as const);
  const missing = values.filter(([field, value]) => field.required && value === '').map(([{ id }]) => id);
  if (missing.length > 0)
    throw new Rejected('invalid', `fields: ${missing.join(', ')} must be filled in.`, null, { missing });
  const wrong = values.filter(([field, value]) => value !== '' && !isAsAsked(field, value));
  if (wrong.length > 0)
    throw new Rejected('invalid', wrong.map(([field]) => `fields.${field.id}: ${allowed(field)}.`).join(' '), null, {
      wrong: wrong.map(([{ id }]) => id),
    });
  return Object.fromEntries(values.flatMap(([{ id }, value]) => (value === '' ? [] : [[id, value]])));
}

function isAsAsked(field: Field, value: string): boolean {
  switch (field.type) {
    case 'text':
      return true;
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value);
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
    case 'choice':
      return field.choices?.some(({ id }) => id === value) ?? false;
    case 'confirm':
      return value === 'yes' || value === 'no';
  }
}

const allowed = (field: Field): string =>
  ({
    text: 'a text',
    number: 'a number',
    date: 'a date such as 2026-04-30',
    choice: `one of ${field.choices?.map(({ id }) => id).join(', ') ?? ''}`,
    confirm: 'yes or no',
  })[field.type];

export function evolveEscalated(c: Conversation, event: Escalated, at: number): Conversation {
  if (!c.ticket) return c;
  const { to, reason, fields, dueAt, webhook } = event;
  const tier = tierOf(to);
  const ticket = { ...c.ticket, ...(tier ? { tier } : {}), escalation: { to, at, reason, fields } };
  const letter: Outgoing | undefined = webhook ? { id: webhook, to, failures: 0, nextAt: at } : undefined;
  const outbox = letter ? { outbox: [...(c.outbox ?? []), letter] } : {};
  const phase: Phase = isOutside(to)
    ? { at: 'outside', team: to, since: at }
    : { at: 'queued', since: at, dueAt: dueAt ?? at };
  return stopAwaiting(withoutConsulted({ ...c, ticket, ...outbox, phase, memory: null }));
}

/** @throws Rejected `not-open` when the case is closed; `invalid` when no such team has had it, or nothing is said. */
export function decideUpdate(c: Conversation, command: Update): [Updated] {
  const text = command.text.trim().slice(0, longest.field);
  if (!isOpen(c.ticket)) throw new Rejected('not-open', 'This case is closed.');
  if (c.ticket.escalation?.to !== command.from) throw new Rejected('invalid', `This case is not with ${command.from}.`);
  if (!text && command.status === 'in-progress') throw new Rejected('invalid', 'text: an update says how it stands.');
  return [{ type: 'updated', from: command.from, status: command.status, text }];
}

/** Whether the case comes back to the desk with it. */
export const isBack = ({ status }: Updated): boolean => status === 'done' || status === 'returned';

/** Done or returned, it waits for whoever closes it, first in line by the time it left. */
export function evolveUpdated(c: Conversation, event: Updated): Conversation {
  if (c.phase.at !== 'outside' || !isBack(event)) return c;
  return { ...c, phase: { at: 'queued', since: c.phase.since, dueAt: c.phase.since } };
}
