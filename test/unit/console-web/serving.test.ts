import { expect, it } from 'vitest';
import { differs, oddOnes } from '../../../src/console/web/serving.ts';

const serving = (name: string, faq: string, dialogs = 'd', rules = 'r') => ({
  name,
  faq: { version: faq, since: '2026-11-25T09:00:00.000Z' },
  dialogs: { version: dialogs, since: '2026-11-25T09:00:00.000Z' },
  rules: { version: rules, since: '2026-11-25T09:00:00.000Z' },
});

it('marks who serves something else than most, and everybody where there is no majority', () => {
  expect(differs([])).toBe(false);
  expect(differs([serving('a', '1')])).toBe(false);
  expect(differs([serving('a', '1'), serving('b', '1')])).toBe(false);
  expect([...oddOnes([serving('a', '1'), serving('b', '2'), serving('c', '1')], 'faq')]).toEqual(['b']);
  expect([...oddOnes([serving('a', '1'), serving('b', '2')], 'faq')]).toEqual(['a', 'b']);
  expect(differs([serving('a', '1', 'd'), serving('b', '1', 'e')])).toBe(true);
  expect(differs([serving('a', '1', 'd', 'r'), serving('b', '1', 'd', 's')])).toBe(true);
});
