import { describe, expect, it } from 'vitest';
import { ChatClient } from '../../../src/widget/client.ts';
import { DirectLine } from '../../../src/widget/directline.ts';
import { Memory } from '../../../src/widget/memory.ts';
import { FakeClock, FakeService, memoryFiles, memoryShelf, settle } from './fake-service.ts';

/** A browser with one site's storage; `page()` is a page load or a tab. */
function browser(service = new FakeService()) {
  const clock = new FakeClock();
  const shelf = memoryShelf();
  const files = memoryFiles();
  let ids = 0;
  const page = (options: { tab?: string; identity?: string } = {}) =>
    new ChatClient({
      directLine: new DirectLine(new URL('https://help.example/'), service.fetch, clock.now),
      memory: new Memory(shelf, 'help.example/'),
      files,
      clock,
      random: () => 0.5,
      newId: () => {
        ids += 1;
        return `id${ids}`;
      },
      connect: service.connect,
      alone: (task) => task(),
      tab: options.tab ?? 'one',
      locale: 'en',
      identity: options.identity ?? null,
    });
  return { service, clock, shelf, files, page };
}

async function online(world = browser()) {
  const client = world.page();
  client.start();
  await settle();
  expect(client.snapshot().signal).toBe('online');
  return { ...world, client };
}

const texts = (client: ChatClient) =>
  client.snapshot().lines.map((line) => (line.kind === 'said' ? line.message.text : `(${line.entry.text})`));
const states = (client: ChatClient) =>
  client.snapshot().lines.flatMap((line) => (line.kind === 'outgoing' ? [line.entry.progress.at] : []));
const answer = (status: number, message = '') => new Response(JSON.stringify({ error: { message } }), { status });
const isPost = ({ method, path }: { method: string; path: string }) =>
  method === 'POST' && /\/(activities|upload)/.test(path);

describe('a conversation', () => {
  it('begins when it is wanted and shows what the bot said before the socket opened', async () => {
    const { service, page } = browser();
    const client = page();
    expect([client.snapshot().signal, client.known]).toEqual(['idle', false]);
    service.say('Hello');
    client.start();
    await settle();
    expect(texts(client)).toEqual(['Hello']);
    expect(service.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /widget/session',
      'POST /v3/directline/conversations',
    ]);
  });

  it('sends a message once and shows its echo in its place', async () => {
    const { client, service } = await online();
    client.send('help');
    expect(texts(client)).toEqual(['(help)']);
    await settle();
    expect(texts(client)).toEqual(['help']);
    expect(service.posts()).toHaveLength(1);
    expect(service.posts()[0]?.body).toMatchObject({
      from: { id: 'u1' },
      locale: 'en',
      channelData: { clientActivityID: 'id1' },
    });
  });

  it('is read again from its start by a page that is loaded anew', async () => {
    const { client, service, page } = await online();
    service.say('one');
    client.send('two');
    await settle();
    const later = page();
    expect(later.known).toBe(true);
    later.start();
    await settle();
    expect(texts(later)).toEqual(['one', 'two']);
    expect(service.requests.at(-1)).toMatchObject({ method: 'GET', path: '/v3/directline/conversations/c1' });
  });

  it('counts what was not read, over page loads, until it is', async () => {
    const { client, service, page } = await online();
    service.say('one');
    service.say('two', 'agent');
    expect(client.snapshot().unread).toBe(2);
    client.markRead();
    service.say('three');
    const later = page();
    later.start();
    await settle();
    expect(later.snapshot().unread).toBe(1);
  });

  it('shows typing until it stops, or the message is there', async () => {
    const { client, service, clock } = await online();
    service.ephemeral({ type: 'typing', from: { name: 'Aiko', role: 'bot' } });
    expect(client.snapshot().typing).toBe('Aiko');
    await clock.pass(6_000);
    expect(client.snapshot().typing).toBeNull();
    service.ephemeral({ type: 'typing', from: { name: 'Aiko', role: 'bot' } });
    service.say('Hi', 'agent');
    expect(client.snapshot().typing).toBeNull();
    service.ephemeral({ type: 'typing', from: { id: 'u1', role: 'user' } });
    expect(client.snapshot().typing).toBeNull();
  });

  it('tells a person that the visitor types, at most every 3 s, and the bot not at all', async () => {
    const { client, service, clock } = await online();
    client.noteTyping();
    service.ephemeral({ type: 'event', name: 'firstline/state', value: { phase: 'human', agent: 'Aiko' } });
    for (let press = 0; press < 7; press += 1) {
      client.noteTyping();
      await clock.pass(1_000);
    }
    expect(service.posts('typing')).toHaveLength(3);
  });
});

