import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { takenInBy } from '../../../src/console/web/case-model.ts';
import { shortcuts } from '../../../src/console/web/keys.ts';
import { resolutionCodes, views } from '../../../src/console/web/model.ts';
import { fill, isText, texts } from '../../../src/console/web/texts.ts';
import { clockNames } from '../../../src/conversation/clocks.ts';
import { updateStatuses } from '../../../src/conversation/escalation.ts';
import { escalationTargets } from '../../../src/conversation/rules.ts';
import { handoffReasons } from './reasons.ts';

const places = (text: string) => [...text.matchAll(/\{(\w+)[|}]/g)].map((m) => m[1]).sort();

describe('the texts', () => {
  it('all stand in both languages, with the same places to fill', () => {
    for (const [key, { en, ja }] of Object.entries(texts)) {
      expect(en.trim(), key).not.toBe('');
      expect(ja.trim(), key).not.toBe('');
      expect(places(ja), key).toEqual(places(en));
    }
  });

  it('cover every view, outcome, key and reason that is put together at run time', () => {
    const keys = [
      ...views.flatMap((view) => [`view.${view}`, `empty.${view}`]),
      ...resolutionCodes.map((code) => `code.${code}`),
      ...shortcuts.map(({ command }) => `key.${command}`),
      ...handoffReasons.map((reason) => `reason.${reason}`),
      ...escalationTargets.map((target) => `target.${target}`),
      ...clockNames.flatMap((clock) => [`clock.${clock}`, `clockFor.${clock}`]),
      ...takenInBy.map((way) => `channel.${way}`),
      ...updateStatuses.map((status) => `notice.updated-${status}`),
    ];
    expect(keys.filter((key) => !isText(key))).toEqual([]);
  });

  it('stand in one file each', () => {
    const folder = new URL('../../../src/console/web/texts/', import.meta.url);
    const keys = readdirSync(folder).flatMap((file) =>
      [...readFileSync(new URL(file, folder), 'utf8').matchAll(/^ {2}'?([\w.-]+)'?: pair\(/gm)].map((m) => m[1]),
    );
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    expect([...new Set(keys)].sort()).toEqual(Object.keys(texts).sort());
  });

  it('count one thing as one', () => {
    expect(fill('{n|row|rows}, {m|row|rows}', { n: 1, m: 2 })).toBe('1 row, 2 rows');
  });

  it('keep a place that nothing is given for, rather than lose it', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });
});
