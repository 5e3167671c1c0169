import { describe, expect, it } from 'vitest';
import { changedIn, emptyOf, faultOf, givenTo, isOutdated, noFaults, tagsIn } from '../../../src/console/web/forms.ts';
import type { Field } from '../../../src/conversation/rules.ts';

const field = (id: string, required = true): Field => ({ id, required, type: 'text', label: { ja: id, en: id } });
const fields = [field('model'), field('serial'), field('pieces', false)];

describe('a form of fields that the rules ask for', () => {
  it('names what is required and empty, blanks too', () => {
    expect(emptyOf(fields, { model: 'X1', serial: '  ' })).toEqual(['serial']);
  });

  it('sends what is asked for and filled in, and nothing of another target', () => {
    expect(givenTo(fields, { model: ' X1 ', pieces: '', site: 'Osaka' })).toEqual({ model: 'X1' });
  });

  it('sends of an edit only what changed, an emptied field as empty', () => {
    const before = { model: 'X1', serial: '42' };
    expect(changedIn(fields, before, { model: 'X1', serial: '', pieces: '3' })).toEqual({ serial: '', pieces: '3' });
    expect(changedIn(fields, before, before)).toEqual({});
  });

  it('shows a refusal at its field until that is written anew', () => {
    const refused = { ...noFaults, missing: ['serial'], wrong: ['pieces'], values: { pieces: 'three' } };
    expect(faultOf('serial', { pieces: 'three' }, refused)).toBe('missing');
    expect(faultOf('pieces', { pieces: 'three' }, refused)).toBe('wrong');
    expect(faultOf('pieces', { pieces: '3' }, refused)).toBeNull();
    expect(faultOf('model', {}, refused)).toBeNull();
    expect(faultOf('model', {}, null)).toBeNull();
  });

  it('was made by old rules where what it offers is refused', () => {
    expect(isOutdated({ ...noFaults, missing: ['serial'] })).toBe(false);
    expect(isOutdated({ ...noFaults, unknown: ['model'], allowed: ['serial'] })).toBe(true);
    expect(isOutdated({ ...noFaults, allowed: ['solved'] })).toBe(true);
  });

  it('takes tags apart at commas of both languages, in any width, each once', () => {
    expect(tagsIn('VIP, screen、ＶＩＰ，\nurgent ,')).toEqual(['vip', 'screen', 'urgent']);
  });
});
