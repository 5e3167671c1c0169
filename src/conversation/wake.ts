import { decideDue } from './clocks.ts';
import { decideClosing } from './closing.ts';
import { decideClosed } from './hours.ts';
import { decideLapse } from './offer.ts';
import { decideSilence } from './silence.ts';
import type { Conversation } from './state.ts';
import type { Decided, World } from './world.ts';

/** A time has come that the conversation waits for: the sweeper's command. */
export interface Wake {
  readonly type: 'wake';
}

/** What one role does when it is time: nothing, where its alarm is not due. Its events move its alarm, so it happens once. */
type Role = (c: Conversation, w: World) => readonly Decided[];

const roles: readonly Role[] = [decideLapse, decideSilence, decideDue, decideClosed, decideClosing];

export const decideWake = (c: Conversation, w: World): Decided[] => roles.flatMap((role) => [...role(c, w)]);
