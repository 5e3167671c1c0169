import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { follow } from '../../../src/console/web/events.ts';

/** The browser's EventSource, opened and cut by the test. */
class FakeSource {
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  static newest: FakeSource;
  readyState = 0;
  onopen = () => {};
  onerror = () => {};
  onmessage: unknown;
  constructor() {
    FakeSource.newest = this;
  }
  addEventListener() {}
  close() {
    this.readyState = FakeSource.CLOSED;
  }
  open() {
    this.readyState = FakeSource.OPEN;
    this.onopen();
  }
  cut() {
    this.readyState = 0;
    this.onerror();
  }
}

describe('the console without its event stream', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('EventSource', FakeSource);
    vi.stubGlobal('addEventListener', () => {});
    vi.stubGlobal('removeEventListener', () => {});
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const desk = () => {
    const told: string[] = [];
    const note = (what: string) => () => void told.push(what);
    const stop = follow('/events', {
      connection: (connection) => told.push(connection),
      opened: note('opened'),
      event: note('event'),
      refused: note('refused'),
      beat: note('beat'),
      refresh: note('refresh'),
      blind: note('blind'),
    });
    return { told, stop };
  };

  it('is told every 5 s that it must look for itself, until a stream stands', () => {
    const { told, stop } = desk();
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual(['connecting', 'blind', 'blind']);
    FakeSource.newest.open();
    vi.advanceTimersByTime(60_000);
    expect(told.slice(3)).toEqual(['live', 'opened']);
    FakeSource.newest.cut();
    vi.advanceTimersByTime(5_000);
    expect(told.slice(5)).toEqual(['lost', 'blind']);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(told).toHaveLength(7);
  });
});
