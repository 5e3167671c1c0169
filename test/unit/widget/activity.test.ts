import { describe, expect, it } from 'vitest';
import { type Message, readFrame, versionOf } from '../../../src/widget/activity.ts';

const frame = (...activities: object[]) => readFrame(JSON.stringify({ activities, watermark: '7' }));
const message = (activity: object): Message => {
  const first = frame({ type: 'message', id: 'c|0000007', ...activity }).received[0];
  if (first?.kind !== 'message') throw new Error('no message was read');
  return first.message;
};

describe('a frame of the stream', () => {
  it('gives a message its place in the log by the number in its id', () => {
    expect(message({ text: 'hello' }).version).toBe(7);
    expect(versionOf('a|b|0000012')).toBe(12);
    expect(versionOf('c|t-3f2')).toBeNull();
  });

  it('tells visitor, bot, agent and desk apart, by role where the service says no more', () => {
    expect(message({ channelData: { firstline: { by: 'agent' } }, from: { role: 'bot' } }).by).toBe('agent');
    expect(message({ channelData: { firstline: { by: 'desk' } } }).by).toBe('desk');
    expect(message({ from: { role: 'user' } }).by).toBe('visitor');
    expect(message({ from: { role: 'bot' } }).by).toBe('bot');
  });

  it('reads buttons that say something and links, and drops a link that could run code', () => {
    const actions = [
      { type: 'imBack', title: 'Yes', value: 'yes' },
      { type: 'openUrl', title: 'Guide', value: 'https://example.com/' },
      { type: 'openUrl', title: 'Bad', value: 'javascript:alert(1)' },
      { type: 'signin', title: 'Other', value: 'x' },
    ];
    expect(message({ suggestedActions: { actions } }).actions).toEqual([
      { kind: 'say', title: 'Yes', value: 'yes' },
      { kind: 'link', title: 'Guide', value: 'https://example.com/' },
    ]);
  });

  it('leaves the watermark alone when it brings only what is of the moment', () => {
    const typing = readFrame(JSON.stringify({ activities: [{ type: 'typing', from: { name: 'Aiko', role: 'bot' } }] }));
    expect(typing).toEqual({ received: [{ kind: 'typing', name: 'Aiko', fromVisitor: false }], watermark: null });
  });

  it('reads where the conversation stands, with nulls for what is unknown', () => {
    const value = { phase: 'queued', ticket: 'T-000123', position: 2 };
    expect(frame({ type: 'event', name: 'firstline/state', value }).received).toEqual([
      {
        kind: 'desk',
        state: {
          phase: 'queued',
          ticket: 'T-000123',
          agent: null,
          position: 2,
          estimate: null,
          guided: false,
          name: null,
        },
      },
    ]);
  });

  it('survives what it does not understand: keep-alives, no JSON, unknown activities, wrong types', () => {
    expect(readFrame('')).toEqual({ received: [], watermark: null });
    expect(readFrame('{"activities":')).toEqual({ received: [], watermark: null });
    expect(readFrame('[]').received).toEqual([]);
    expect(frame({ type: 'trace' }, { type: 'event', name: 'x' }, { type: 'message' }).received).toEqual([]);
    expect(frame({ type: 'event', name: 'firstline/state', value: { phase: 'lost' } }).received).toEqual([]);
    expect(message({ text: 5, attachments: 'x', suggestedActions: { actions: [null] } }).text).toBe('');
  });
});
