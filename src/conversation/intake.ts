/** A case that came another way: by phone, by mail, by a form. It waits in the same queue, under a number of the same kind. */
import { dueAtOf } from './due.ts';
import { isOpen, type Queued } from './handoff.ts';
import { type Message, subjectLength } from './message.ts';
import { Rejected } from './rejected.ts';
import type { Conversation, Priority } from './state.ts';
import type { World } from './world.ts';

export interface TakeIn {
  readonly type: 'take-in';
  readonly subject: string;
  /** What the customer said, in their words or the agent's. */
  readonly details: string;
  readonly tier?: 1 | 2 | 3 | undefined;
  readonly skills?: readonly string[] | undefined;
  readonly priority?: Priority | undefined;
}

/** @throws Rejected `invalid` for a case without a subject, or where one is open already. */
export function decideTakeIn(c: Conversation, command: TakeIn, w: World): [Message, Queued] {
  const { nextTicket } = w;
  if (isOpen(c.ticket)) throw new Rejected('invalid', 'A case is open here already.');
  if (nextTicket === undefined) throw new Error('decideTakeIn: a ticket number is needed and none was reserved');
  const subject = command.subject.trim().slice(0, subjectLength);
  if (!subject) throw new Rejected('invalid', 'subject: say in a few words what it is about.');
  const { tier = 1, skills = [], priority = 'normal' } = command;
  return [
    { type: 'message', text: command.details.trim() || subject, format: 'plain' },
    {
      type: 'queued',
      ticket: nextTicket,
      reason: 'intake',
      subject,
      tier,
      skills,
      priority,
      dueAt: dueAtOf(c, { priority, tier }, w.now, w),
    },
  ];
}
