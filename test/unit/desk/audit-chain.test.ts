import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginning, canonical, type Row, rowOf } from '../../../src/desk/audit/chain.ts';
import { deedOf, segmentId } from '../../../src/desk/audit/deeds.ts';
import { type Verdict, verify } from '../../../src/desk/audit/verify.ts';
import { drawSeed } from '../../support/seed.ts';

function chainOf(length: number): Row[] {
  const rows: Row[] = [];
  for (let n = 1; n <= length; n++) {
    const deed = { at: n * 1_000, who: 'agent:aiko', what: 'claimed', subject: `c-${n}`, facts: { ticket: `T-${n}` } };
    rows.push(rowOf(deed, n, rows.at(-1)?.hash ?? beginning));
  }
  return rows;
}

/** @param kept what is stored now; `whole` is what was written. */
function check(kept: readonly Row[], whole: readonly Row[]): Promise<Verdict> {
  const last = whole.at(-1);
  const trail = { rows: async (after: number, limit: number) => kept.slice(after, after + limit) };
  return verify(trail, async () => last, last ? [last] : []);
}

const seed = drawSeed();

describe(`the audit trail's chain (seed ${seed})`, () => {
  it('K2 holds as it was written, of any length', async () => {
    for (const length of [0, 1, 499, 500, 501, 1_200]) {
      const rows = chainOf(length);
      const verdict = await check(rows, rows);
      expect([verdict.rows, verdict.fault]).toEqual([length, undefined]);
    }
  });

  it('K2 finds the very row that was changed, removed, doubled, moved or cut off', async () => {
    const whole = chainOf(40);
    const tampered = fc.record({
      at: fc.integer({ min: 0, max: 38 }),
      how: fc.constantFrom('who', 'at', 'facts', 'hash', 'remove', 'double', 'swap', 'cut', 'renumber'),
    });
    await fc.assert(
      fc.asyncProperty(tampered, async ({ at, how }) => {
        const rows = [...whole];
        const row = rows[at] as Row;
        if (how === 'who') rows[at] = { ...row, who: 'agent:ben' };
        if (how === 'at') rows[at] = { ...row, at: row.at + 1 };
        if (how === 'facts') rows[at] = { ...row, facts: { ...row.facts, more: true } };
        if (how === 'hash') rows[at] = { ...row, hash: beginning };
        if (how === 'remove') rows.splice(at, 1);
        if (how === 'double') rows.splice(at, 0, row);
        if (how === 'swap') rows.splice(at, 2, rows[at + 1] as Row, row);
        if (how === 'cut') rows.splice(at);
        // Whoever rewrites all that follows meets what was noted.
        if (how === 'renumber') {
          rows.splice(at, 1);
          for (let i = at; i < rows.length; i++) {
            rows[i] = rowOf(rows[i] as Row, i + 1, rows[i - 1]?.hash ?? beginning);
          }
        }
        const verdict = await check(rows, whole);
        expect(verdict.fault).toMatch(/^rows? \d+/);
        const found = Number(/\d+/.exec(verdict.fault ?? '')?.[0]);
        const place = how === 'double' ? [at + 1, at + 2] : how === 'renumber' ? [40] : [at + 1, at + 2];
        if (how === 'renumber' || how === 'double' || how === 'swap' || how === 'remove')
          expect(verdict.rows).toBeGreaterThanOrEqual(at);
        else expect([found, verdict.rows]).toEqual([at + 1, at]);
        expect(place.some((n) => Math.abs(n - (verdict.rows + 1)) <= 1)).toBe(true);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('K2 names a chain that was written anew as a whole by what was noted elsewhere', async () => {
    const whole = chainOf(10);
    const anew = chainOf(10).map((row) => ({ ...row, who: 'agent:ben' }));
    for (let i = 0; i < anew.length; i++) anew[i] = rowOf(anew[i] as Row, i + 1, anew[i - 1]?.hash ?? beginning);
    const trail = { rows: async (after: number, limit: number) => anew.slice(after, after + limit) };
    const verdict = await verify(trail, async () => anew.at(-1), [whole[6] as Row]);
    expect(verdict.fault).toBe('row 7 is not the one that was noted: the chain up to it was written anew.');
  });

  it('writes one text for one value, whatever the order of its members', () => {
    expect(canonical({ b: [1, { d: null, c: 'é\n' }], a: undefined, A: true })).toBe(
      '{"A":true,"b":[1,{"c":"é\\n","d":null}]}',
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(turned)).toBe(canonical(value));
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed },
    );
  });
});

describe('deeds', () => {
  const told = { conversation: 'c1', version: 9, first: 8, state: 'human', ticket: 'T-000007', at: 5 } as const;

  it('K1 are what an agent does, whatever it is, and every change of hands', () => {
    const by = { role: 'agent', name: 'aiko' };
    expect(deedOf({ ...told, type: 'message', by })).toEqual({
      at: 5,
      who: 'agent:aiko',
      what: 'message',
      subject: 'c1',
      facts: { versions: [8, 9], state: 'human', ticket: 'T-000007' },
    });
    expect(deedOf({ ...told, type: 'queued', by: { role: 'bot' } })).toMatchObject({ who: 'bot', what: 'queued' });
    expect(deedOf({ ...told, type: 'left-queue', by: { role: 'visitor' } })).toMatchObject({ who: 'visitor' });
    expect(deedOf({ ...told, type: 'resolved' })).toMatchObject({ who: 'unknown', what: 'resolved' });
  });

  it('are not what visitors and the bot say, nor the trail itself', () => {
    expect(deedOf({ ...told, type: 'message', by: { role: 'visitor' } })).toBeUndefined();
    expect(deedOf({ ...told, type: 'matched', by: { role: 'bot' } })).toBeUndefined();
    expect(deedOf({ conversation: segmentId(1), version: 3 })).toBeUndefined();
  });
});
