/** THE CONTRACT of src/store/store.ts: what every engine proves. Each test names the rule of the port that it proves. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initial } from '../../src/conversation/fold.ts';
import { indexes } from '../../src/conversation/placement.ts';
import type { Conversation } from '../../src/conversation/state.ts';
import { beginningOf } from '../../src/desk/remembered.ts';
import {
  type Commit,
  type FeedItem,
  LimitReached,
  type Listed,
  type Store,
  Unreadable,
  VersionConflict,
} from '../../src/store/store.ts';
import { soon } from './soon.ts';
import { begin, claimed, commitOf, go, opened, queued, removalOf, said } from './story.ts';

/** One engine's ground: a fresh, empty place that any number of stores may be opened on, one after the other or together. */
export interface Engine {
  /** A store on the place. Where the engine serves one process only, the one before must be closed. */
  open(options?: { feedLength?: number }): Promise<Store>;
  /** Writes text that is no JSON where the state, or the event of a version, stands. No store is open meanwhile. */
  damage(id: string, what: 'state' | number): Promise<void>;
  dispose(): Promise<void>;
}

export function storeContract(name: string, makeEngine: () => Promise<Engine>): void {
  describe(`${name} keeps the port's rules:`, () => {
    let engine: Engine;
    let store: Store;

    beforeEach(async () => {
      engine = await makeEngine();
      store = await engine.open();
    });
    afterEach(async () => {
      await store.close();
      await engine.dispose();
    });

    const reopen = async (options?: { feedLength?: number }): Promise<void> => {
      await store.close();
      store = await engine.open(options);
    };
    const everything = async (id: string): Promise<unknown> => ({
      state: await store.load([id]),
      events: await store.history(id, 0, 100),
      waiting: await store.list(indexes.waiting, { limit: 100 }),
      open: await store.list(indexes.open, { limit: 100 }),
      position: await store.position(),
    });

    it('S1 a commit writes events, state, index moves and the feed entry together', async () => {
      const items: FeedItem[] = [];
      const stop = await store.follow(undefined, (item) => items.push(item));
      const before = await begin(store, 'c1');
      const after = await go(store, before, [said('人と話したい'), queued(7)], 5_000);
      expect(await store.load(['c1'])).toEqual([after]);
      expect((await store.history('c1', 0, 100)).map((e) => [e.version, e.type])).toEqual([
        [1, 'opened'],
        [2, 'message'],
        [3, 'message'],
        [4, 'queued'],
      ]);
      expect(await store.list(indexes.waiting, { limit: 10 })).toEqual([{ member: 'c1', score: 5_000 }]);
      expect(await store.list(indexes.tickets, { limit: 10 })).toEqual([{ member: 'c1#7', score: 7 }]);
      await soon(() => expect(items).toHaveLength(2));
      expect(items.map((item) => item.kind === 'entry' && item.announcement)).toEqual([
        { conversation: 'c1', version: 2 },
        { conversation: 'c1', version: 4 },
      ]);
      stop();
    });

    it('S1 a refused commit leaves every part as it was', async () => {
      const before = await begin(store, 'c1');
      const other = await go(store, await begin(store, 'c2'), [queued(1)]);
      const stood = await everything('c1');
      const stale = commitOf(initial('c1'), [opened, queued(2)], 3_000);
      await expect(store.commit(stale)).rejects.toThrow(VersionConflict);
      const tooMany = {
        ...commitOf(before, [queued(2)], 3_000),
        limit: { index: indexes.waiting, max: 1, of: 'members' as const },
      };
      await expect(store.commit(tooMany)).rejects.toThrow(LimitReached);
      expect(await everything('c1')).toEqual(stood);
      expect(await store.load(['c2'])).toEqual([other]);
    });

    it('S1 a commit that contradicts itself is refused before anything is written', async () => {
      const good = commitOf(initial('c1'), [opened], 1);
      const wrong: Commit[] = [
        { ...good, events: [] },
        { ...good, state: { ...good.state, version: 9 } },
        { ...good, moves: [{ index: 'x', member: 'm', from: undefined, to: Number.NaN }] },
      ];
      for (const commit of wrong) await expect(store.commit(commit)).rejects.toThrow(TypeError);
      expect(await store.load(['c1'])).toEqual([undefined]);
    });

    it('S2 two commits at one version: one is applied, the other conflicts', async () => {
      const before = await begin(store, 'c1');
      const outcomes = await Promise.allSettled([
        store.commit(commitOf(before, [said('a')], 2)),
        store.commit(commitOf(before, [said('b')], 2)),
      ]);
      expect(outcomes.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find((o) => o.status === 'rejected')?.reason).toBeInstanceOf(VersionConflict);
      expect(await store.history('c1', 2, 10)).toHaveLength(1);
    });

    it('S2 fifty commits at one version: exactly one is applied', async () => {
      const before = await begin(store, 'c1');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, (_, i) => store.commit(commitOf(before, [said(`number ${i}`)], 2))),
      );
      const winner = outcomes.findIndex((o) => o.status === 'fulfilled');
      const losers = outcomes.filter((o) => o.status === 'rejected');
      expect(losers).toHaveLength(49);
      for (const loser of losers) expect(loser.reason).toBeInstanceOf(VersionConflict);
      expect(await store.history('c1', 2, 10)).toMatchObject([{ version: 3, text: `number ${winner}` }]);
      expect((await store.load(['c1']))[0]?.lastMessage).toBe(`number ${winner}`);
    });

    it('S2 a commit ahead of the conversation, or to one that is not there, conflicts', async () => {
      const before = await begin(store, 'c1');
      const ahead = commitOf({ ...before, version: 5 }, [said('x')], 2);
      await expect(store.commit(ahead)).rejects.toThrow(VersionConflict);
      const nowhere = commitOf({ ...before, id: 'c2' }, [said('x')], 2);
      await expect(store.commit(nowhere)).rejects.toThrow(VersionConflict);
    });

    it('S3 what was acknowledged is there after a restart: log, state, indexes, counters, records', async () => {
      const before = await go(store, await begin(store, 'c1'), [queued(await store.reserve('ticket'))]);
      await store.records.put('account', 'hanako', { role: 'lead' });
      const stood = await everything('c1');
      await reopen();
      expect(await everything('c1')).toEqual(stood);
      expect(await store.count(indexes.waiting)).toBe(1);
      expect(await store.reserve('ticket')).toBe(2);
      expect(await store.records.get('account', 'hanako')).toEqual({ role: 'lead' });
      await go(store, before, [said('続き')]);
      expect(await store.history('c1', 0, 10)).toHaveLength(4);
    });

    it('S3 an acknowledged commit is seen by the next read', async () => {
      let state = await begin(store, 'c1');
      for (let i = 0; i < 20; i++) {
        state = await go(store, state, [said(`${i}`)]);
        expect(await store.load(['c1'])).toEqual([state]);
        expect(await store.history('c1', state.version - 1, 10)).toHaveLength(1);
      }
    });

    it('S4 a conversation under concurrent writers has every version once, in order', async () => {
      await begin(store, 'c1');
      const write = async (writer: number): Promise<void> => {
        for (let done = 0; done < 10; ) {
          const [state] = await store.load(['c1']);
          try {
            await go(store, state as Conversation, [said(`${writer}.${done}`)]);
            done += 1;
          } catch (error) {
            if (!(error instanceof VersionConflict)) throw error;
          }
        }
      };
      await Promise.all([1, 2, 3, 4, 5].map(write));
      const events = await store.history('c1', 0, 1_000);
      expect(events.map((e) => e.version)).toEqual(Array.from({ length: 52 }, (_, i) => i + 1));
      for (const writer of [1, 2, 3, 4, 5]) {
        const own = events.flatMap((e) => (e.type === 'message' && e.text?.startsWith(`${writer}.`) ? [e.text] : []));
        expect(own).toEqual(Array.from({ length: 10 }, (_, i) => `${writer}.${i}`));
      }
    });

    it('S4 history is read in pages, and one conversation never shows in another', async () => {
      let state = await begin(store, 'c');
      await begin(store, 'c1');
      await begin(store, 'c:x');
      for (let i = 0; i < 8; i++) state = await go(store, state, [said(`${i}`)]);
      expect((await store.history('c', 0, 4)).map((e) => e.version)).toEqual([1, 2, 3, 4]);
      expect((await store.history('c', 4, 4)).map((e) => e.version)).toEqual([5, 6, 7, 8]);
      expect((await store.history('c', 8, 4)).map((e) => e.version)).toEqual([9, 10]);
      expect(await store.history('c', 10, 4)).toEqual([]);
      expect(await store.history('nobody', 0, 4)).toEqual([]);
      await expect(store.history('c', 0, 0)).rejects.toThrow(RangeError);
      await expect(store.history('c', 0, 10_001)).rejects.toThrow(RangeError);
    });

    it('S4 text comes back as it went in: Japanese, emoji, NUL, 100,000 characters', async () => {
      const texts = ['日本語のテキスト', '👩‍💻 と 𠮟る', 'null \0 and \u2028', '\ud800 alone', 'x'.repeat(100_000), ''];
      let state = await begin(store, '会話|a:b{c}%🙂');
      for (const text of texts) state = await go(store, state, [said(text)]);
      const events = await store.history('会話|a:b{c}%🙂', 2, 10);
      expect(events.map((e) => e.type === 'message' && e.text)).toEqual(texts);
      expect(await store.load(['会話|a:b{c}%🙂'])).toEqual([state]);
    });

    it('S4 a commit of 500 events is one step', async () => {
      const before = await begin(store, 'c1');
      await go(
        store,
        before,
        Array.from({ length: 500 }, (_, i) => said(`${i}`)),
      );
      expect((await store.history('c1', 0, 10_000)).at(-1)?.version).toBe(502);
    });

    it('load gives states in the order asked, undefined where there is none', async () => {
      const a = await begin(store, 'a');
      const b = await begin(store, 'b');
      expect(await store.load(['b', 'nobody', 'a', 'b'])).toEqual([b, undefined, a, b]);
      expect(await store.load([])).toEqual([]);
    });

    it('S5 claims race for an agent’s last places: no more than the capacity are won', async () => {
      const agent = { name: 'ken', displayName: 'Ken' };
      const ids = Array.from({ length: 20 }, (_, i) => `c${i}`);
      const waiting = await Promise.all(ids.map(async (id, i) => go(store, await begin(store, id), [queued(i + 1)])));
      const outcomes = await Promise.allSettled(
        waiting.map((state) =>
          store.commit({
            ...commitOf(state, [claimed(agent, 2_000)], 3_000),
            limit: { index: indexes.mine('ken'), max: 3, of: 'members' as const },
          }),
        ),
      );
      expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(3);
      for (const o of outcomes) if (o.status === 'rejected') expect(o.reason).toBeInstanceOf(LimitReached);
      expect(await store.count(indexes.mine('ken'))).toBe(3);
      expect(await store.count(indexes.waiting)).toBe(17);
    });

    it('S5 a commit that leaves the index as full as allowed is applied; a place given back can be taken', async () => {
      const agent = { name: 'ken', displayName: 'Ken' };
      const limit = { index: indexes.mine('ken'), max: 1, of: 'members' as const };
      const first = await go(store, await begin(store, 'c1'), [queued(1)]);
      const second = await go(store, await begin(store, 'c2'), [queued(2)]);
      await store.commit({ ...commitOf(first, [claimed(agent, 1)], 3), limit });
      const held = commitOf(first, [claimed(agent, 1)], 3).state;
      const still = { ...commitOf(held, [said('x')], 4), limit };
      await store.commit(still);
      await expect(store.commit({ ...commitOf(second, [claimed(agent, 1)], 5), limit })).rejects.toThrow(LimitReached);
      await go(store, still.state, [{ by: { role: 'agent', ...agent }, body: { type: 'released' } }]);
      await store.commit({ ...commitOf(second, [claimed(agent, 1)], 6), limit });
      expect(await store.list(indexes.mine('ken'), { limit: 10 })).toEqual([{ member: 'c2', score: 1 }]);
    });

    describe('S5 a limit on the sum of scores', () => {
      /** One commit of a conversation of its own, that moves it in `load` and is refused where the scores would exceed `max`. */
      const put = async (id: string, to: number | undefined, max: number): Promise<void> => {
        const before = (await store.load([id]))[0] ?? initial(id);
        const commit = commitOf(before, [before.version === 0 ? opened : said('x')], 1);
        const moves = [{ index: 'load', member: id, from: undefined, to }];
        await store.commit({ ...commit, moves, limit: { index: 'load', max, of: 'scores' } });
      };

      it('S5 refuses what would weigh too much, however few they are, and takes what just fits', async () => {
        await put('phone', 3, 5);
        await put('chat', 1, 5);
        await expect(put('call', 3, 5)).rejects.toThrow(LimitReached);
        expect(await store.load(['call'])).toEqual([undefined]);
        await put('mail', 1, 5);
        expect(await store.count('load')).toBe(3);
      });

      it('S5 counts a member by its new score, wherever it stood, and no longer when it leaves', async () => {
        await put('a', 4, 5);
        await put('a', 5, 5);
        await expect(put('a', 6, 5)).rejects.toThrow(LimitReached);
        await expect(put('b', 0.5, 5)).rejects.toThrow(LimitReached);
        await put('a', undefined, 5);
        for (let i = 0; i < 10; i++) await put(`tenth ${i}`, 0.1, 1);
        await expect(put('more', 0.1, 1)).rejects.toThrow(LimitReached);
      });

      it('S5 holds when many come at once', async () => {
        const weights = Array.from({ length: 24 }, (_, i) => 1 + (i % 3));
        const outcomes = await Promise.allSettled(weights.map((weight, i) => put(`c${i}`, weight, 10)));
        for (const o of outcomes) if (o.status === 'rejected') expect(o.reason).toBeInstanceOf(LimitReached);
        const held = (await store.list('load', { limit: 100 })).reduce((sum, { score }) => sum + score, 0);
        expect(held).toBeLessThanOrEqual(10);
        // Whoever was refused would not have fitted, and the heaviest weighs 3.
        expect(held).toBeGreaterThan(7);
      });
    });

    describe('S6 an index', () => {
      /** Puts members into the index `x`, each by a commit of its own. */
      const place = async (entries: readonly (readonly [member: string, score: number])[]): Promise<void> => {
        for (const [member, to] of entries) {
          const commit = commitOf(initial(`of ${member}`), [opened], 1);
          await store.commit({ ...commit, moves: [{ index: 'x', member, from: undefined, to }] });
        }
      };
      const members = (listed: readonly Listed[]): string[] => listed.map(({ member }) => member);

      it('S6 is ordered by score, then by member, bytewise', async () => {
        const scores: [string, number][] = [
          ['z', 1],
          ['B', 5],
          ['a', 5],
          ['é', 5],
          ['日', 5],
          ['🙂', 5],
          ['\uff5e', 5],
          ['a\u0001', 5],
          ['aa', 5],
          ['n', -3.5],
          ['m', -4],
          ['o', 0],
          ['big', 1_795_000_000_000],
          ['half', 1_795_000_000_000.5],
        ];
        await place(scores);
        const expected = [...scores]
          .sort(([m, s], [n, t]) => s - t || Buffer.compare(Buffer.from(m), Buffer.from(n)))
          .map(([member, score]) => ({ member, score }));
        expect(await store.list('x', { limit: 100 })).toEqual(expected);
        expect(await store.list('x', { limit: 100, reverse: true })).toEqual(expected.toReversed());
      });

      it('S6 holds a member once, at its newest score, whatever score it is said to come from', async () => {
        const first = commitOf(initial('c1'), [opened], 1);
        await store.commit({ ...first, moves: [{ index: 'x', member: 'm', from: undefined, to: 5 }] });
        const second = commitOf(first.state, [said('x')], 2);
        await store.commit({ ...second, moves: [{ index: 'x', member: 'm', from: 4, to: 9 }] });
        expect(await store.list('x', { limit: 10 })).toEqual([{ member: 'm', score: 9 }]);
        expect(await store.count('x')).toBe(1);
        const third = commitOf(second.state, [said('y')], 3);
        await store.commit({ ...third, moves: [{ index: 'x', member: 'm', from: 4, to: undefined }] });
        expect(await store.list('x', { limit: 10 })).toEqual([]);
        expect(await store.count('x')).toBe(0);
      });

      it('S6 is read in pages from any entry on, with a bound, both ways', async () => {
        const entries = Array.from(
          { length: 60 },
          (_, i) => [`m${String(i).padStart(2, '0')}`, Math.floor(i / 25)] as const,
        );
        await place(entries);
        const all = entries.map(([member]) => member);
        for (const reverse of [false, true]) {
          const pages: string[] = [];
          let after: Listed | undefined;
          do {
            const page = await store.list('x', { limit: 7, reverse, ...(after ? { after } : {}) });
            pages.push(...members(page));
            after = page.at(-1);
          } while (after);
          expect(pages).toEqual(reverse ? all.toReversed() : all);
        }
        expect(members(await store.list('x', { limit: 100, max: 0 }))).toEqual(all.slice(0, 25));
        expect(members(await store.list('x', { limit: 3, max: 1, reverse: true }))).toEqual(
          all.slice(47, 50).toReversed(),
        );
        expect(await store.list('x', { limit: 5, max: -1 })).toEqual([]);
        // The entry it continues behind may have left meanwhile.
        expect(members(await store.list('x', { limit: 2, after: { member: 'm10x', score: 0 } }))).toEqual([
          'm11',
          'm12',
        ]);
        expect(
          members(await store.list('x', { limit: 2, after: { member: 'm10x', score: 0 }, reverse: true })),
        ).toEqual(['m10', 'm09']);
        expect(members(await store.list('x', { limit: 2, max: 0, after: { member: 'm23', score: 0 } }))).toEqual([
          'm24',
        ]);
        expect(
          members(await store.list('x', { limit: 2, max: 0, after: { member: 'm55', score: 2 }, reverse: true })),
        ).toEqual(['m24', 'm23']);
        expect(await store.list('nobody', { limit: 5 })).toEqual([]);
        await expect(store.list('x', { limit: 0 })).rejects.toThrow(RangeError);
      });

      it('S6 counts its members and says how many stand before one', async () => {
        await place([
          ['a', 1],
          ['b', 2],
          ['c', 2],
          ['d', 3],
        ]);
        expect(await store.count('x')).toBe(4);
        expect(await store.count('nobody')).toBe(0);
        expect(await store.rank('x', 'a', 1)).toBe(0);
        expect(await store.rank('x', 'c', 2)).toBe(2);
        expect(await store.rank('x', 'd', 3)).toBe(3);
        expect(await store.rank('x', 'nobody', 3)).toBeUndefined();
      });
    });

    describe('S7 the feed', () => {
      const versions = (items: readonly FeedItem[]): unknown[] =>
        items.map((item) =>
          item.kind === 'lost' ? 'lost' : `${item.announcement.conversation}@${item.announcement.version}`,
        );

      it('S7 tells each follower of each commit, in order', async () => {
        const one: FeedItem[] = [];
        const two: FeedItem[] = [];
        const stops = [
          await store.follow(undefined, (i) => one.push(i)),
          await store.follow(undefined, (i) => two.push(i)),
        ];
        const expected: string[] = [];
        let state = await begin(store, 'c1');
        expected.push('c1@2');
        for (let i = 0; i < 300; i++) {
          state = await go(store, state, [said(`${i}`)]);
          expected.push(`c1@${state.version}`);
        }
        await soon(() => expect(one.length + two.length).toBe(602));
        expect(versions(one)).toEqual(expected);
        expect(versions(two)).toEqual(expected);
        for (const stop of stops) stop();
      });

      it('S7 from now on means from now on; a stopped follower hears nothing more', async () => {
        const state = await begin(store, 'c1');
        const items: FeedItem[] = [];
        const others: FeedItem[] = [];
        const stop = await store.follow(undefined, (i) => items.push(i));
        const stopOthers = await store.follow(undefined, (i) => others.push(i));
        const next = await go(store, state, [said('a')]);
        await soon(() => expect(versions(items)).toEqual(['c1@3']));
        stop();
        await go(store, next, [said('b')]);
        await soon(() => expect(others).toHaveLength(2));
        expect(items).toHaveLength(1);
        stopOthers();
      });

      it('S7 a follower resumes at its position without a gap, across a restart', async () => {
        const start = await store.position();
        let state = await begin(store, 'c1');
        const heard: FeedItem[] = [];
        const stop = await store.follow(start, (i) => heard.push(i));
        state = await go(store, state, [said('a')]);
        await soon(() => expect(heard).toHaveLength(2));
        stop();
        for (let i = 0; i < 400; i++) state = await go(store, state, [said(`${i}`)]);
        await reopen();
        const resumed: FeedItem[] = [];
        const stopAgain = await store.follow(heard[1]?.position, (i) => resumed.push(i));
        state = await go(store, state, [said('z')]);
        await soon(() => expect(resumed).toHaveLength(401));
        expect(versions([...heard, ...resumed])).toEqual(Array.from({ length: 403 }, (_, i) => `c1@${i + 2}`));
        expect(await store.position()).toBe(resumed.at(-1)?.position);
        stopAgain();
      });

      it('S7 a follower that joins amid a storm of commits misses none', async () => {
        const from = await store.position();
        const storm = Promise.all(Array.from({ length: 200 }, (_, i) => begin(store, `c${i}`)));
        const items: FeedItem[] = [];
        const stop = await store.follow(from, (i) => items.push(i));
        await storm;
        await soon(() => expect(items.length).toBeGreaterThanOrEqual(200));
        expect(new Set(versions(items)).size).toBe(200);
        stop();
      });

      it('S7 a position that is no longer held yields lost once, then what follows', async () => {
        await reopen({ feedLength: 10 });
        const old = await store.position();
        let state = await begin(store, 'c1');
        // An engine may keep some more than it was asked to.
        for (let i = 0; i < 400; i++) state = await go(store, state, [said(`${i}`)]);
        const items: FeedItem[] = [];
        const stop = await store.follow(old, (i) => items.push(i));
        await soon(() => expect(versions(items)).toEqual(['lost']));
        const latest = await go(store, state, [said('after')]);
        await soon(() => expect(versions(items)).toEqual(['lost', `c1@${latest.version}`]));
        const again: FeedItem[] = [];
        const stopAgain = await store.follow(items[0]?.position, (i) => again.push(i));
        await soon(() => expect(versions(again)).toEqual([`c1@${latest.version}`]));
        stop();
        stopAgain();
      });

      it('S7 a position that this feed never gave yields lost', async () => {
        await begin(store, 'c1');
        for (const strange of ['999999999999999-7', '999999999', 'nonsense']) {
          const items: FeedItem[] = [];
          const stop = await store.follow(strange, (i) => items.push(i));
          await soon(() => expect(versions(items)).toEqual(['lost']));
          stop();
        }
      });
    });

    it('S8 numbers are reserved once each, from 1, each counter for itself', async () => {
      const numbers = await Promise.all(Array.from({ length: 100 }, () => store.reserve('ticket')));
      expect(new Set(numbers).size).toBe(100);
      expect(Math.min(...numbers)).toBe(1);
      await reopen();
      expect(await store.reserve('ticket')).toBeGreaterThan(Math.max(...numbers));
      expect(await store.reserve('other')).toBe(1);
    });

    describe('S9 a record', () => {
      it('S9 is put, read, replaced, listed by id and removed', async () => {
        const { records } = store;
        await records.put('kind', 'b', { n: 1 });
        await records.put('kind', 'a', [1, 'zwei', null]);
        await records.put('kind', 'b', 'new');
        await records.put('kinder', 'c', true);
        expect(await records.get('kind', 'a')).toEqual([1, 'zwei', null]);
        expect(await records.list('kind')).toEqual([
          { id: 'a', value: [1, 'zwei', null] },
          { id: 'b', value: 'new' },
        ]);
        await records.remove('kind', 'b');
        await records.remove('kind', 'nobody');
        expect(await records.get('kind', 'b')).toBeUndefined();
        expect(await records.list('kind')).toHaveLength(1);
        expect(await records.list('empty')).toEqual([]);
      });

      it('S9 has any text for an id, however long', async () => {
        const ids = ['', ' ', 'ä:b{c}', '日本語'.repeat(30), 'x'.repeat(5_000), 'a\0b'];
        for (const id of ids) await store.records.put('kind', id, id.length);
        for (const id of ids) expect(await store.records.get('kind', id)).toBe(id.length);
        expect((await store.records.list('kind')).map(({ id }) => id).sort()).toEqual([...ids].sort());
      });

      it('S9 is put by one of many who find it absent', async () => {
        const won = await Promise.all(Array.from({ length: 30 }, (_, i) => store.records.putIfAbsent('lease', 'x', i)));
        expect(won.filter(Boolean)).toHaveLength(1);
        expect(await store.records.get('lease', 'x')).toBe(won.indexOf(true));
        await store.records.remove('lease', 'x');
        expect(await store.records.putIfAbsent('lease', 'x', 'again')).toBe(true);
      });

      it('S9 is gone at its expiry, in every way of asking, and can then be put anew', async () => {
        const { records } = store;
        await records.put('session', 'short', 1, 800);
        await records.put('session', 'long', 2, 60_000);
        expect(await records.get('session', 'short')).toBe(1);
        await soon(async () => expect(await records.get('session', 'short')).toBeUndefined());
        expect(await records.list('session')).toEqual([{ id: 'long', value: 2 }]);
        expect(await records.putIfAbsent('session', 'short', 3, 100)).toBe(true);
        await records.put('session', 'long', 4);
        await soon(async () => expect(await records.list('session')).toEqual([{ id: 'long', value: 4 }]));
      });

      it('S9 counts from its first, and starts anew when it has expired', async () => {
        const counts = await Promise.all(
          Array.from({ length: 5 }, () => store.records.increment('attempts', 'ken', 800)),
        );
        expect(counts.sort()).toEqual([1, 2, 3, 4, 5]);
        expect(await store.records.get('attempts', 'ken')).toBe(5);
        await soon(async () => expect(await store.records.get('attempts', 'ken')).toBeUndefined());
        expect(await store.records.increment('attempts', 'ken', 60_000)).toBe(1);
        expect(await store.records.list('attempts')).toEqual([{ id: 'ken', value: 1 }]);
      });
    });

    it('S10 signals reach those who listen now, and are not stored', async () => {
      const heard: unknown[] = [];
      const late: unknown[] = [];
      const stop = store.onSignal((message) => heard.push(message));
      await store.signal({ typing: 'c1', by: '花子' });
      await soon(() => expect(heard).toEqual([{ typing: 'c1', by: '花子' }]));
      const stopLate = store.onSignal((message) => late.push(message));
      stop();
      await store.signal('second');
      await soon(() => expect(late).toEqual(['second']));
      expect(heard).toHaveLength(1);
      stopLate();
    });

    it('S12 a state or an event that does not parse names its conversation, and no other suffers', async () => {
      await begin(store, 'bad-state');
      await begin(store, 'bad-event');
      const good = await begin(store, 'good');
      await store.close();
      await engine.damage('bad-state', 'state');
      await engine.damage('bad-event', 2);
      store = await engine.open();
      const state = await store.load(['bad-state']).catch((error: unknown) => error);
      expect(state).toBeInstanceOf(Unreadable);
      expect((state as Unreadable).conversation).toBe('bad-state');
      const events = await store.history('bad-event', 0, 10).catch((error: unknown) => error);
      expect(events).toBeInstanceOf(Unreadable);
      expect((events as Unreadable).conversation).toBe('bad-event');
      expect(await store.history('bad-event', 0, 1)).toHaveLength(1);
      expect(await store.load(['good'])).toEqual([good]);
      await go(store, good, [said('works')]);
    });

    it('S2 a commit without an event moves index entries alone, and only at its version', async () => {
      const c = await begin(store, 'c1');
      const only = { ...commitOf(c, [], 0), moves: [{ index: 'extra', member: 'c1', from: undefined, to: 5 }] };
      await store.commit(only);
      expect(await store.list('extra', { limit: 10 })).toEqual([{ member: 'c1', score: 5 }]);
      expect([await store.load(['c1']), (await store.history('c1', 0, 10)).length]).toEqual([[c], c.version]);
      await go(store, c, [said('on')]);
      await expect(store.commit(only)).rejects.toThrow(VersionConflict);
    });

    it('S15 the names of all logs come page by page, each at least once', async () => {
      const all = ['plain', 'phone:日本', 'a|b', 'x*?['];
      for (const id of all) await begin(store, id);
      for (let n = 0; n < 40; n++) all.push((await begin(store, `n${n}`)).id);
      const found = new Set<string>();
      for (let cursor: string | undefined; ; ) {
        const page = await store.ids(cursor);
        for (const id of page.ids) found.add(id);
        if (page.next === undefined) break;
        cursor = page.next;
      }
      expect([...found].sort()).toEqual([...all].sort());
    });

    it('S2 a commit on a remembered state conflicts where another life of the conversation stands at its version', async () => {
      const before = await begin(store, 'c1');
      await store.remove(removalOf(before));
      const again = await begin(store, 'c1', before.createdAt + 1);
      expect(again.version).toBe(before.version);
      const late = commitOf(before, [said('of the life before')], 9_000);
      const all = await everything('c1');
      await expect(store.commit({ ...late, basis: beginningOf(before) })).rejects.toThrow(VersionConflict);
      expect(await everything('c1')).toEqual(all);
      await store.commit({ ...commitOf(again, [said('of this life')], 9_000), basis: beginningOf(again) });
      expect((await store.load(['c1']))[0]?.version).toBe(again.version + 1);
    });

    it('S13 a removal takes log, state and places away together, and the feed tells', async () => {
      const items: FeedItem[] = [];
      const before = await go(store, await begin(store, 'c1'), [queued(7)], 5_000);
      const other = await go(store, await begin(store, 'c2'), [queued(8)], 6_000);
      const stop = await store.follow(undefined, (item) => items.push(item));
      await store.remove(removalOf(before));
      expect(await store.load(['c1', 'c2'])).toEqual([undefined, other]);
      expect(await store.history('c1', 0, 10)).toEqual([]);
      expect(await store.history('c2', 0, 10)).toHaveLength(3);
      expect((await store.list(indexes.waiting, { limit: 10 })).map(({ member }) => member)).toEqual(['c2']);
      expect(await store.list(indexes.tickets, { limit: 10 })).toEqual([{ member: 'c2#8', score: 8 }]);
      expect([await store.count(indexes.waiting), await store.count(indexes.tickets)]).toEqual([1, 1]);
      await soon(() => expect(items).toHaveLength(1));
      expect(items[0]).toMatchObject({ announcement: { conversation: 'c1', version: 3, type: 'removed' } });
      stop();
      await reopen();
      expect(await store.load(['c1', 'c2'])).toEqual([undefined, other]);
    });

    it('S13 a removal at another version removes nothing', async () => {
      const before = await begin(store, 'c1');
      await go(store, before, [said('still here')]);
      const stood = await everything('c1');
      await expect(store.remove(removalOf(before))).rejects.toThrow(VersionConflict);
      await expect(store.remove(removalOf({ ...before, id: 'nobody' }))).rejects.toThrow(VersionConflict);
      await expect(store.remove(removalOf(initial('c1')))).rejects.toThrow(TypeError);
      expect(await everything('c1')).toEqual(stood);
    });

    it('S13 of a removal and a commit at one version one is done', async () => {
      const before = await begin(store, 'c1');
      const outcomes = await Promise.allSettled([
        store.commit(commitOf(before, [said('late')], 9)),
        store.remove(removalOf(before)),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const [found] = await store.load(['c1']);
      expect(found?.version).toBe(outcomes[0]?.status === 'fulfilled' ? 3 : undefined);
    });

    it('S13 what was removed can be brought back whole by one commit', async () => {
      const before = await go(store, await begin(store, 'c1'), [queued(7)], 5_000);
      const events = await store.history('c1', 0, 100);
      await store.remove(removalOf(before));
      const back = commitOf(initial('c1'), [], 0);
      await store.commit({ ...back, events, state: before, moves: commitOf(before, [], 0).moves });
      expect(await store.load(['c1'])).toEqual([before]);
      expect(await store.history('c1', 0, 100)).toEqual(events);
      await go(store, before, [said('続き')]);
      expect((await store.history('c1', 3, 10)).map(({ version }) => version)).toEqual([4]);
    });

    it('S14 tells the time in whole ms since 1970', () => {
      const before = store.now();
      expect(Number.isInteger(before)).toBe(true);
      // Engine and test run on one machine.
      expect(Math.abs(before - Date.now())).toBeLessThan(1_000);
      for (let i = 0; i < 1_000; i++) expect(store.now()).toBeGreaterThanOrEqual(before);
    });

    it('health says what an acknowledged commit survives', async () => {
      const health = await store.health();
      expect(['power-loss', 'process-crash', 'none']).toContain(health.durability);
      expect(health.detail).toMatch(/\.$/);
    });
  });
}
