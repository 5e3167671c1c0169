import type { HandoffReason } from '../../../src/conversation/state.ts';

/** Every reason for a hand-off; the type check fails here when the domain gets another. */
const all: Readonly<Record<HandoffReason, true>> = {
  asked: true,
  unsure: true,
  'not-helped': true,
  error: true,
  intake: true,
};
export const handoffReasons = Object.keys(all);
