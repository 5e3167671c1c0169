import { describe, expect, it } from 'vitest';
import { questionsOf } from '../../../src/cli/faq/asked.ts';

const visitor = (text: string) => ({ type: 'message', by: { role: 'visitor' }, text });
const bot = (text: string) => ({ type: 'message', by: { role: 'bot' }, text });
const matched = (decision: string) => ({ type: 'matched', decision, confidence: 0.5, matches: [] });

describe('what visitors asked', () => {
  it('is each plain line, the text of a match, and of a ticket what led to a person and what was not answered', () => {
    expect(questionsOf('  my badge is gone ')).toEqual(['my badge is gone']);
    expect(questionsOf('')).toEqual([]);
    expect(questionsOf('{"text": "lost badge", "decision": "handoff"}')).toEqual(['lost badge']);
    const ticket = {
      ticket: 'T-000001',
      subject: 'my badge is gone',
      timeline: [
        visitor('my badge is gone'),
        matched('handoff'),
        bot('Other words?'),
        visitor('the door does not open'),
        matched('choose'),
        visitor('I forgot my password'),
        matched('answer'),
        visitor('thank you'),
      ],
    };
    expect(questionsOf(JSON.stringify(ticket))).toEqual(['my badge is gone', 'the door does not open']);
  });
  it('is read from anything that stands in a line', () => {
    expect(questionsOf('{not json')).toEqual(['{not json']);
    for (const line of ['{}', '{"subject": 1}', '{"timeline": [null, 1, {"type": "matched"}]}', '{"timeline": "x"}'])
      expect(questionsOf(line)).toEqual([]);
  });
});
