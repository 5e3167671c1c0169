import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, isPicture, sizeOf } from '../../../src/widget/attachment.ts';
import { composing, sends } from '../../../src/widget/keyboard.ts';
import { contrast, readAccent, readSettings } from '../../../src/widget/settings.ts';
import { chooseLocale, speaker } from '../../../src/widget/texts.ts';
import { drawSeed } from '../../support/seed.ts';

const page = { src: 'https://help.example/desk/widget.js?v=2', data: {}, lang: '', languages: [] as string[] };

describe('the embedding page', () => {
  it('chooses the language by the script, else by the page, else by the browser', () => {
    expect(readSettings({ ...page, data: { locale: 'ja' }, lang: 'en', languages: ['en'] }).locale).toBe('ja');
    expect(readSettings({ ...page, lang: 'ja-JP', languages: ['en'] }).locale).toBe('ja');
    expect(readSettings({ ...page, lang: 'fr', languages: ['fr', 'ja', 'en'] }).locale).toBe('ja');
    expect(chooseLocale(['', null, 'de', 'EN_us'])).toBe('en');
    expect(chooseLocale([])).toBe('en');
  });

  it('tells where the service is by where the script came from', () => {
    expect(readSettings(page).base.href).toBe('https://help.example/desk/');
  });

  it('falls back to what is sensible for what it misspells', () => {
    const { position, theme, accent, identity } = readSettings({
      ...page,
      data: { position: 'top', theme: 'blue', accent: 'red; }', identity: '' },
    });
    expect({ position, theme, accent, identity }).toEqual({
      position: 'right',
      theme: 'auto',
      accent: null,
      identity: null,
    });
  });

  it('may choose any colour and still gets text of AA contrast on it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const accent = readAccent(`#${number.toString(16).padStart(6, '0')}`);
        expect(accent && contrast(accent.colour, accent.ink)).toBeGreaterThanOrEqual(4.5);
      }),
      { seed: drawSeed() },
    );
    expect(readAccent(' #0AF ')).toEqual({ colour: '#00aaff', ink: '#000000' });
  });
});

describe('the Enter key', () => {
  const press = (more: object) => ({ key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13, ...more });

  it('sends, and with Shift begins a line', () => {
    expect(sends(press({}))).toBe(true);
    expect(sends(press({ shiftKey: true }))).toBe(false);
    expect(sends(press({ key: 'a', keyCode: 65 }))).toBe(false);
  });

  it('belongs to the input method while it composes, also in Safari', () => {
    expect(sends(press({ isComposing: true }))).toBe(false);
    expect(sends(press({ keyCode: 229 }))).toBe(false);
    expect(composing(press({ key: 'Escape', keyCode: 229 }))).toBe(true);
  });
});

describe('the name of the chat', () => {
  const name = (data: Record<string, string>) =>
    readSettings({ src: 'https://help.example/widget.js', data, lang: '', languages: [] }).name;

  it("is the page's own where it gives one, else left to the desk", () => {
    expect([name({ name: ' Acme Help ' }), name({ name: ' ' }), name({})]).toEqual(['Acme Help', null, null]);
  });
});

describe('an attachment', () => {
  const at = (contentUrl: string | null) => ({ contentType: 'image/png', contentUrl, name: 'a.png' });

  it('takes the token along to the service and to nobody else', () => {
    const origins = ['https://help.example'];
    expect(addressOf(at('https://help.example/f/1'), 'secret', origins)).toBe('https://help.example/f/1?t=secret');
    expect(addressOf(at('https://help.example/f/1?t=old'), 'new', origins)).toBe('https://help.example/f/1?t=new');
    expect(addressOf(at('https://evil.example/f/1'), 'secret', origins)).toBe('https://evil.example/f/1');
  });

  it('has no address when that could run code or is none', () => {
    for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'nonsense', null]) {
      expect(addressOf(at(bad), 't', [])).toBeNull();
    }
  });

  it('is shown when it is a picture, and an SVG is a document', () => {
    expect(isPicture(at('x'))).toBe(true);
    expect(isPicture({ ...at('x'), contentType: 'image/svg+xml' })).toBe(false);
    expect([sizeOf(12), sizeOf(2048), sizeOf(3_500_000)]).toEqual(['12 B', '2 KB', '3.3 MB']);
  });
});

describe('dates and times', () => {
  const region = (locale: string, ...languages: string[]) =>
    readSettings({ src: 'https://help.example/widget.js', data: { locale }, lang: '', languages }).region;

  it('are written as the visitor writes them, in the language of the chat', () => {
    expect(region('en', 'fr-FR', 'en-GB', 'en')).toBe('en-GB');
    expect(region('ja', 'en-GB')).toBe('ja');
  });

  it('survive a browser whose language is no tag', () => {
    expect(region('en', 'en-US@posix')).toBe('en');
  });
});

describe('the texts', () => {
  it('fill in facts and leave alone what has none', () => {
    expect(speaker('ja')('queuePosition', { position: 3 })).toBe('3番目にお待ちです');
    expect(speaker('en')('ticket', { ticket: 'T-000123' })).toBe('Ticket T-000123');
    expect(speaker('en')('ticket')).toBe('Ticket {ticket}');
  });
});
