/** "How long does it take?", "is anybody there?", asked by somebody who waits: an honest answer instead of silence. */
import type { Talk } from './talk.ts';
import { leaveContact } from './waiting-questions.ts';

/** With what can be done meanwhile. What the bot waits for stays as it is. */
export async function sayWhereItStands(talk: Talk): Promise<void> {
  const { t, memory } = talk;
  await talk.say(await talk.standing(), [
    ...(talk.dialogs?.get(leaveContact) ? [t.leaveContact] : []),
    ...(memory.pending?.kind === 'dialog' ? [t.startQuestions] : []),
    t.stopWaiting,
  ]);
  talk.remember({ ...memory, acknowledged: true });
}
