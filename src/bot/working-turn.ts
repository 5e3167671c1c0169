/** What one turn of the bot gathers before anything is written or sent. */
import type { TurnContext } from 'botbuilder';
import type { HandoffRequest } from '../conversation/handoff.ts';
import type { Content, MessageEvent } from '../conversation/message.ts';
import type { Conversation, Json } from '../conversation/state.ts';
import type { Finding, Turn } from '../conversation/turn.ts';

/**
 * Number of the ticket that a hand-off in this turn goes on with or opens; the same one at every call and every attempt.
 * @param another the visitor says that it is another matter than the case that was closed.
 */
export type TicketNumber = (another?: boolean) => Promise<number>;

export class WorkingTurn {
  /** As it was read at the start of this attempt. */
  readonly conversation: Conversation;
  inbound: MessageEvent | undefined;
  readonly replies: Content[] = [];
  readonly findings: Finding[] = [];
  memory: Json | undefined;
  handoff: HandoffRequest | undefined;
  leaveQueue = false;
  /** Said by the desk itself, whoever has the conversation. */
  readonly notices: string[] = [];
  /** For the log: which way the turn went. */
  route = 'none';

  readonly ticketNumber: TicketNumber;

  constructor(conversation: Conversation, inbound: MessageEvent | undefined, ticketNumber: TicketNumber) {
    this.conversation = conversation;
    this.inbound = inbound;
    this.ticketNumber = ticketNumber;
  }

  /** The decision to commit, or undefined when the turn leaves nothing behind. */
  toCommand(): Turn | undefined {
    const { inbound, findings, replies, notices, memory, handoff, leaveQueue } = this;
    if (!inbound && replies.length === 0 && findings.length === 0 && memory === undefined && !handoff && !leaveQueue)
      return undefined;
    return {
      type: 'turn',
      ...(inbound ? { inbound } : {}),
      findings,
      replies,
      ...(notices.length > 0 ? { notices } : {}),
      ...(memory === undefined ? {} : { memory }),
      ...(handoff ? { handoff } : {}),
      leaveQueue,
    };
  }
}

const key = Symbol('working turn');

export function setWorkingTurn(context: TurnContext, turn: WorkingTurn): void {
  context.turnState.set(key, turn);
}

/** @throws Error outside a turn of the desk's adapter. */
export function workingTurn(context: TurnContext): WorkingTurn {
  const turn = context.turnState.get<WorkingTurn | undefined>(key);
  if (!turn) throw new Error('There is no turn under way in this context.');
  return turn;
}
