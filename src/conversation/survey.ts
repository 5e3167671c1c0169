/** The one question after a case: how was it, 1 to 5, and in the visitor's own words if they like. Asked once for each case. */
import type { Conversation } from './state.ts';

export interface Survey {
  /** Number of the ticket it asks about. */
  readonly ticket: number;
  /** What is asked next; `over` once nothing is. */
  readonly asks: 'score' | 'comment' | 'confirm' | 'over';
}

/** The visitor's answer. */
export interface Rated {
  readonly type: 'rated';
  readonly ticket: number;
  /** 1 (bad) to 5 (good). */
  readonly score?: number;
  readonly comment?: string;
}

/** The visitor did not answer it, but went on. */
export interface SurveyLeft {
  readonly type: 'survey-left';
}

export type SurveyEvent = Rated | SurveyLeft;

const longestComment = 2_000;

export function evolveRated(c: Conversation, event: Rated): Conversation {
  const { ticket, survey } = c;
  const rating = {
    ...(event.score === undefined ? {} : { score: event.score }),
    ...(event.comment === undefined ? {} : { comment: event.comment.slice(0, longestComment) }),
  };
  return {
    ...c,
    ...(survey?.ticket === event.ticket
      ? { survey: { ...survey, asks: event.comment === undefined ? 'comment' : 'over' } }
      : {}),
    ...(ticket?.number === event.ticket ? { ticket: { ...ticket, rating: { ...ticket.rating, ...rating } } } : {}),
  };
}

export function evolveSurveyLeft(c: Conversation): Conversation {
  return c.survey ? { ...c, survey: { ...c.survey, asks: 'over' } } : c;
}
