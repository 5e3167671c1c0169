/** What a dialog says of itself, in both languages side by side. */
import type { Language } from '../conversation/language.ts';

export interface DialogTexts {
  intro(title: string): string;
  yes: string;
  no: string;
  /** Buttons. */
  person: string;
  skip: string;
  back: string;
  keep: string;
  thatsRight: string;
  somethingWrong: string;
  change(name: string): string;
  /** A value that is probably right, to be confirmed. */
  guess(label: string): string;
  /** The visitor's own first words, to be kept or added to. */
  wrote(text: string): string;
  /** The answer given before. */
  soFar(label: string): string;
  noted(names: readonly string[]): string;
  corrected(name: string, label: string): string;
  skipped: string;
  cannotSkip: string;
  noWayBack: string;
  leftOpen: string;
  again: string;
  /** The same where buttons are the answer. */
  againButtons: string;
  /** Words after a step to try that tell neither that it helped nor that it did not. */
  heard: string;
  backTo: string;
  summary: string;
  open: string;
  summaryAsk: string;
  whichOne: string;
  /** Button: nothing is to be changed after all. */
  goOn: string;
  /** A warranty that holds, or held, until a day. */
  until(holds: boolean, day: string): string;
  /** Asked where words may be a question rather than the answer; then its buttons, and what is said to a question. */
  isItAnswer: string;
  myAnswer: string;
  myQuestion: string;
  questionKept: string;
  /** To a question in between that the bot has no sure answer to. */
  notSure: string;
  /** A step was carried out: what came of it? */
  andNow: string;
  gotFile: string;
  edited: string;
  notAChoice: string;
  notYesNo: string;
  notANumber: string;
  outOfRange(min: number | undefined, max: number | undefined): string;
  notADate: string;
  notPast: string;
  notFuture: string;
  notAFile: string;
  noText: string;
  tooShort(min: number): string;
  tooLong(max: number): string;
  otherForm: string;
}

