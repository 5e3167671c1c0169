import { describe, expect, it } from 'vitest';
import { download, isInward, kindOf } from '../../../src/channels/download.ts';

const serviceUrl = 'https://smba.trafficmanager.net/jp/';

describe('the address of a file', () => {
  it.each([
    ['https://smba.trafficmanager.net/jp/v3/attachments/1/views/original', 'own'],
    ['https://contoso-my.sharepoint.com/personal/x/_layouts/15/download.aspx?UniqueId=1', 'store'],
    ['http://contoso-my.sharepoint.com/x', undefined],
    ['https://contoso.sharepoint.com:8443/x', undefined],
    ['https://user:pw@contoso.sharepoint.com/x', undefined],
    ['https://sharepoint.com.evil.example/x', undefined],
    ['https://evilsharepoint.com/x', undefined],
    ['https://smba.trafficmanager.net:444/x', undefined],
    ['http://169.254.169.254/latest/meta-data', undefined],
    ['file:///etc/passwd', undefined],
    ['nonsense', undefined],
  ])('V12 %s is asked as %s', (url, kind) => {
    expect(kindOf(url, serviceUrl)).toBe(kind);
  });

  it('V12 leads inward where it is private, local, or such a one in other clothes', () => {
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '::1',
      'fd00::1',
      'fe80::1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::',
    ])
      expect([address, isInward(address)]).toEqual([address, true]);
    for (const address of ['13.107.136.10', '2620:1ec:8f8::10', '::ffff:13.107.136.10', '172.32.0.1'])
      expect([address, isInward(address)]).toEqual([address, false]);
  });
});

describe('a download', () => {
  const store = 'https://contoso.sharepoint.com/file';
  const asked: { url: string; token: string | null }[] = [];
  const fetched = (
    answers: Readonly<Record<string, () => Response>>,
    url: string,
    { address = '13.107.136.10', signal = new AbortController().signal } = {},
  ) => {
    asked.length = 0;
    return download(url, {
      serviceUrl,
      signal,
      authorization: async () => 'Bearer bot',
      take: () => {},
      resolve: async () => [address],
      fetch: async (input, init) => {
        init?.signal?.throwIfAborted();
        asked.push({ url: String(input), token: new Headers(init?.headers).get('authorization') });
        return answers[String(input)]?.() ?? new Response(null, { status: 404 });
      },
    });
  };
  const to = (location: string) => () => new Response(null, { status: 302, headers: { location } });

  it('V12 gives the bot’s token to the channel’s own service alone, also after a redirect', async () => {
    const own = 'https://smba.trafficmanager.net/jp/v3/attachments/1/views/original';
    expect(await fetched({ [own]: to(store), [store]: () => new Response('bytes') }, own)).toEqual({
      bytes: Buffer.from('bytes'),
    });
    expect(asked).toEqual([
      { url: own, token: 'Bearer bot' },
      { url: store, token: null },
    ]);
  });

  it('V12 follows nobody inward, and not for ever', async () => {
    expect(await fetched({ [store]: to('http://127.0.0.1/') }, store)).toEqual({ refused: 'gone' });
    expect(asked).toHaveLength(1);
    expect(await fetched({ [store]: to(store) }, store)).toEqual({ refused: 'gone' });
    expect(asked).toHaveLength(4);
    expect(await fetched({ [store]: () => new Response('x') }, store, { address: '10.0.0.1' })).toEqual({
      refused: 'gone',
    });
    expect(asked).toEqual([]);
  });

  it('V12 takes no more than 20 MB, whatever is announced, and no longer than it may', async () => {
    const announced = () => new Response('x', { headers: { 'content-length': String(21 * 1024 * 1024) } });
    expect(await fetched({ [store]: announced }, store)).toEqual({ refused: 'too-large' });
    const endless = () =>
      new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)) }));
    expect(await fetched({ [store]: endless }, store)).toEqual({ refused: 'too-large' });
    expect(await fetched({}, store, { signal: AbortSignal.abort() })).toEqual({ refused: 'time' });
  });
});
