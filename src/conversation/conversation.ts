/**
 * What a command leads to, or why it is refused. Each role has its file: message, handoff, ownership, ticket, turn, delivery and more;
 * here they meet. What the events then change is in the fold.
 */
import { decideClocks } from './clocks.ts';
import { type Advise, type Consult, decideAdvise, decideConsult } from './consult.ts';
import { decideKnowCustomer, type KnowCustomer } from './customer.ts';
import type { DeliveryEvent } from './delivery.ts';
import { decideEdit, decideLink, type Edit, type LinkTicket } from './edit.ts';
import { decideEscalate, decideUpdate, type Escalate, isBack, type Update } from './escalation.ts';
import type { Body, Opened } from './event.ts';
import { record } from './fold.ts';
import { decidePriority, isOpen } from './handoff.ts';
import { decideHours } from './hours.ts';
import { decideTakeIn, type TakeIn } from './intake.ts';
import { type Analyse, decideAnalyse } from './logs.ts';
import { decideReply, type Reply } from './message.ts';
import { type Decline, decideDecline, decideOffer, type Offer } from './offer.ts';
import { decideRetrySending, type OutboxEvent, type RetrySending } from './outbox.ts';
import {
  type Claim,
  decideClaim,
  decideLoseLease,
  decideRelease,
  decideReturn,
  type LoseLease,
  type Release,
  type Return,
} from './ownership.ts';
import { Rejected } from './rejected.ts';
import type { Channel, Conversation, Priority } from './state.ts';
import {
  decideNote,
  decideReopen,
  decideResolve,
  type Note,
  type Reopen,
  type Resolve,
  type Resolved,
} from './ticket.ts';
import { ticketName } from './ticket-name.ts';
import { decideTransfer, type Transfer } from './transfer.ts';
import { decideTurn, type Turn } from './turn.ts';
import { decideWake, type Wake } from './wake.ts';
import type { Decided, World } from './world.ts';

export interface Open extends Omit<Opened, 'type'> {
  readonly type: 'open';
}
/** The channel says how the visitor is reached now. */
export interface Reach {
  readonly type: 'reach';
  readonly channel: Channel;
}
/** Set for the open case. */
export interface Prioritize {
  readonly type: 'prioritize';
  readonly priority: Priority;
}
/** The delivery worker's report. */
export interface ReportDelivery {
  readonly type: 'report-delivery';
  readonly report: DeliveryEvent;
}

/** The webhook worker's report. */
export interface ReportSending {
  readonly type: 'report-sending';
  readonly event: OutboxEvent;
}

export type Command =
  | Open
  | Reach
  | KnowCustomer
  | Turn
  | Prioritize
  | Offer
  | Decline
  | Claim
  | LoseLease
  | Transfer
  | Consult
  | Advise
  | Reply
  | Release
  | Return
  | Resolve
  | Reopen
  | Note
  | Escalate
  | Update
  | Edit
  | LinkTicket
  | TakeIn
  | ReportDelivery
  | Analyse
  | ReportSending
  | RetrySending
  | Wake;

/** @throws Rejected when the conversation, as it stands, does not allow the command. */
export function decide(c: Conversation, command: Command, w: World): Decided[] {
  const decided = decideCommand(c, command, w);
  if (!isOpen(c.ticket) && !decided.some(({ body }) => opensCase.includes(body.type))) return decided;
  if (!startsClocks(c, decided)) return decided;
  const after = record(c, decided, w.now).next;
  const wrote = decided.some(({ body, by }) => body.type === 'message' && by.role === 'visitor');
  const follows = [...decideClocks(c, after, wrote, w), ...decideHours(after, w)];
  return [...decided, ...follows.map((body): Decided => ({ body, by: { role: 'desk' } }))];
}

/** What may begin a case's clocks; without one, a turn is spared the look. */
const opensCase: readonly Body['type'][] = ['queued', 'reopened'];

/** What neither begins nor shortens a clock, nor makes a case wait. */
const startsNothing: readonly Body['type'][] = ['message', 'claimed', 'resolved', 'noted', 'reminded', 'delivered'];

/** Whether the clocks and the hours must be asked at all: for them the decision is folded in. */
function startsClocks(c: Conversation, decided: readonly Decided[]): boolean {
  const waits = c.phase.at === 'queued' && decided[0]?.body.type !== 'claimed';
  return waits || decided.some(({ body, by }) => by.role === 'visitor' || !startsNothing.includes(body.type));
}

