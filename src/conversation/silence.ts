/** An owner who leaves the visitor unanswered is reminded, and then the case is handed on. */
import { isDue, withAlarm } from './alarms.ts';
import type { Conversation, Phase } from './state.ts';
import type { Decided, World } from './world.ts';

/** The owner was told that the visitor waits for an answer. */
export interface Reminded {
  readonly type: 'reminded';
  /** When the case is handed on, ms since 1970; absent: it stays. */
  readonly handOnAt?: number;
}

type Owned = Extract<Phase, { at: 'human' }>;

/** When it is time for the next of the two, ms since 1970. */
function nextAt({ silence, unansweredSince, reminded }: Owned): number | undefined {
  if (reminded) return reminded.handOnAt;
  const after = Math.min(silence?.remind ?? Number.POSITIVE_INFINITY, silence?.handOn ?? Number.POSITIVE_INFINITY);
  return unansweredSince === undefined || after === Number.POSITIVE_INFINITY ? undefined : unansweredSince + after;
}

/** The role's part of `wake`. However late it comes, the reminder comes first, and leaves the time that lies between the two. */
export function decideSilence(c: Conversation, w: World): Decided[] {
  const { phase } = c;
  if (phase.at !== 'human' || !isDue(c, 'silence', w.now)) return [];
  const { remind, handOn } = phase.silence ?? {};
  const by = { role: 'desk' } as const;
  if (!phase.reminded && remind !== undefined && remind < (handOn ?? Number.POSITIVE_INFINITY)) {
    const handOnAt = handOn === undefined ? {} : { handOnAt: w.now + handOn - remind };
    return [{ body: { type: 'reminded', ...handOnAt }, by }];
  }
  return [
    { body: { type: 'released', why: 'silent', agent: phase.owner }, by },
    { body: { type: 'message', text: w.notices[c.language].released(), format: 'plain' }, by },
  ];
}

export function evolveReminded(c: Conversation, { handOnAt }: Reminded): Conversation {
  const reminded = handOnAt === undefined ? {} : { handOnAt };
  return c.phase.at === 'human' ? { ...c, phase: { ...c.phase, reminded } } : c;
}

/** The visitor has spoken to the owner, or the owner to the visitor. */
export function answeredPhase(phase: Phase, by: 'visitor' | 'agent', at: number): Phase {
  if (phase.at !== 'human') return phase;
  if (by === 'visitor') return { ...phase, unansweredSince: phase.unansweredSince ?? at };
  return { ...phase, unansweredSince: undefined, reminded: undefined };
}

export const withSilenceAlarm = (c: Conversation): Conversation =>
  withAlarm(c, 'silence', c.phase.at === 'human' ? nextAt(c.phase) : undefined);
