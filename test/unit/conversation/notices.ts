/** What the desk tells a visitor, short enough to be compared. */
import type { World } from '../../../src/conversation/world.ts';

const said: World['notices']['en'] = {
  claimed: (agent) => `${agent.displayName} joined`,
  released: () => 'back in the queue',
  returned: () => 'the bot again',
  resolved: (ticket) => `${ticket} closed`,
  reopened: (ticket) => `${ticket} opened`,
  escalated: (ticket, to) => `${ticket} passed to ${to}`,
  updated: (team, text) => `${team}: ${text}`,
  updatedBack: (ticket) => `${ticket} is back`,
  instant: (at) => new Date(at).toISOString(),
  closedOver: (ticket, opening) => `${ticket} until ${opening}`,
  waitsLong: (ticket) => `${ticket} waits long`,
  closingWarned: (ticket, within) => `${ticket} closes in ${within}`,
  closedForSilence: (ticket) => `${ticket} closed for silence`,
  howWasIt: 'how was it?',
  isItSolved: 'is it solved?',
  solved: 'solved',
  notSolved: 'not solved',
};

export const notices: World['notices'] = { ja: said, en: said };
