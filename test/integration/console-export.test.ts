import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { type Command, decide } from '../../src/conversation/conversation.ts';
import type { Actor, Conversation } from '../../src/conversation/state.ts';
import { ticketName } from '../../src/conversation/ticket-name.ts';
import { commitDecided } from '../../src/desk/commit.ts';
import { shippedTerms } from '../../src/desk/terms.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import type { Store } from '../../src/store/store.ts';
import { build, run } from './cli-agents-run.ts';
import { makeWaiting } from './console-desk.ts';

interface Line {
  readonly ticket: string;
  readonly conversation: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly packet: object | null;
  readonly resolution: { readonly code: string; readonly summary: string } | null;
  readonly timeline: readonly { readonly version: number; readonly type: string; readonly text?: string }[];
}

describe('the export command', () => {
  let directory: string;
  let store: Store;
  const day = (n: number) => new Date(2025, 0, n, 12).getTime();
  const agent: Actor = { role: 'agent', name: 'aiko', displayName: 'Aiko' };

  /** One command at a time of its own. */
  const then = async (c: Conversation, command: Command, at: number, nextTicket?: number): Promise<Conversation> => {
    const world = {
      ...shippedTerms,
      now: at,
      notices: texts,
      by: agent,
      ...(nextTicket === undefined ? {} : { nextTicket }),
    };
    return commitDecided(store, c, decide(c, command, world), { at, key: `${command.type}-${c.version}` });
  };
  const turn = (text: string): Command => ({
    type: 'turn',
    inbound: { type: 'message', text },
    findings: [],
    replies: [],
  });

  beforeAll(async () => {
    build();
    directory = await mkdtemp(join(tmpdir(), 'firstline-export-'));
    store = await openLmdb(join(directory, 'store'));
  }, 120_000);
  afterAll(async () => {
    await store?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const exported = async (args: readonly string[] = []): Promise<Line[]> => {
    const { code, out, err } = await run('export', args, { directory, input: '' });
    expect([code, err]).toEqual([0, '']);
    return out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };

  it('writes each ticket of each conversation with its slice of the log, and chooses by opening day', async () => {
    expect(await exported()).toEqual([]);
    let c = await makeWaiting(store, { id: 'twice', at: day(1) });
    const first = c.ticketNumbers[0] ?? 0;
    const other = await makeWaiting(store, { id: 'other', at: day(2) });
    c = await then(c, { type: 'claim', agent: { name: 'aiko', displayName: 'Aiko' } }, day(2));
    c = await then(c, { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'Extinguished' }, day(2));
    c = await then(c, { type: 'note', text: 'Buy an extinguisher' }, day(2));
    c = await then(c, turn('Between two tickets'), day(3));
    const second = await store.reserve('ticket');
    c = await then(
      c,
      {
        type: 'turn',
        inbound: { type: 'message', text: 'It burns again' },
        findings: [],
        replies: [],
        handoff: { reason: 'asked', subject: 'It burns again' },
      },
      day(14),
      second,
    );
    c = await then(c, { type: 'edit', tags: ['fire'] }, day(14));

    const lines = await exported();
    expect(lines.map(({ ticket, conversation }) => [ticket, conversation])).toEqual([
      [ticketName(first), 'twice'],
      [ticketName(other.ticketNumbers[0] ?? 0), 'other'],
      [ticketName(second), 'twice'],
    ]);
    expect(lines[0]).toMatchObject({
      subject: 'The printer is on fire',
      customer: { id: 'v-1', name: 'Hanako' },
      reason: 'not-helped',
      confidence: 0.7,
      openedAt: new Date(day(1)).toISOString(),
      closedAt: new Date(day(2)).toISOString(),
      resolution: { code: 'solved', summary: 'Extinguished' },
      packet: { questions: [{ text: 'The printer is on fire' }], tries: [{ entry: 'printer' }] },
    });
    expect(lines[2]?.packet).toMatchObject({ question: 'It burns again', questions: [], tries: [] });
    expect(lines[0]?.timeline.map(({ type }) => type)).toEqual([
      'queued',
      'message',
      'memory',
      'clocked',
      'claimed',
      'message',
      'resolved',
      'message',
      'noted',
    ]);
    expect(JSON.stringify(lines)).not.toContain('Between two tickets');
    expect(lines[2]).toMatchObject({ closedAt: null, resolution: null });
    expect(lines[2]?.timeline.map(({ type }) => type)).toEqual(['queued', 'clocked', 'edited']);

    const days = async (args: readonly string[]) => (await exported(args)).map(({ ticket }) => ticket);
    expect(await days(['--from', '2025-01-02'])).toEqual([lines[1]?.ticket, lines[2]?.ticket]);
    expect(await days(['--to', '2025-01-02'])).toEqual([lines[0]?.ticket, lines[1]?.ticket]);
    expect(await days(['--from', '2025-01-02', '--to', '2025-01-03'])).toEqual([lines[1]?.ticket]);
    expect(await days(['--from', new Date(day(14)).toISOString()])).toEqual([lines[2]?.ticket]);
  });

  it('K7 writes conversations whole, also what the bot alone had', async () => {
    const rows = async (args: readonly string[]): Promise<Line[]> =>
      (await run('export', ['--of', 'conversations', ...args], { directory, input: '' })).out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    const all = await rows([]);
    expect(all.map(({ conversation }) => conversation)).toEqual(['twice', 'other']);
    expect(JSON.stringify(all)).toContain('Between two tickets');
    for (const { timeline } of all)
      expect(timeline.map(({ version }) => version)).toEqual(timeline.map((_, i) => i + 1));
    expect((await rows(['--from', '2025-01-03'])).map(({ conversation }) => conversation)).toEqual(['twice']);
    expect((await run('export', ['--of', 'moons'], { directory, input: '' })).code).toBe(2);
  });

  it('streams more tickets than are read at once', async () => {
    for (let n = 0; n < 450; n++) await makeWaiting(store, { at: day(20) });
    const lines = await exported(['--from', '2025-01-20', '--to', '2025-01-20']);
    expect(lines).toHaveLength(450);
    expect(lines.map(({ ticket }) => ticket)).toEqual(lines.map(({ ticket }) => ticket).sort());
  }, 60_000);

  it.each([
    [['--from', 'yesterday'], /--from is "yesterday"/],
    [['--to', '2025-02-30'], /--to is "2025-02-30"/],
    [['--from', '2025-02-02', '--to', '2025-02-01'], /later than/],
    [['--until', '2025-02-02'], /--until/],
  ])('answers %j with one sentence and exit code 2', async (args, sentence) => {
    const answer = await run('export', args, { directory, input: '' });
    expect(answer.err).toMatch(sentence);
    expect(answer.err.trim().split('\n')).toHaveLength(1);
    expect([answer.code, answer.out]).toEqual([2, '']);
  });
});
