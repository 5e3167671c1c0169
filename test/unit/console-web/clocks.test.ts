import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/console/web/case-model.ts';
import { standOf } from '../../../src/console/web/clocks.ts';

const minute = 60_000;
const due = Date.parse('2026-04-01T10:00:00.000Z');
const clock = (more: Partial<Clock> = {}): Clock => ({
  name: 'firstResponse',
  state: 'running',
  dueAt: new Date(due).toISOString(),
  metAt: null,
  late: false,
  ...more,
});
const stand = (of: Clock, now: number) => standOf(of, now, 'en');

describe('a time limit', () => {
  it('says how much is left, and presses in its last minutes or when the service has warned', () => {
    expect(stand(clock(), due - 60 * minute)).toEqual({ urgency: 'calm', key: 'clock.left', time: '1 h 00 min' });
    expect(stand(clock(), due - 5 * minute)).toEqual({ urgency: 'soon', key: 'clock.left', time: '5 min' });
    expect(stand(clock({ state: 'warned' }), due - 60 * minute).urgency).toBe('soon');
  });

  it('is over from its moment on, whether the service has said so yet or not', () => {
    expect(stand(clock(), due)).toEqual({ urgency: 'over', key: 'clock.over', time: '0 s' });
    expect(stand(clock({ state: 'breached', late: true }), due + 5 * minute).time).toBe('5 min');
  });

  it('that was met says whether in time, and by how much not', () => {
    const at = (ms: number) => new Date(ms).toISOString();
    expect(stand(clock({ state: 'met', metAt: at(due - 1) }), due + 60 * minute).key).toBe('clock.met');
    expect(stand(clock({ state: 'met', metAt: at(due + 3 * minute), late: true }), due + 60 * minute)).toEqual({
      urgency: 'over',
      key: 'clock.metLate',
      time: '3 min',
    });
  });

  it('that stands still says so, and no time', () => {
    expect(stand(clock({ state: 'paused' }), due + minute)).toEqual({ urgency: 'calm', key: 'clock.paused', time: '' });
  });
});
