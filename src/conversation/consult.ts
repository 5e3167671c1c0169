/** The owner asks a colleague for advice: the case is shown to both, and stays with the owner. */
import { requireOwner } from './message.ts';
import { Rejected } from './rejected.ts';
import type { Agent, Conversation } from './state.ts';

export interface Consulted {
  readonly type: 'consulted';
  readonly agent: Agent;
  readonly note: string;
}

/** The colleague has said what there was to say. */
export interface Advised {
  readonly type: 'advised';
  readonly agent: Agent;
}

export type ConsultEvent = Consulted | Advised;

export interface Consult {
  readonly type: 'consult';
  /** The owner. */
  readonly agent: string;
  readonly epoch?: number;
  readonly colleague: Agent;
  readonly note: string;
}

export interface Advise {
  readonly type: 'advise';
  readonly agent: string;
}

/** Colleagues asked at once. */
const mostConsulted = 10;

/** @throws Rejected `not-owner`; `invalid` for oneself, an empty note, or one colleague too many. */
export function decideConsult(c: Conversation, command: Consult): [Consulted] {
  requireOwner(c, command.agent, command.epoch);
  const note = command.note.trim();
  if (!note) throw new Rejected('invalid', 'note: say what you would like to know.');
  if (command.colleague.name === command.agent) throw new Rejected('invalid', 'agent: ask somebody else.');
  const asked = c.consulted ?? [];
  if (asked.length >= mostConsulted && !asked.some(({ agent }) => agent.name === command.colleague.name))
    throw new Rejected('invalid', `agent: ${mostConsulted} colleagues are asked already.`);
  return [{ type: 'consulted', agent: command.colleague, note }];
}

/** No event where nobody asks any more. */
export function decideAdvise({ consulted = [] }: Conversation, command: Advise): [] | [Advised] {
  const asked = consulted.find(({ agent }) => agent.name === command.agent);
  return asked ? [{ type: 'advised', agent: asked.agent }] : [];
}

export function evolveConsulted(c: Conversation, { agent }: Consulted, at: number): Conversation {
  const others = (c.consulted ?? []).filter((asked) => asked.agent.name !== agent.name);
  return { ...c, consulted: [...others, { agent, at }] };
}

export function evolveAdvised(c: Conversation, { agent }: Advised): Conversation {
  const { consulted = [], ...rest } = c;
  const others = consulted.filter((asked) => asked.agent.name !== agent.name);
  return others.length > 0 ? { ...rest, consulted: others } : rest;
}

/** With the case ends all asking about it. */
export function withoutConsulted(c: Conversation): Conversation {
  return c.consulted === undefined ? c : { ...c, consulted: undefined };
}
