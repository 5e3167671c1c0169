import { describe, expect, it } from 'vitest';
import { texts } from '../../../src/bot/texts.ts';
import type { Conversation } from '../../../src/conversation/state.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { forgetOutdated } from '../../../src/desk/remembered.ts';
import { type Commit, type Store, VersionConflict } from '../../../src/store/store.ts';

const by = { role: 'desk' } as const;
const open = {
  type: 'open',
  channel: { kind: 'website' },
  visitor: { id: 'v', signed: false },
  language: 'en',
} as const;
const say = (text: string) => ({ type: 'turn', findings: [], replies: [{ text }] }) as const;
const agent = (name: string) =>
  ({ name, displayName: name, tier: 1, skills: [], languages: ['en'], capacity: 9 }) as const;

/** A store shared by processes, each with a desk of its own, and how often states were loaded from it. */
function shared() {
  const states = new Map<string, Conversation>();
  let loads = 0;
  let tickets = 0;
  const process = (): Desk => {
    const store = {
      async load(ids: readonly string[]) {
        loads += 1;
        return ids.map((id) => states.get(id));
      },
      async commit({ id, expected, basis, state }: Commit) {
        const stands = states.get(id);
        if ((stands?.version ?? 0) !== expected || (basis && !JSON.stringify(stands).startsWith(basis)))
          throw new VersionConflict(id, expected);
        states.set(id, JSON.parse(JSON.stringify(state)) as Conversation);
      },
      reserve: async () => ++tickets,
      now: () => 1_000,
    } as unknown as Store;
    return new Desk({ store, notices: texts });
  };
  return { process, states, loads: () => loads };
}

describe('a process that remembers what it has committed', () => {
  it('T1 loads a conversation once, and goes on from its own commits', async () => {
    const { process, states, loads } = shared();
    const desk = process();
    await desk.execute('c', open, by);
    for (let i = 0; i < 5; i++) await desk.execute('c', say(`${i}`), by);
    expect(loads()).toBe(1);
    expect(states.get('c')?.version).toBe(6);
  });

  it('T1 decides anew on what is loaded where another process has gone on', async () => {
    const { process, states } = shared();
    const [one, other] = [process(), process()];
    await one.execute('c', open, by);
    await other.execute('c', say('of the other'), by);
    const { version } = await one.execute('c', say('of the one'), by);
    expect(version).toBe(3);
    expect(states.get('c')?.version).toBe(3);
  });

  it('O1 refuses nobody on the strength of what it remembers', async () => {
    const { process, states } = shared();
    const [one, other] = [process(), process()];
    await one.execute('c', open, by);
    await one.execute('c', { type: 'take-in', subject: 'printer', details: 'it does not print' }, by);
    await one.claim('c', agent('aiko'));
    await other.execute('c', { type: 'release', agent: 'aiko' }, by);
    const { conversation } = await one.claim('c', agent('ben'));
    expect(conversation.phase).toMatchObject({ at: 'human', owner: { name: 'ben' } });
    expect(states.get('c')?.phase).toEqual(conversation.phase);
  });

  it('T3 says nothing twice, whichever process hears it again', async () => {
    const { process, states } = shared();
    const [one, other] = [process(), process()];
    await one.execute('c', open, by);
    await other.execute('c', say('once'), by, 'key');
    expect(await one.execute('c', say('once'), by, 'key')).toMatchObject({ version: 2, repeated: true });
    expect(states.get('c')?.version).toBe(2);
  });

  it('K10 goes on from no state of a conversation that was erased and begun anew', async () => {
    const { process, states } = shared();
    const [one, other] = [process(), process()];
    await one.execute('c', { ...open, visitor: { id: 'v', name: 'Erased', signed: false } }, by);
    states.delete('c');
    await new Desk({ store: other.store, notices: texts, now: () => 2_000 }).execute('c', open, by);
    await one.execute('c', say('hello'), by);
    expect(states.get('c')).toMatchObject({ version: 2, createdAt: 2_000, visitor: { id: 'v', signed: false } });
    expect(JSON.stringify(states.get('c'))).not.toContain('Erased');
  });

  it('K10 forgets what the feed says is outdated, archived or erased', async () => {
    const { process, loads } = shared();
    const desk = process();
    await desk.execute('c', open, by);
    const told = (version: number, type: string) =>
      forgetOutdated(desk.store, { kind: 'entry', position: '1', announcement: { conversation: 'c', version, type } });
    told(1, 'opened');
    await desk.execute('c', say('from memory'), by);
    expect(loads()).toBe(1);
    told(3, 'message');
    await desk.execute('c', say('another was quicker'), by);
    expect(loads()).toBe(2);
    told(3, 'erased');
    await desk.execute('c', say('it may be gone'), by);
    expect(loads()).toBe(3);
    forgetOutdated(desk.store, { kind: 'lost', position: '9' });
    await desk.execute('c', say('nobody knows'), by);
    expect(loads()).toBe(4);
  });
});
