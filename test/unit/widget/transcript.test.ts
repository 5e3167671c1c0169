import { expect, it } from 'vitest';
import type { Message } from '../../../src/widget/activity.ts';
import { speaker } from '../../../src/widget/texts.ts';
import { transcript } from '../../../src/widget/transcript.ts';

it('a saved conversation names who said what, and the files that went with it', () => {
  const said = (by: Message['by'], text: string, more: Partial<Message> = {}): Message => ({
    id: '',
    version: 1,
    at: Date.UTC(2026, 0, 2, 3, 4),
    by,
    name: '',
    text,
    markdown: true,
    attachments: [],
    actions: [],
    clientId: null,
    ...more,
  });
  const attachments = [{ contentType: 'text/plain', contentUrl: null, name: 'error.log' }];
  const text = transcript(
    [said('visitor', 'Help', { attachments }), said('desk', 'Aiko joined'), said('agent', 'Hi', { name: 'Aiko' })],
    speaker('en'),
    'en',
  ).replace(/\[[^\]]*\d{4}[^\]]*\]/g, '[time]');
  expect(text).toBe('[time] You: Help\n[error.log]\n\n[time] — Aiko joined\n\n[time] Aiko: Hi\n');
});
