import { describe, expect, it } from 'vitest';
import { backoff } from '../../../src/widget/backoff.ts';
import { type Link, type LinkEvent, signalOf, step } from '../../../src/widget/link.ts';

const run = (...events: LinkEvent[]) => events.reduce(step, { at: 'idle' } as Link);
const wanted: LinkEvent = { type: 'wanted' };
const due: LinkEvent = { type: 'due' };
const opened = (now = 0): LinkEvent => ({ type: 'opened', now });
const lost = (now: number): LinkEvent => ({ type: 'lost', now, random: 0 });

describe('the line to the service', () => {
  it('stays quiet until somebody wants it', () => {
    expect(run(due, lost(1), { type: 'network-up' })).toEqual({ at: 'idle' });
    expect(run(wanted)).toEqual({ at: 'opening', attempt: 0, network: true });
  });

  it('comes back after a loss, in growing pauses between half a second and 15 s', () => {
    const pauses: number[] = [];
    let link = run(wanted);
    for (let now = 0; pauses.length < 7; now += 100_000) {
      link = step(link, lost(now));
      if (link.at === 'waiting') pauses.push(link.until - now);
      link = step(link, due);
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 7500, 7500, 7500]);
    expect(backoff(9, 0.999999)).toBe(15_000);
    expect(backoff(0, 0.999999)).toBe(1000);
  });

  it('counts from the start again only after a line that held', () => {
    const shaky = run(wanted, lost(0), due, lost(0), due, opened(1000), lost(2000));
    expect(shaky).toMatchObject({ at: 'waiting', attempt: 3 });
    const steady = run(wanted, lost(0), due, lost(0), due, opened(1000), lost(20_000));
    expect(steady).toMatchObject({ at: 'waiting', attempt: 1 });
  });

  it('tries at once when the network is back, and goes on trying while the browser calls it off', () => {
    const off = run(wanted, opened(), { type: 'network-down', now: 0, random: 0 });
    expect(off).toMatchObject({ at: 'waiting', network: false, until: 500 });
    expect(step(off, due).at).toBe('opening');
    expect(step(off, { type: 'network-up' }).at).toBe('opening');
  });

  it('ends when the conversation is refused, and only the visitor begins anew', () => {
    const ended = run(wanted, { type: 'refused', why: 'expired' });
    expect(ended).toEqual({ at: 'ended', why: 'expired' });
    expect(run(wanted, { type: 'refused', why: 'gone' }, due, lost(1), opened())).toEqual({ at: 'ended', why: 'gone' });
    expect(step(ended, { type: 'restarted' })).toEqual({ at: 'opening', attempt: 0, network: true });
  });

  it('says "reconnecting" at first and "offline" when the network is off or the service stays away', () => {
    expect(signalOf(run(wanted))).toBe('connecting');
    expect(signalOf(run(wanted, opened()))).toBe('online');
    expect(signalOf(run(wanted, opened(), lost(1)))).toBe('reconnecting');
    const off = run(wanted, opened(), { type: 'network-down', now: 0, random: 0 });
    expect([off, step(off, due), step(step(off, due), lost(1))].map(signalOf)).toEqual(Array(3).fill('offline'));
    expect(signalOf(step(off, { type: 'network-up' }))).toBe('reconnecting');
    expect(signalOf(run(wanted, lost(0), due, lost(0), due, lost(0), due, lost(0)))).toBe('offline');
    expect(signalOf(run(wanted, lost(0), due, lost(0), due, lost(0), due, lost(0), due))).toBe('offline');
  });
});
