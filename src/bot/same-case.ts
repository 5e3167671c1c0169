/** Who asks for a person after a case was closed is asked once whether it is about that case, before it is taken up again. */
import { means } from './intents.ts';
import type { Pending } from './memory.ts';
import type { Route } from './routes.ts';
import type { Talk } from './talk.ts';

/** What the hand-over needs once the visitor has said which case it is. */
export type Asked = Omit<Extract<Pending, { kind: 'same-case' }>, 'kind'>;

/** Of a subject as much as a question can hold. */
const mostOfSubject = 60;

export async function askWhichCase(talk: Talk, ticket: string, subject: string, asked: Asked): Promise<void> {
  const { t } = talk;
  const letters = [...subject];
  const about = letters.length > mostOfSubject ? `${letters.slice(0, mostOfSubject).join('')}…` : subject;
  await talk.say(t.sameCase(ticket, about), [t.itIsSame, t.itIsOther]);
  talk.remember({ pending: { kind: 'same-case', ...asked }, misses: 0 });
}

/** The answer. Whoever says neither wanted a person and gets one, with the case that is known; nobody is asked twice. */
export const sameCase: Route = {
  name: 'same-case',
  async take(talk) {
    const { text, t, memory, turn, knowledge } = talk;
    const { pending } = memory;
    const { at } = turn.conversation.phase;
    if (pending?.kind !== 'same-case' || (at !== 'bot' && at !== 'closed')) return false;
    if (means('stopWaiting', text)) {
      await talk.say(t.keepTrying);
      talk.remember({ misses: 0 });
      return true;
    }
    const { reason, entry, end } = pending;
    const about = text === t.itIsOther || (text !== t.itIsSame && means('no', text)) ? 'other' : 'same';
    await talk.handOver(reason, entry === undefined ? undefined : knowledge.entry(entry), {
      about,
      ...(end ? { end } : {}),
    });
    return true;
  },
};