describe('a lost line', () => {
  it('comes back from the last watermark and misses nothing, doubles nothing', async () => {
    const { client, service, clock } = await online();
    service.say('one');
    service.cut();
    service.say('two');
    expect(client.snapshot().signal).toBe('reconnecting');
    await clock.pass(1_000);
    expect(client.snapshot().signal).toBe('online');
    expect(service.requests.at(-1)?.path).toBe('/v3/directline/conversations/c1?watermark=1');
    expect(texts(client)).toEqual(['one', 'two']);
  });

  it('keeps what is written meanwhile and sends it in order when it is back', async () => {
    const { client, service, clock } = await online();
    service.trouble = () => 'down';
    service.cut();
    client.send('first');
    client.send('second');
    await clock.pass(120_000);
    expect([client.snapshot().signal, ...states(client)]).toEqual(['offline', 'queued', 'queued']);
    service.trouble = () => null;
    await clock.pass(15_000);
    expect(texts(client)).toEqual(['first', 'second']);
    expect(service.posts().map(({ body }) => body.text)).toEqual(['first', 'second']);
  });

  it('leaves what is unsent to the next page, under the same id', async () => {
    const { client, service, page } = await online();
    service.trouble = () => 'down';
    service.cut();
    client.send('do not lose me');
    service.trouble = () => null;
    const later = page();
    later.start();
    await settle();
    expect(texts(later)).toEqual(['do not lose me']);
    expect(service.posts()[0]?.body.channelData).toEqual({ clientActivityID: 'id1' });
  });

  it('is suspected when a stored message does not come back, and the message is found again', async () => {
    const { client, service, clock } = await online();
    service.echoes = false;
    client.send('hello?');
    await settle();
    expect(states(client)).toEqual(['delivered']);
    service.echoes = true;
    await clock.pass(11_000);
    expect(texts(client)).toEqual(['hello?']);
  });

  it('is not trusted by a page that comes back to the front after a sleep', async () => {
    const { client, service, clock } = await online();
    const before = service.requests.length;
    client.wake();
    expect(service.requests.length).toBe(before);
    await clock.pass(60_000);
    client.wake();
    await settle();
    expect(service.requests.slice(before).map(({ method }) => method)).toEqual(['GET']);
    expect([client.snapshot().signal, service.connected]).toEqual(['online', 1]);
  });

  it('is tried at once when the network is back', async () => {
    const { client, clock } = await online();
    client.network(false);
    expect(client.snapshot().signal).toBe('offline');
    await clock.pass(100);
    client.network(true);
    await settle();
    expect(client.snapshot().signal).toBe('online');
  });
});

describe('a network that lets no socket through', () => {
  async function blocked(sockets: 'refused' | 'silent') {
    const world = browser();
    world.service.sockets = sockets;
    const client = world.page();
    client.start();
    await world.clock.pass(sockets === 'silent' ? 4_000 : 0);
    return { ...world, client };
  }

  it.each(['refused', 'silent'] as const)('does not keep the visitor offline: news are asked for (%s)', async (how) => {
    const { client, service, clock } = await blocked(how);
    expect(client.snapshot().signal).toBe('online');
    service.say('Hello');
    client.send('help');
    await settle();
    // What was just sent is asked for at once.
    expect(texts(client)).toEqual(['Hello', 'help']);
    service.say('Try this', 'agent');
    await clock.pass(3_000);
    expect(texts(client)).toEqual(['Hello', 'help', 'Try this']);
    expect(service.posts()).toHaveLength(1);
    expect(service.requests.at(-1)?.path).toBe('/v3/directline/conversations/c1/activities?state=1&watermark=2');
  });

  it('is noticed when it opens up: a socket takes over, and nobody asks any more', async () => {
    const { client, service, clock } = await blocked('refused');
    service.sockets = 'open';
    await clock.pass(60_000);
    expect([client.snapshot().signal, service.connected]).toEqual(['online', 1]);
    const before = service.requests.length;
    service.say('live');
    await clock.pass(60_000);
    expect(texts(client)).toEqual(['live']);
    expect(service.requests.length).toBe(before);
  });

  it('says so when the service is away as well, and comes back', async () => {
    const { client, service, clock } = await blocked('refused');
    service.trouble = () => 'down';
    client.send('meanwhile');
    await clock.pass(60_000);
    expect([client.snapshot().signal, ...states(client)]).toEqual(['offline', 'waiting']);
    service.trouble = () => null;
    await clock.pass(30_000);
    expect([client.snapshot().signal, ...texts(client)]).toEqual(['online', 'meanwhile']);
  });
});