function decideCommand(c: Conversation, command: Command, w: World): Decided[] {
  const as = (bodies: readonly Body[]): Decided[] => bodies.map((body) => ({ body, by: w.by }));
  const say = (text: string): Decided => ({ body: { type: 'message', text, format: 'plain' }, by: { role: 'desk' } });
  const notices = w.notices[c.language];
  if (c.version === 0 && command.type !== 'open') throw new Rejected('not-open', 'There is no such conversation.');
  switch (command.type) {
    case 'open': {
      const { type: _, ...facts } = command;
      return c.version === 0 ? as([{ type: 'opened', ...facts }]) : [];
    }
    case 'reach':
      // Whoever writes into a thread by another door does not move the thread: its visitor is where they were.
      return c.channel.kind !== command.channel.kind || isSameChannel(c.channel, command.channel)
        ? []
        : as([{ type: 'reached', channel: command.channel }]);
    case 'know-customer':
      return as(decideKnowCustomer(c, command, w));
    case 'turn':
      return decideTurn(c, command, w);
    case 'claim': {
      const claimed = as(decideClaim(c, command, w));
      return claimed.length > 0 ? [...claimed, say(notices.claimed(command.agent))] : [];
    }
    case 'prioritize':
      return as(decidePriority(c, command.priority, w));
    case 'offer':
      return as(decideOffer(c, command, w));
    case 'decline':
      return as(decideDecline(c, command));
    case 'lose-lease': {
      const lost = as(decideLoseLease(c, command));
      return lost.length > 0 ? [...lost, say(notices.released())] : [];
    }
    case 'transfer': {
      const { to } = command;
      const told = 'agent' in to ? notices.claimed(to.agent) : notices.released();
      return [...as(decideTransfer(c, command, w)), say(told)];
    }
    case 'consult':
      return as(decideConsult(c, command));
    case 'advise':
      return as(decideAdvise(c, command));
    case 'reply':
      return as(decideReply(c, command));
    case 'release':
      return [...as(decideRelease(c, command)), say(notices.released())];
    case 'return':
      return [...as(decideReturn(c, command)), say(notices.returned())];
    case 'resolve': {
      const [resolved] = decideResolve(c, command, w.rules);
      return [...as([resolved]), closingNotice(c, resolved, w)];
    }
    case 'reopen':
      return [...as(decideReopen(c, w)), say(notices.reopened(ticketOf(c)))];
    case 'note':
      return as(decideNote(c, command));
    case 'escalate': {
      const [escalated] = decideEscalate(c, command, w);
      return [...as([escalated]), say(notices.escalated(ticketOf(c), escalated.to))];
    }
    case 'update': {
      const [updated] = decideUpdate(c, command);
      const told = [
        ...(updated.text ? [notices.updated(updated.from, updated.text)] : []),
        ...(isBack(updated) ? [notices.updatedBack(ticketOf(c))] : []),
      ];
      return [...as([updated]), ...(told.length > 0 ? [say(told.join('\n\n'))] : [])];
    }
    case 'edit':
      return as(decideEdit(c, command, w));
    case 'link':
      return as(decideLink(c, command));
    case 'take-in': {
      const [said, ...queued] = decideTakeIn(c, command, w);
      const { id, name } = c.visitor;
      return [{ body: said, by: { role: 'visitor', id, ...(name ? { name } : {}) } }, ...as(queued)];
    }
    case 'report-delivery':
      return as([command.report]);
    case 'analyse':
      return decideAnalyse(c, command, w);
    case 'report-sending':
      return as([command.event]);
    case 'retry-sending':
      return as(decideRetrySending(c, command));
    case 'wake':
      return decideWake(c, w);
  }
}

/** What the visitor reads at the end, and is asked. */
function closingNotice(c: Conversation, { asks }: Resolved, w: World): Decided {
  const { resolved, howWasIt, isItSolved, solved, notSolved } = w.notices[c.language];
  const text = resolved(ticketOf(c));
  const by = { role: 'desk' } as const;
  if (!asks) return { body: { type: 'message', text, format: 'plain' }, by };
  const scores = asks === 'confirm' ? [solved] : ['5', '4', '3', '2', '1'];
  const answers = [...scores, ...(w.rules.tickets.confirm ? [notSolved] : [])];
  const question = asks === 'confirm' ? isItSolved : howWasIt;
  const suggestedActions = answers.map((title) => ({ title, value: title }));
  return { body: { type: 'message', text: `${text}\n\n${question}`, format: 'plain', suggestedActions }, by };
}

const isSameChannel = (a: Channel, b: Channel): boolean => JSON.stringify(a) === JSON.stringify(b);

const ticketOf = (c: Conversation): string => (c.ticket ? ticketName(c.ticket.number) : '');