export const dialogTexts: Readonly<Record<Language, DialogTexts>> = {
  en: {
    intro: (title) => `**${title}**\n\nYou can say **back**, **skip** or **cancel** at any time.`,
    yes: 'Yes',
    no: 'No',
    person: 'Talk to a person',
    skip: 'Skip',
    back: 'Back',
    keep: 'Keep it',
    thatsRight: "Yes, that's right",
    somethingWrong: 'Something is wrong',
    change: (name) => `Change: ${name}`,
    guess: (label) => `Is it **${label}**?`,
    wrote: (text) => `You wrote: “**${text}**”. Shall I pass that on as it is, or would you add to it?`,
    soFar: (label) => `So far I have: **${label}**`,
    noted: (names) => `I have noted ${names.map((name) => `**${name}**`).join(', ')}.`,
    corrected: (name, label) => `I have changed **${name}** to **${label}**.`,
    skipped: 'All right, we leave that open.',
    cannotSkip: 'I need this one to be of help. A short answer is enough.',
    noWayBack: 'This is the first question, there is none before it.',
    leftOpen: 'No problem, we leave that open and go on.',
    again: "I'm sorry, I still cannot make that out.",
    againButtons: "I'm sorry, I still cannot make that out. A button is surest; or let a person take over.",
    heard: 'Thank you, whoever takes over will read that. Just to be clear:',
    backTo: 'Back to where we were:',
    summary: 'This is what I have noted:',
    open: 'left open',
    summaryAsk: 'Is that right?',
    whichOne: 'Which one shall I change?',
    goOn: 'None, go on',
    until: (holds, day) => (holds ? `Yes, until ${day}` : `No, it ended on ${day}`),
    isItAnswer: 'Is that your answer, or a question to me? I have no sure reply to it as a question.',
    myAnswer: "It's my answer",
    myQuestion: 'It was a question',
    questionKept: 'I would rather not guess, so I leave that to a person, who reads all that is written here.',
    notSure: 'I would rather not guess at that; you can ask a person at any time. To go on here:',
    andNow: 'Thank you. And what came of it?',
    gotFile: 'Thank you, I have kept your file.',
    edited: 'These questions have just been revised. I keep what you have told me, and we go on from there.',
    notAChoice: 'I could not match that to one of these. Which comes closest?',
    notYesNo: 'A yes or a no is all I need here.',
    notANumber: 'Please give a number, such as 3.',
    outOfRange: (min, max) =>
      min === undefined
        ? `Please give a number up to ${max}.`
        : max === undefined
          ? `Please give a number from ${min}.`
          : `Please give a number from ${min} to ${max}.`,
    notADate: 'Please give a day, such as "yesterday", "3 days ago" or "2026-01-31".',
    notPast: 'That day is still to come. Please give a day up to today.',
    notFuture: 'That day is past. Please give a day from today on.',
    notAFile: 'Please send a file or a picture, or skip this.',
    noText: 'Please answer in words.',
    tooShort: (min) => `Please write at least ${min} characters.`,
    tooLong: (max) => `That is too long for me: please keep it to ${max} characters.`,
    otherForm: 'That does not look right. Please check it and write it again.',
  },
  ja: {
    intro: (title) => `**${title}**\n\nいつでも「戻る」「スキップ」「キャンセル」とお伝えいただけます。`,
    yes: 'はい',
    no: 'いいえ',
    person: 'オペレーターと話したい',
    skip: 'スキップ',
    back: '戻る',
    keep: 'このままでよい',
    thatsRight: 'はい、合っています',
    somethingWrong: '違うところがある',
    change: (name) => `変更：${name}`,
    guess: (label) => `**${label}** でよろしいですか？`,
    wrote: (text) =>
      `先ほど「**${text}**」とお書きいただきました。このままでよろしいですか？ 補足があればお書きください。`,
    soFar: (label) => `これまでの回答：**${label}**`,
    noted: (names) => `${names.map((name) => `**${name}**`).join('、')}を控えました。`,
    corrected: (name, label) => `**${name}**を **${label}** に直しました。`,
    skipped: '承知しました。この項目は空けておきます。',
    cannotSkip: '恐れ入りますが、こちらはご案内に必要な項目です。簡単で結構ですのでお答えください。',
    noWayBack: '最初の質問のため、これより前には戻れません。',
    leftOpen: '承知しました。この項目は空けたまま先に進みます。',
    again: '申し訳ありません、まだうまく読み取れません。',
    againButtons:
      '申し訳ありません、まだうまく読み取れません。下のボタンが確実です。オペレーターにもおつなぎできます。',
    heard: 'ありがとうございます。いただいた内容は担当者にも伝わります。念のため確認させてください。',
    backTo: '先ほどの続きです。',
    summary: '次の内容で承りました。',
    open: '未回答',
    summaryAsk: 'こちらでよろしいですか？',
    whichOne: 'どの項目を直しますか？',
    goOn: '直さずに続ける',
    until: (holds, day) => (holds ? `はい（${day}まで）` : `いいえ（${day}に終了）`),
    isItAnswer:
      'ご回答として控えましょうか。それともご質問でしょうか？ ご質問の場合、確かなお答えを持ち合わせておりません。',
    myAnswer: '回答として控える',
    myQuestion: '質問です',
    questionKept: '不確かなお答えは控え、担当者におまかせします。ここに書かれた内容は担当者がすべて拝見します。',
    notSure:
      'その点は確かなお答えができません。オペレーターにはいつでもおつなぎできます。続けられる場合は、こちらにお答えください。',
    andNow: 'ありがとうございます。結果はいかがでしたか？',
    gotFile: 'ありがとうございます。ファイルをお預かりしました。',
    edited: '質問の内容が更新されました。これまでのご回答はそのままに、続きからご案内します。',
    notAChoice: '恐れ入ります、どれに当たるか分かりませんでした。いちばん近いものはどれですか？',
    notYesNo: '恐れ入りますが、「はい」か「いいえ」で教えてください。',
    notANumber: '「3」のように数字でお答えください。',
    outOfRange: (min, max) =>
      min === undefined
        ? `${max}以下の数字でお答えください。`
        : max === undefined
          ? `${min}以上の数字でお答えください。`
          : `${min}から${max}までの数字でお答えください。`,
    notADate: '「昨日」「3日前」「1月31日」のように日付でお答えください。',
    notPast: 'まだ先の日付のようです。今日までの日付でお答えください。',
    notFuture: '過ぎた日付のようです。今日からの日付でお答えください。',
    notAFile: 'ファイルか画像をお送りください。ない場合はスキップできます。',
    noText: '言葉でお答えください。',
    tooShort: (min) => `${min}文字以上でお書きください。`,
    tooLong: (max) => `長すぎて受け取れません。${max}文字以内でお書きください。`,
    otherForm: '形式が違うようです。ご確認のうえ、もう一度お書きください。',
  },
};
