import { describe, expect, it } from 'vitest';
import { type Language, languageWithin } from '../../../src/conversation/language.ts';

const said: readonly (readonly [text: string, held: Language, language: Language])[] = [
  ['wifi', 'ja', 'ja'],
  ['Outlook VPN', 'ja', 'ja'],
  ['0x80070035', 'ja', 'ja'],
  ['🙏', 'ja', 'ja'],
  ['hello', 'ja', 'en'],
  ['Excel won’t start', 'ja', 'en'],
  ['printer driver update failed', 'ja', 'en'],
  ['wifi', 'en', 'en'],
  ['ｗｉｆｉがつながらない', 'en', 'ja'],
  ['助けて', 'en', 'ja'],
  ['42', 'en', 'en'],
];

describe('the language of a message within a talk', () => {
  it('U9 is its own, but that names in Latin letters do not make a Japanese talk English', () => {
    expect(said.map(([text, held]) => languageWithin(text, held))).toEqual(said.map(([, , language]) => language));
  });
});