describe('a message that did not get through', () => {
  it('is sent again by itself with the same id, and has one effect though its answer was lost', async () => {
    const { client, service, clock } = await online();
    service.echoes = false;
    service.trouble = (request) => (isPost(request) ? 'lost' : null);
    client.send('once');
    await settle();
    expect(states(client)).toEqual(['waiting']);
    service.trouble = () => null;
    await clock.pass(20_000);
    expect(service.posts().map(({ body }) => body.channelData)).toEqual(Array(2).fill({ clientActivityID: 'id1' }));
    expect(service.log).toHaveLength(1);
    expect(texts(client)).toEqual(['once']);
  });

  it('goes at once when the visitor asks for it', async () => {
    const { client, service } = await online();
    service.trouble = (request) => (isPost(request) ? answer(503) : null);
    client.send('now');
    await settle();
    service.trouble = () => null;
    client.retry('id1');
    await settle();
    expect(texts(client)).toEqual(['now']);
  });

  it('says why when the service refuses it, lets later ones pass, and can be removed', async () => {
    const { client, service, shelf } = await online();
    service.trouble = ({ body }) => (body.text === 'huge' ? answer(413, 'Files of at most 20 MB are taken.') : null);
    client.send('huge');
    client.send('small');
    await settle();
    const last = client.snapshot().lines.at(-1);
    expect(last?.kind === 'outgoing' && last.entry.progress).toEqual({
      at: 'refused',
      by: 'service',
      reason: 'Files of at most 20 MB are taken.',
    });
    expect(texts(client)).toEqual(['small', '(huge)']);
    client.discard('id1');
    expect(texts(client)).toEqual(['small']);
    expect([...shelf.map.keys()].filter((key) => key.includes('out:'))).toEqual([]);
  });

  it('with more files than the service takes is not even sent, and says so', async () => {
    const { client, service } = await online();
    client.send('all of it', [new File([new Uint8Array(20 * 1024 * 1024)], 'dump.bin')]);
    client.send('and a word');
    await settle();
    const last = client.snapshot().lines.at(-1);
    expect(last?.kind === 'outgoing' && last.entry.progress).toMatchObject({ at: 'refused', by: 'size' });
    expect(service.posts().map(({ body }) => body.text)).toEqual(['and a word']);
  });

  it('with more text than the service takes is not even sent, and says so', async () => {
    const { client, service } = await online();
    client.send('x'.repeat(50_001));
    client.send('x'.repeat(50_000));
    await settle();
    const last = client.snapshot().lines.at(-1);
    expect(last?.kind === 'outgoing' && last.entry.progress).toMatchObject({ at: 'refused', by: 'length' });
    expect(service.posts().map(({ body }) => String(body.text).length)).toEqual([50_000]);
  });

  it('carries its files, from the browser that kept them, and says so when they are gone', async () => {
    const { client, service, files } = await online();
    const file = new File(['x'.repeat(20)], 'error.log', { type: 'text/plain' });
    client.send('', [file]);
    await settle();
    expect(service.posts()[0]?.path).toBe('/v3/directline/conversations/c1/upload?userId=u1');
    expect([service.log.length, files.map.size]).toEqual([1, 0]);
    service.cut();
    client.send('with a file', [file]);
    files.map.clear();
    client.network(true);
    await settle();
    const last = client.snapshot().lines.at(-1);
    expect(last?.kind === 'outgoing' && last.entry.progress).toEqual({ at: 'refused', by: 'files', reason: '' });
  });
});

