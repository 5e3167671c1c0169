/** Logs that come with a message: sent on to be looked at, beside the turn; what was refused is said at once. */
import { isLogType, type LogSource } from '../conversation/logs.ts';
import { pastedLog } from '../logs/pasted.ts';
import { logTexts } from './log-texts.ts';
import type { Route } from './routes.ts';
import type { Talk } from './talk.ts';

/** How a file of our own stands in the log of events. */
const ownFile = /^firstline-file:([\w:-]{1,200})$/;

export function noteLogs({ turn, text, language }: Talk): void {
  if (turn.inbound?.type !== 'message') return;
  const sources: LogSource[] = [];
  for (const { contentType, contentUrl, name = '', refused } of turn.inbound.attachments ?? []) {
    if (refused) {
      turn.findings.push({ type: 'analysed', source: { kind: 'file', file: '', name }, refusal: refused });
      turn.notices.push(logTexts[language].refused(name, refused));
      continue;
    }
    const file = ownFile.exec(contentUrl ?? '')?.[1];
    if (file && isLogType(contentType)) sources.push({ kind: 'file', file, name });
  }
  // What came in is the turn's first event.
  if (pastedLog(text)) sources.push({ kind: 'text', version: turn.conversation.version + 1 });
  if (sources.length > 0) turn.findings.push({ type: 'to-analyse', sources });
}

/** A log without a word to it: nothing to be understood, and something to be looked at. */
export const pasted: Route = {
  name: 'pasted-log',
  async take(talk) {
    if (pastedLog(talk.text)?.words !== '') return false;
    await talk.say(logTexts[talk.language].lookingAtText, [talk.t.talkToPerson]);
    talk.remember(talk.memory);
    return true;
  },
};
