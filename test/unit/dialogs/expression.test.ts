import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpressionError, holds, type Literal, parseExpression } from '../../../src/dialogs/expression.ts';
import { drawSeed } from '../../support/seed.ts';

const answers: Readonly<Record<string, Literal>> = { os: 'windows', people: 12, wired: true, since: '2026-01-31' };
const is = (text: string) => holds(parseExpression(text), (step) => answers[step]);

describe('a condition', () => {
  it.each([
    ["os == 'windows'", true],
    ["os != 'other'", true],
    ['os == "macos"', false],
    ["os in ['macos', 'windows']", true],
    ['people > 11 && people <= 12', true],
    ['people >= 13 || wired', true],
    ["!(os == 'windows') || !wired", false],
    ["os == 'macos' && wired || people == 12", true],
    ["os == 'macos' && (wired || people == 12)", false],
    ["since < '2026-02-01'", true],
    ['wired == false', false],
    ['-1 < people', true],
  ])('%s is %s', (text, expected) => {
    expect(is(text)).toBe(expected);
  });

  it('finds an unanswered step equal to nothing and unequal to everything', () => {
    expect(['error == 1', 'error < 1', 'error >= 1', 'error', "error in ['a']"].map(is)).toEqual(Array(5).fill(false));
    expect(is("error != 'a'")).toBe(true);
    expect(is('!error')).toBe(true);
  });

  it('compares no text with a number', () => {
    expect(['os < 5', 'people == "12"', 'wired == "true"'].map(is)).toEqual([false, false, false]);
  });

  it.each([
    ['os = windows', 3, 'did you mean "=="?'],
    ["os == 'windows' & wired", 16, 'did you mean "&&"?'],
    ["os == 'windows", 6, 'not closed'],
    ['os in [windows]', 7, "put text in quotes, 'windows'"],
    ["(os == 'a'", 10, 'expected )'],
    ['', 0, 'found the end'],
    ['os os', 3, 'expected &&, ||'],
    ['process.exit()', 7, 'found "."'],
    ['(((((((((((((((((((((os)))))))))))))))))))))', 20, 'nested too deeply'],
  ])('that reads %s is refused at its place', (text, at, message) => {
    try {
      parseExpression(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionError);
      expect(error).toMatchObject({ at, message: expect.stringContaining(message) });
    }
  });

  it('is read or refused, whatever it holds', () => {
    const seed = drawSeed();
    const piece = fc.constantFrom(
      'os',
      "'a'",
      '1',
      '==',
      '!=',
      '<',
      '&&',
      '||',
      '!',
      '(',
      ')',
      'in',
      '[',
      ']',
      ',',
      ' ',
    );
    const text = fc.oneof(
      fc.array(piece).map((pieces) => pieces.join(' ')),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (condition) => {
        try {
          expect(typeof is(condition)).toBe('boolean');
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
      { seed, numRuns: 500 },
    );
  });
});
