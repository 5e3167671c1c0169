/** The one question after a case, and what the visitor makes of it: a score, words of their own, "not solved", or simply the next question. */
import { means } from './intents.ts';
import type { Route } from './routes.ts';
import type { Talk } from './talk.ts';

export const survey: Route = {
  name: 'survey',
  async take(talk) {
    const { survey: asked } = talk.turn.conversation;
    if (!asked || asked.asks === 'over') return false;
    if (asked.asks === 'confirm') return confirmed(talk);
    return asked.asks === 'score' ? scored(talk, asked.ticket) : commented(talk, asked.ticket);
  },
};

async function scored(talk: Talk, ticket: number): Promise<boolean> {
  const { text, t, turn } = talk;
  if (isUnsolved(talk)) {
    turn.findings.push({ type: 'survey-left' });
    await talk.handOver('not-helped', undefined, { about: 'same' });
    return true;
  }
  const score = scoreIn(text);
  if (score === undefined) {
    turn.findings.push({ type: 'survey-left' });
    return false;
  }
  turn.findings.push({ type: 'rated', ticket, score });
  await talk.say(score >= 4 ? t.ratedWell : t.ratedPoorly, [t.noComment]);
  talk.remember({ misses: 0 });
  return true;
}

/** Where no score is asked. */
async function confirmed(talk: Talk): Promise<boolean> {
  const { text, t, turn } = talk;
  turn.findings.push({ type: 'survey-left' });
  if (isUnsolved(talk) || means('no', text)) {
    await talk.handOver('not-helped', undefined, { about: 'same' });
    return true;
  }
  if (text !== t.solved && !means('yes', text)) return false;
  await talk.say(t.glad);
  talk.remember({ misses: 0 });
  return true;
}

async function commented(talk: Talk, ticket: number): Promise<boolean> {
  const { text, t, turn } = talk;
  // "It still does not work" says no to nothing: it is a comment.
  if (text === t.noComment || (means('no', text) && !means('failed', text)) || means('thanks', text)) {
    turn.findings.push({ type: 'survey-left' });
    await talk.say(t.welcome);
    talk.remember({ misses: 0 });
    return true;
  }
  if (isUnsolved(talk) || isNextQuestion(talk)) {
    turn.findings.push({ type: 'survey-left' });
    return false;
  }
  turn.findings.push({ type: 'rated', ticket, comment: text });
  if (stillBroken.test(text)) {
    await talk.say(`${t.commented}\n\n${t.offer}`, [t.talkToPerson, t.no]);
    talk.remember({ pending: { kind: 'offer', reason: 'not-helped', entries: [] }, misses: 0 });
    return true;
  }
  await talk.say(t.commented);
  talk.remember({ misses: 0 });
  return true;
}

/** Within a comment: the trouble goes on. */
const stillBroken =
  /\bstill\W+(not|broken|fails?|failing|the same|(does|is|has|can|did)\W?(n'?t|not))\b|\bnot (fixed|solved|working)\b|まだ(直|解決|動|だめ|ダメ|でき|つなが)|(直|解決)(って|して)い?(ない|ません)|直りません/iu;

const isUnsolved = ({ text, t }: Talk): boolean => text === t.notSolved;

/** What the FAQ is sure about, a wish for a person, a greeting or a file is no comment on the case before. */
function isNextQuestion(talk: Talk): boolean {
  const { text, knowledge, language } = talk;
  if (means('person', text) || means('greeting', text) || talk.isWordless()) return true;
  return knowledge.match(text, language).decision === 'answer';
}

const words: readonly (readonly [RegExp, number])[] = [
  [/^(excellent|perfect|very good|great|大変満足|とても満足|とても良い|最高)$/u, 5],
  [/^(good|満足|良い|よい)$/u, 4],
  [/^(ok|okay|average|so-so|普通|ふつう|まあまあ)$/u, 3],
  [/^(bad|poor|不満|悪い)$/u, 2],
  [/^(terrible|awful|very bad|大変不満|とても不満|最悪)$/u, 1],
];

/** 1 to 5 as a digit with what people put around it (`5`, `５点`, `4/5`, `★★★`), or as a word. */
function scoreIn(text: string): number | undefined {
  const said = text.normalize('NFKC').trim().toLowerCase();
  const digit = /^([1-5])\s*(?:\/\s*5|点|つ星|stars?|points?)?(?:\s*(?:です|お願いします))?[\s.!。!]*$/u.exec(
    said,
  )?.[1];
  if (digit) return Number(digit);
  if (/^[★⭐]{1,5}[☆]{0,4}$/u.test(said)) return [...said].filter((sign) => sign !== '☆').length;
  return words.find(([word]) => word.test(said.replace(/[.!。!]+$/u, '')))?.[1];
}
