import type { Agent } from './state.ts';

export type RejectionCode =
  | 'already-owned'
  | 'not-owner'
  | 'not-waiting'
  | 'not-open'
  | 'not-closed'
  | 'not-offered'
  | 'at-capacity'
  | 'owned-by-person'
  | 'invalid';

/** A command the conversation, as it stands, does not allow. Nothing was changed. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
  readonly code: RejectionCode;
  /** Who has the conversation, where that is why. */
  readonly owner: Agent | null;
  /** What is missing, wrong or allowed, by name; empty where the message says it all. */
  readonly facts: { readonly [name: string]: readonly string[] };

  constructor(
    code: RejectionCode,
    message: string,
    owner: Agent | null = null,
    facts: { readonly [name: string]: readonly string[] } = {},
  ) {
    super(message);
    this.code = code;
    this.owner = owner;
    this.facts = facts;
  }
}
