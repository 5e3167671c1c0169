import { describe, expect, it } from 'vitest';
import { alarmsOf, isDue, withAlarm } from '../../../src/conversation/alarms.ts';
import { decide } from '../../../src/conversation/conversation.ts';
import { initial, record } from '../../../src/conversation/fold.ts';
import { placements } from '../../../src/conversation/placement.ts';
import type { Conversation } from '../../../src/conversation/state.ts';
import type { World } from '../../../src/conversation/world.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';

const at = (c: Conversation) => placements(c).find(({ index }) => index === 'wake')?.score;

const w: World = { ...shippedTerms, now: 9_000, by: { role: 'desk' }, notices: {} as World['notices'] };

describe('the alarms of a conversation', () => {
  it('D5 are found by the earliest, each set and cleared by itself', () => {
    const both = withAlarm(withAlarm(initial('c'), 'sla', 5_000), 'delivery', 2_000);
    expect(at(both)).toBe(2_000);
    expect(isDue(both, 'delivery', 2_000)).toBe(true);
    expect(isDue(both, 'sla', 4_999)).toBe(false);
    const later = withAlarm(both, 'delivery', undefined);
    expect(at(later)).toBe(5_000);
    expect(withAlarm(later, 'sla', undefined)).toEqual(initial('c'));
  });

  it('D5 of a state that an older release wrote are its delivery alone', () => {
    const old: Conversation = { ...initial('c'), delivery: { through: 1, last: 3, failures: 2 }, wakeAt: 9_000 };
    expect(alarmsOf(old)).toEqual({ delivery: 9_000 });
    expect(at(withAlarm(old, 'sla', 4_000))).toBe(4_000);
    const told = decide(
      { ...old, version: 3 },
      { type: 'report-delivery', report: { type: 'delivered', through: 3 } },
      w,
    );
    expect(at(record({ ...old, version: 3 }, told, 9_000).next)).toBeUndefined();
  });

  it('D5 leave nothing to do for whoever wakes it second, or too early', () => {
    const c = { ...withAlarm(initial('c'), 'delivery', 1_000), version: 1 };
    expect(decide(c, { type: 'wake' }, w)).toEqual([]);
  });
});
