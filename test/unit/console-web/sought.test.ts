import { describe, expect, it } from 'vitest';
import { everyCase, isNarrowed, queryOf, soughtIn } from '../../../src/console/web/sought.ts';

describe('what a search looks for', () => {
  it('is the words alone where nothing narrows it', () => {
    expect(queryOf({ words: 'VPN state=closed&x', ...everyCase })).toBe('VPN state=closed&x');
    expect(soughtIn('VPN')).toEqual({ words: 'VPN', ...everyCase });
    expect(isNarrowed('VPN')).toBe(false);
    expect(queryOf({ words: '', ...everyCase })).toBe('');
  });
  it('keeps words, state and days apart, in any order of their coming', () => {
    const sought = { words: '画面が 黒い & 50%', state: 'closed', from: '2026-11-01', to: '' };
    const query = queryOf(sought);
    expect(soughtIn(query)).toEqual(sought);
    expect(isNarrowed(query)).toBe(true);
    expect(queryOf({ ...soughtIn(query), ...everyCase })).toBe(sought.words);
  });
  it('is a search also without words', () => {
    expect(queryOf({ words: '', ...everyCase, state: 'archived' })).not.toBe('');
  });
});
