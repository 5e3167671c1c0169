/** How a dialog takes what people really say: mistyped, in a hurry, beside the question, upset. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../../src/conversation/language.ts';
import type { Course } from '../../../src/dialogs/course.ts';
import type { Dialog } from '../../../src/dialogs/dialog.ts';
import { dialogTexts } from '../../../src/dialogs/texts.ts';
import { begin, buttons, parsed, sample, say, shippedText, story, t, text } from './sample.ts';

const ja = dialogTexts.ja;
let dialog: Dialog;
let printer: Dialog;
let atWhat: Course;
let atCheck: Course;
beforeAll(async () => {
  dialog = parsed(sample);
  printer = parsed(shippedText('printer-not-printing'));
  atWhat = await story(dialog, await begin(dialog), 'Ken', 'Mac');
  atCheck = await say(dialog, atWhat, 'It froze');
});

describe('a question where a text is asked for', () => {
  it('G3 is answered from the FAQ where that is sure', async () => {
    const back = await say(dialog, atWhat, 'What are your opening hours?');
    expect(text(back)).toContain(t.backTo);
    expect(back.progress.at).toBe('what');
  });

  it('G3 is neither taken for the answer nor lost where the FAQ is not sure: the visitor says which it is', async () => {
    const asked = await say(dialog, atWhat, 'Where is the printer room?');
    expect(text(asked)).toBe(t.isItAnswer);
    expect(buttons(asked)).toEqual([t.myAnswer, 'How do I print?', t.myQuestion, t.person]);
    const taken = await say(dialog, asked, t.myAnswer);
    expect(taken.progress.answers.what?.value).toBe('Where is the printer room?');
    const kept = await say(dialog, asked, t.myQuestion);
    expect(text(kept)).toContain(t.questionKept);
    expect([kept.progress.at, kept.progress.answers.what]).toEqual(['what', undefined]);
    const other = await say(dialog, asked, 'It froze');
    expect(other.progress.answers.what?.value).toBe('It froze');
  });

  it('is the answer where the problem itself is asked for: it is often told as a question', async () => {
    const shipped = parsed(shippedText('collect-environment'));
    const there = await story(shipped, await begin(shipped), 'mail', 'laptop', 'Windows', 'Windows 11', 'at home');
    expect(there.progress.at).toBe('happened');
    const taken = await say(shipped, there, 'Why does it freeze when I open a calendar?');
    expect(taken.progress.answers.happened?.label).toBe('Why does it freeze when I open a calendar?');
  });

  it('that holds a word of change takes nothing back', async () => {
    const asked = await say(dialog, atWhat, 'パスワードの変更とWindowsの更新はどうやるんですか？', 'ja');
    expect(asked.progress.answers.os?.value).toBe('macos');
  });
});

describe('where a choice, a number or a yes is asked for, a question', () => {
  it('that the FAQ is not sure of is owned up to, and the question put again in brief', async () => {
    const asked = await say(dialog, atCheck, 'Is there somebody near the printer?');
    expect(text(asked)).toContain(t.notSure);
    expect(buttons(asked)[0]).toBe('How do I print?');
    expect(asked.progress.at).toBe('works');
  });
});

describe('after a step to try', () => {
  const result = async (words: string, language: Language = 'en') => {
    const course = await say(dialog, atCheck, words, language);
    return course.done?.how ?? course.progress.answers.works?.value ?? text(course).split('\n')[0];
  };
  it.each([
    ['ok done', t.andNow],
    ['OK', t.andNow],
    ['yes it works now', 'solved'],
    ['still nothing', false],
    ['no change', false],
    ["it didn't work", false],
    ['I already tried that', false],
    ['same as before', false],
  ])('"%s" means %s', async (words, expected) => {
    expect(await result(words)).toBe(expected);
  });
  it.each([
    ['やりました', ja.andNow],
    ['直りました', 'solved'],
    ['やりましたが駄目です', false],
    ['もう何回もやりました', false],
    ['変わりません', false],
    ['無理', false],
    ['同じです', false],
  ])('「%s」は %s', async (words, expected) => {
    expect(await result(words, 'ja')).toBe(expected);
  });
});

describe('a long instruction', () => {
  it('is not read out again to somebody who was not understood', async () => {
    const course = await story(printer, await begin(printer), 'paper jam');
    expect(text(course)).toContain('pull the plug');
    const missed = await say(printer, course, 'purple');
    expect(text(missed)).not.toContain('pull the plug');
    expect(text(missed)).toContain('Does it print now?');
  });
});

describe('a choice', () => {
  const light = async (words: string, language: Language = 'en') =>
    (await say(printer, await begin(printer, { language }), words, language)).progress.answers.light?.value;
  it.each([
    ['en', "there's a light blinkin", 'warning'],
    ['en', 'no lihgt', 'dark'],
    ['en', 'purple', undefined],
    ['ja', '正常です', 'ready'],
    ['ja', '点滅してます', 'warning'],
    ['ja', '異音がします', 'smell'],
    ['ja', 'むらさき', undefined],
  ] as const)('in %s is heard in "%s" as %s', async (language, words, expected) => {
    expect(await light(words, language)).toBe(expected);
  });

  it('is picked by its number only where nothing else is said', async () => {
    const internet = parsed(shippedText('no-internet'));
    const there = await say(internet, await begin(internet), 'the second one');
    expect(there.progress.answers.place?.value).toBe('office');
    for (const words of ['third floor, maybe 40 people', '3 people', '３階の会議室']) {
      const missed = await say(internet, there, words, /[ァ-ヶ一-龠]/.test(words) ? 'ja' : 'en');
      expect([words, missed.progress.answers.scope]).toEqual([words, undefined]);
    }
    expect((await say(internet, there, '３番です', 'ja')).progress.answers.scope?.value).toBe('unknown');
  });

  it('with "none of these" takes a plain no', async () => {
    const pc = parsed(shippedText('pc-does-not-start'));
    for (const [words, language] of [['no', 'en'] as const, ['特にないです', 'ja'] as const])
      expect((await say(pc, await begin(pc), words, language)).progress.answers.danger?.value).toBe('none');
  });
});

describe('an answer that cannot be read', () => {
  it('G8 is asked for again twice, kindly and with more help, then left open', async () => {
    const people = await say(dialog, atCheck, 'no');
    expect(people.progress.at).toBe('people');
    const second = await say(dialog, people, 'lots');
    expect(text(second)).toContain(t.notANumber);
    const third = await say(dialog, second, 'really lots');
    expect(text(third)).toContain(t.again);
    const left = await say(dialog, third, 'blue');
    expect(text(left)).toContain(t.leftOpen);
    expect(left.progress).toMatchObject({ at: 'photo', open: ['people'] });
  });

  it('G8 after a step to try is thanked for, and asked about once more', async () => {
    const heard = await say(dialog, atCheck, 'It shows a DNS error');
    expect(text(heard)).toContain(t.heard);
    expect(text(await say(dialog, heard, 'a blue box'))).toContain(t.againButtons);
  });

  it('G8 does not count questions: whoever asks three times is still asked', async () => {
    let course = atCheck;
    for (let i = 0; i < 3; i++) course = await say(dialog, course, 'Is there somebody near the printer?');
    expect(course.progress).toMatchObject({ at: 'works', missed: 0 });
  });
});

describe('a plain no', () => {
  it('to a file leaves it open, and to a text is the suggestion that says so', async () => {
    const atPhoto = await story(dialog, atCheck, 'no', '3');
    expect(atPhoto.progress.at).toBe('photo');
    expect(text(await say(dialog, atPhoto, 'no'))).toContain(t.leftOpen);
    const pc = parsed(shippedText('pc-does-not-start'));
    const model = await story(pc, await begin(pc), 'none', 'laptop', 'dead', 'no', 'no', 'no', 'no');
    expect(model.progress.at).toBe('model');
    const before = await say(pc, model, 'no');
    expect(before.progress).toMatchObject({ at: 'before', open: ['model'] });
    expect((await say(pc, before, 'no')).progress.answers.before?.value).toBe('Nothing special');
  });

  it('or yes to a text that must be answered is asked about again', async () => {
    for (const words of ['yes', 'no']) expect(text(await say(dialog, atWhat, words))).toContain(t.noText);
  });
});

describe('an earlier answer', () => {
  it('G4 is set anew by its name and value, in the middle and in the summary', async () => {
    const changed = await say(dialog, atWhat, '名前をリナに変更してください', 'ja');
    expect(changed.progress.answers.name?.value).toBe('リナ');
    expect(changed.progress.at).toBe('what');
    expect((await say(dialog, atWhat, 'the name is Lena, sorry')).progress.answers.name?.value).toBe('Lena');
    const summary = await story(dialog, atCheck, 'no', '3', 'skip');
    expect(text(await say(dialog, summary, 'people is 12'))).toContain('**People**: 12');
    expect(text(await say(dialog, summary, '人数は二十人です', 'ja'))).toContain('**人数**: 二十人');
  });

  it('G4 can be picked from a list in the middle, and the way leads on', async () => {
    const listed = await say(dialog, atCheck, t.somethingWrong);
    expect(buttons(listed)).toEqual([
      t.change('Name'),
      t.change('System'),
      t.change('What happened'),
      t.goOn,
      t.person,
    ]);
    expect((await say(dialog, listed, t.goOn)).progress.at).toBe('works');
    expect((await say(dialog, listed, t.change('System'))).progress.at).toBe('os');
  });
});
