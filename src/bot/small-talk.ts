/** What is said beside the matter: greetings, thanks, a nod to nothing, a cry for help, anger that names no problem. */
import { means } from './intents.ts';
import { notHelped } from './last-answer.ts';
import type { Route } from './routes.ts';
import type { Talk } from './talk.ts';

export const smallTalk: Route = {
  name: 'small-talk',
  async take(talk) {
    const { t, memory } = talk;
    if (means('fedUp', talk.text)) {
      await talk.say(t.fedUp, [t.talkToPerson]);
      talk.remember({ ...memory, pending: { kind: 'offer', reason: 'not-helped', entries: [] } });
      return true;
    }
    if (means('startOver', talk.text)) {
      await talk.say(t.startAfresh, [t.talkToPerson]);
      talk.question = undefined;
      talk.remember({ misses: 0 });
      return true;
    }
    if (!memory.pending && (await toNothingAsked(talk))) return true;
    const reply = replyTo(talk.text, talk);
    if (reply === undefined) return false;
    await talk.say(reply);
    talk.remember(memory);
    return true;
  },
};

function replyTo(text: string, { t }: Talk): string | undefined {
  if (means('greeting', text)) return t.hello;
  if (means('thanks', text)) return t.welcome;
  if (means('about', text)) return t.about;
  if (means('farewell', text)) return t.goodbye;
  if (means('trying', text)) return t.takeYourTime;
  if (means('plea', text) || means('confused', text)) return t.tellMe;
  return undefined;
}

/** A yes, a no or a "still not", where the bot waits for no such answer. */
async function toNothingAsked(talk: Talk): Promise<boolean> {
  const { text, t, memory, turn } = talk;
  const last = turn.conversation.tries.at(-1);
  if (last && means('failed', text)) {
    await notHelped(talk, last.entry);
    return true;
  }
  if (means('nod', text)) {
    // Who was asked for other words was offered a person too.
    if (memory.misses > 0) await talk.handOver('asked');
    else {
      await talk.say(t.tellMe);
      talk.remember(memory);
    }
    return true;
  }
  if (!means('no', text) || means('failed', text)) return false;
  await talk.say(memory.misses > 0 ? t.keepTrying : t.allRight);
  talk.remember({ misses: 0 });
  return true;
}
