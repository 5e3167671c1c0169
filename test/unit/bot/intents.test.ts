import { describe, expect, it } from 'vitest';
import { type Intent, means, ordinal } from '../../../src/bot/intents.ts';

const meant: Record<Intent, readonly string[]> = {
  person: [
    'talk to a human',
    'Talk to a person',
    'I want to speak with an agent',
    'can you connect me to someone?',
    'HUMAN PLEASE',
    'agent',
    'let me speak to a real person',
    'I need a human',
    'オペレーターと話したい',
    'オペレータにつないでください',
    '担当者に代わってください',
    '人と話したいです',
    '人間と話させて',
    '有人対応お願いします',
    'オペレーター',
    'スタッフを呼んで',
    'オペレーターと話せないんですか',
    '電話がつながらないのでオペレーターと話したい',
    'humanお願いします',
    'agentと話したいです',
  ],
  yes: [
    'yes',
    'Yes, it worked',
    'yep',
    'OK',
    'that helped',
    'はい',
    'はい、解決しました',
    '直りました',
    'お願いします',
    'できました！',
  ],
  no: [
    'no',
    'Nope',
    'no, it still does not work',
    "it didn't help",
    'still not working',
    'not really',
    'いいえ',
    'まだ直りません',
    '解決しません',
    'だめでした',
    '変わらない',
  ],
  none: ['None of these', 'neither', 'something else', 'どれでもない', 'その他', '該当なし'],
  stopWaiting: [
    'stop waiting',
    'cancel',
    'Cancel my request please',
    'leave the queue',
    'never mind',
    'I no longer want to wait',
    '待つのをやめる',
    'もういいです',
    'もう大丈夫です。',
    'キャンセルしてください',
  ],
  greeting: ['hello', 'Hi!', 'good morning', 'こんにちは', 'おはようございます', 'こんばんは！'],
  thanks: ['thanks', 'Thank you so much!', 'ありがとうございます', '助かりました'],
};

const notMeant: Record<Intent, readonly string[]> = {
  person: [
    'my printer does not print',
    'I cannot talk in Teams meetings, my microphone is dead',
    'the person before me changed the password of this account and now nobody in the office can use the shared mailbox any more',
    '個人用アカウントのパスワードを忘れた',
    '人事システムにログインできない',
    '無人のパソコンが起動しない',
    '会議で相手の人と話せない',
    'セキュリティの agent',
    'パスワード person',
  ],
  yes: [
    'yesterday my laptop stopped working',
    'yes or no, is the mail server down?',
    'はいと表示されるのに印刷されないのはなぜですか',
    'OKを押しても反応しない',
    'OK ボタンが押せません',
    '設定で OK',
    'はいを押しても進まない',
  ],
  no: [
    'no sound',
    'no internet',
    'no signal on my display',
    'not able to print',
    'no wifi at home',
    'nothing prints',
    'まだ保証期間ですか？',
    'エラー no',
    '印刷できない: no',
    '印刷できない',
    'いいえを押したのに更新が始まるのはなぜ？',
  ],
  none: ['another printer shows up', '他の人の共有フォルダ', 'フォルダに nothing と出る'],
  stopWaiting: [
    'the update does not stop',
    'It crashes when I end it',
    'I cannot cancel that order in the portal',
    'How do I cancel it?',
    '印刷が止まらない',
    '注文をキャンセルできません',
    '注文 cancel',
    'もう大丈夫ではありません',
    '予約の取り消し方を知りたい',
  ],
  greeting: ['hello, my screen is black', 'こんにちは、印刷できません', '画面に hello'],
  thanks: ['thanks but it still does not print at all and I am late'],
};

describe('what visitors may always say', () => {
  for (const [intent, texts] of Object.entries(meant)) {
    it.each(texts)(`${intent}: %s`, (text) => expect(means(intent as Intent, text)).toBe(true));
  }
  for (const [intent, texts] of Object.entries(notMeant)) {
    it.each(texts)(`not ${intent}: %s`, (text) => expect(means(intent as Intent, text)).toBe(false));
  }
});

describe('a choice by its number', () => {
  it.each([
    ['1', 1],
    ['２', 2],
    ['3番', 3],
    ['2番目', 2],
    ['no. 2', 2],
    ['the second one', 2],
    ['最初の', 1],
    ['12', undefined],
    ['1 hour ago', undefined],
    ['', undefined],
  ])('%s', (text, number) => expect(ordinal(text)).toBe(number));
});
