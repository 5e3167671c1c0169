import { describe, expect, it } from 'vitest';
import { networkOf } from '../../../src/channels/address.ts';
import { Allowance, type Beyond } from '../../../src/channels/allowance.ts';

const megabyte = 1024 * 1024;
const day = 86_400_000;

function shelf(limits: { files: number; megabytes: number; megabytesPerDay: number }) {
  const kept = new Map<string, number[]>();
  const refused: Beyond[] = [];
  let now = 0;
  const allowance = new Allowance({
    files: {
      held: async (conversation) => {
        const sizes = kept.get(conversation) ?? [];
        return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
      },
    },
    rules: () => limits,
    now: () => now,
    onRefused: (why) => refused.push(why),
  });
  const put = (conversation: string, megabytes: number, network?: string) =>
    allowance.within(conversation, network, megabytes * megabyte, async () => {
      kept.set(conversation, [...(kept.get(conversation) ?? []), megabytes * megabyte]);
      return 'kept' as const;
    });
  return { put, refused, later: (ms: number) => (now += ms) };
}

describe('what is kept of what visitors send', () => {
  it('V13 is bounded in files and bytes for each conversation, also when they come at once', async () => {
    const { put, refused } = shelf({ files: 3, megabytes: 10, megabytesPerDay: 1_000 });
    const outcomes = await Promise.all([1, 1, 1, 1, 1].map((size) => put('a', size)));
    expect(outcomes).toEqual(['kept', 'kept', 'kept', 'full', 'full']);
    expect(await put('b', 8)).toBe('kept');
    expect(await put('b', 3)).toBe('full');
    expect(await put('b', 2)).toBe('kept');
    expect(refused).toEqual(['full', 'full', 'full']);
  });

  it('V13 is bounded for each network, and what it took comes back over a day', async () => {
    const { put, later } = shelf({ files: 100, megabytes: 100, megabytesPerDay: 20 });
    expect([await put('a', 15, 'n'), await put('b', 10, 'n'), await put('c', 10, 'm')]).toEqual([
      'kept',
      'enough',
      'kept',
    ]);
    expect(await put('d', 20)).toBe('kept');
    later(day / 2);
    expect([await put('b', 10, 'n'), await put('b', 10, 'n')]).toEqual(['kept', 'enough']);
  });

  it('V13 lets the next one in when a store fails', async () => {
    const allowance = new Allowance({
      files: { held: async () => ({ files: 0, bytes: 0 }) },
      rules: () => ({ files: 1, megabytes: 1, megabytesPerDay: 1 }),
      now: () => 0,
      onRefused: () => {},
    });
    const failing = allowance.within('a', undefined, 1, () => Promise.reject(new Error('full disk')));
    const next = allowance.within('a', undefined, 1, async () => 'kept');
    await expect(failing).rejects.toThrow('full disk');
    expect(await next).toBe('kept');
  });

  it.each([
    ['203.0.113.7', undefined, '203.0.113.7'],
    ['::ffff:203.0.113.7', undefined, '203.0.113.7'],
    ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['127.0.0.1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['127.0.0.1', 'nonsense', '127.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['10.0.0.2', '2001:db8::1', '2001:db8:0:0::/64'],
  ])('V13 counts by the network: %s, told %s, is %s', (remoteAddress, told, network) => {
    expect(networkOf({ socket: { remoteAddress }, headers: told ? { 'x-forwarded-for': told } : {} })).toBe(network);
  });
});