describe('a session', () => {
  it('is renewed before its token runs out', async () => {
    const { client, service, clock } = await online();
    await clock.pass(2_700_000);
    expect(service.requests.at(-1)?.path).toBe('/v3/directline/tokens/refresh');
    client.send('hi');
    await settle();
    expect(service.posts()[0]?.token).toBe('t3');
  });

  it('whose token lapsed is renewed without a word while the service still knows the conversation', async () => {
    const { client, service, clock } = await online();
    let renewed = false;
    service.trouble = ({ path }) => {
      renewed ||= path === '/widget/session';
      return renewed ? null : answer(403);
    };
    client.send('still here');
    await clock.pass(5_000);
    expect([client.snapshot().signal, ...texts(client)]).toEqual(['online', 'still here']);
    expect(service.log).toHaveLength(1);
  });

  it('that cannot be renewed ends honestly, and what is unsent goes to the new conversation', async () => {
    const { client, service, clock } = await online();
    service.say('from before');
    service.conversation = 'c2';
    service.trouble = ({ path }) => (path.includes('/c1') ? answer(403) : null);
    client.send('unsent');
    await clock.pass(5_000);
    expect([client.snapshot().signal, ...texts(client)]).toEqual(['ended', 'from before', '(unsent)']);
    service.log.length = 0;
    client.restart();
    await settle();
    expect([client.snapshot().signal, ...texts(client)]).toEqual(['online', 'unsent']);
  });

  it('ends when the conversation is gone', async () => {
    const { client, service, clock } = await online();
    service.trouble = () => answer(404);
    service.cut();
    await clock.pass(1_000);
    expect(client.snapshot().signal).toBe('ended');
    await clock.pass(600_000);
    expect(client.snapshot().signal).toBe('ended');
  });

  it('that cannot be begun at first is tried again, not called lost', async () => {
    const { service, clock, page } = browser();
    service.trouble = () => answer(403);
    const client = page();
    client.start();
    await settle();
    expect(client.snapshot().signal).toBe('reconnecting');
    service.trouble = () => null;
    await clock.pass(1_000);
    expect(client.snapshot().signal).toBe('online');
  });

  it('carries the identity the website vouches for, and goes on as a guest when the service refuses it', async () => {
    const { service, page } = browser();
    const client = page({ identity: 'jwt' });
    client.start();
    await settle();
    expect(service.requests[0]?.body).toEqual({ locale: 'en', identity: 'jwt' });
    service.trouble = ({ body }) => (body.identity ? answer(403, 'The identity is not valid') : null);
    client.identify('forged');
    await settle();
    expect(client.snapshot().signal).toBe('online');
  });
});

describe('two tabs of one browser', () => {
  it('share the conversation and both show all messages', async () => {
    const { client, page, service } = await online();
    const other = page({ tab: 'two' });
    other.start();
    await settle();
    client.send('from the first');
    other.send('from the second');
    await settle();
    expect(texts(client)).toEqual(['from the first', 'from the second']);
    expect(texts(other)).toEqual(texts(client));
    expect(service.posts()).toHaveLength(2);
  });

  it('join when one of them begins, and start over when one of them does', async () => {
    const world = browser();
    const other = world.page({ tab: 'two' });
    const { client, service } = await online(world);
    other.neighbour('session');
    await settle();
    expect(other.snapshot().signal).toBe('online');
    service.say('old');
    service.trouble = ({ path }) => (path.includes('/c1') ? answer(404) : null);
    service.cut();
    await world.clock.pass(1_000);
    service.conversation = 'c2';
    service.log.length = 0;
    service.say('new');
    client.restart();
    await settle();
    other.neighbour('session');
    await settle();
    expect([texts(client), texts(other)]).toEqual([['new'], ['new']]);
  });

  it('see what the other has not sent yet, and send it once the other is gone', async () => {
    const { client, page, service, clock } = await online();
    const other = page({ tab: 'two' });
    other.start();
    await settle();
    service.trouble = (request) => (isPost(request) ? 'down' : null);
    client.send('left behind');
    other.neighbour('outbox');
    await settle();
    expect(texts(other)).toEqual(['(left behind)']);
    service.trouble = () => null;
    client.network(false);
    await clock.pass(10_000);
    expect(texts(other)).toEqual(['left behind']);
    expect(service.log).toHaveLength(1);
  });
});
