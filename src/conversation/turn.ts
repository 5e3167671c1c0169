import type { Collected } from './details.ts';
import { decideHandoff, decideLeaveQueue, type HandoffRequest, isOpen } from './handoff.ts';
import type { Analysed, ToAnalyse } from './logs.ts';
import type { Content, Message, MessageEvent } from './message.ts';
import { Rejected } from './rejected.ts';
import { type Felt, higher, priorityOf, sentimentAfter } from './sentiment.ts';
import type { Actor, Conversation, Json } from './state.ts';
import type { SurveyEvent } from './survey.ts';
import type { World } from './world.ts';

/** What the bot made of the visitor's words. Never holds the words. */
export interface Matched {
  readonly type: 'matched';
  readonly decision: 'answer' | 'choose' | 'handoff';
  readonly confidence: number;
  /** Surest first. */
  readonly matches: readonly { readonly id: string; readonly confidence: number }[];
}

/** The bot replied with this entry's answer. */
export interface Answered {
  readonly type: 'answered';
  readonly entry: string;
  readonly confidence: number;
}

/** What the visitor said of the answer. */
export interface Feedback {
  readonly type: 'feedback';
  readonly entry: string;
  readonly helped: boolean;
}

/** What the bot must know at the next turn; replaces what it knew. */
export interface Memory {
  readonly type: 'memory';
  readonly memory: Json;
}

/** What the bot notes of a turn besides the words. */
export type Finding = Matched | Answered | Feedback | Collected | Felt | SurveyEvent | ToAnalyse | Analysed;

export type TurnEvent = Finding | Memory;

/** One turn of the bot, whole: what came in, what it made of it, and all that it says. */
export interface Turn {
  readonly type: 'turn';
  readonly inbound?: MessageEvent;
  readonly findings: readonly Finding[];
  readonly replies: readonly Content[];
  /** Said by the desk itself, whoever has the conversation. */
  readonly notices?: readonly string[];
  /** Undefined: unchanged. */
  readonly memory?: Json;
  readonly handoff?: HandoffRequest;
  readonly leaveQueue?: boolean;
}

const newestTries = 20;
/** Findings that are the visitor's own word. */
const visitorSays: readonly Finding['type'][] = ['feedback', 'rated', 'survey-left'];

/** @returns the turn's events with who did each. @throws Rejected `owned-by-person` when the bot would speak while a person has it. */
export function decideTurn(c: Conversation, turn: Turn, w: World): { body: TurnBody; by: Actor }[] {
  const visitor: Actor = { role: 'visitor', id: c.visitor.id, ...(c.visitor.name ? { name: c.visitor.name } : {}) };
  const bot: Actor = { role: 'bot' };
  if (c.phase.at === 'human' && (turn.replies.length > 0 || turn.handoff)) {
    throw new Rejected('owned-by-person', 'The bot is silent while a person has the conversation.', c.phase.owner);
  }
  const handoff = pressed(c, turn, w);
  return [
    ...(turn.inbound ? [{ body: turn.inbound, by: visitor }] : []),
    ...turn.findings.map((body) => ({ body, by: visitorSays.includes(body.type) ? visitor : bot })),
    ...(turn.notices ?? []).map((text) => ({
      body: { type: 'message', text, format: 'plain' } satisfies Message,
      by: { role: 'desk' } as const,
    })),
    ...(turn.leaveQueue ? decideLeaveQueue(c).map((body) => ({ body, by: visitor })) : []),
    ...(handoff ? decideHandoff(c, handoff, w).map((body) => ({ body, by: bot })) : []),
    ...turn.replies.map((content) => ({ body: { type: 'message', ...content } satisfies Message, by: bot })),
    ...(turn.memory === undefined ? [] : [{ body: { type: 'memory', memory: turn.memory } satisfies Memory, by: bot }]),
  ];
}

/** The hand-off with the priority that the visitor's state asks for: a case that waits may rise by it, and never falls. */
function pressed(
  c: Conversation,
  { inbound, findings, handoff, leaveQueue }: Turn,
  w: World,
): HandoffRequest | undefined {
  if (inbound?.type !== 'message' || leaveQueue) return handoff;
  const felt = findings.find((finding) => finding.type === 'felt');
  const least = priorityOf(sentimentAfter(c, felt), w.rules.sentiment);
  if (!least) return handoff;
  const known = isOpen(c.ticket) ? c.ticket.priority : undefined;
  if (handoff) return { ...handoff, priority: higher(handoff.priority ?? known ?? 'normal', least) };
  if (c.phase.at !== 'queued' || !c.ticket || higher(c.ticket.priority, least) === known) return undefined;
  return { reason: c.ticket.reason, subject: '', priority: least };
}

type TurnBody =
  | MessageEvent
  | TurnEvent
  | ReturnType<typeof decideHandoff>[number]
  | ReturnType<typeof decideLeaveQueue>[number];

export function evolveAnswered(c: Conversation, event: Answered): Conversation {
  return { ...c, tries: [...c.tries, { entry: event.entry, confidence: event.confidence }].slice(-newestTries) };
}

export function evolveFeedback(c: Conversation, event: Feedback): Conversation {
  const index = c.tries.findLastIndex((t) => t.entry === event.entry && t.helped === undefined);
  if (index < 0) return c;
  return { ...c, tries: c.tries.map((t, i) => (i === index ? { ...t, helped: event.helped } : t)) };
}
