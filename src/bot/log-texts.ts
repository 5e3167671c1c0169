/** What visitors are told of their logs. */
import type { Language } from '../conversation/language.ts';
import type { LogRefusal } from '../conversation/logs.ts';

export interface LogTexts {
  lookingAtFile: string;
  lookingAtText: string;
  refused(name: string, why: LogRefusal): string;
  /** What was read: its name or the pasted text, lines, and the span if it has times. */
  read(name: string, lines: number, span: string): string;
  partly: string;
  counts(errors: number, warnings: number): string;
  nothing: string;
  known: string;
  first(at: string): string;
  failed: string;
  mayHelp: string;
}

const reasons: Readonly<Record<Language, Readonly<Record<LogRefusal, string>>>> = {
  en: {
    'too-large': 'it is too large once unpacked. Please send a smaller part, for example the hour in which it happened',
    bomb: 'it unpacks to far more than a log would. Please send the files themselves',
    binary: 'it holds no text that I can read. If it is a Windows event log, please save it as XML or CSV',
    broken: 'it is damaged, or not what its name says. Please send it again',
    encrypted: 'it is protected by a password. Please send it without',
    empty: 'it is empty',
    time: 'it takes too long to go through. Please send a smaller part, for example the hour in which it happened',
    memory: 'it takes too much memory to go through. Please send a smaller part',
    gone: 'it is no longer there. Please send it again',
    busy: 'too many files are being gone through just now. Please send it again in a minute',
    full: 'this chat already holds as many files as it can. Please tell me in words what it shows',
    enough:
      'so much has been sent from your network today that no more fits. Please tell me in words what it shows, or send it tomorrow',
  },
  ja: {
    'too-large': '展開後のサイズが大きすぎます。問題が起きた時間帯など、一部だけをお送りください',
    bomb: '展開すると、通常のログでは考えられない大きさになります。ファイルをそのままお送りください',
    binary: '読み取れる文字が含まれていません。Windowsのイベントログは、XMLまたはCSV形式で保存してお送りください',
    broken: '壊れているか、拡張子と中身が一致していません。もう一度お送りください',
    encrypted: 'パスワードで保護されています。パスワードなしでお送りください',
    empty: '中身が空です',
    time: '確認に時間がかかりすぎます。問題が起きた時間帯など、一部だけをお送りください',
    memory: '確認に必要なメモリーが足りません。一部だけをお送りください',
    gone: 'ファイルが見つかりません。もう一度お送りください',
    busy: 'ただいま確認が混み合っています。少し待ってからもう一度お送りください',
    full: 'このチャットでお預かりできるファイルの上限に達しています。内容を文章でお知らせください',
    enough:
      'お使いのネットワークから本日お預かりできるファイルの上限に達しています。内容を文章でお知らせいただくか、明日お送りください',
  },
};

const times = { en: (n: number) => n.toLocaleString('en'), ja: (n: number) => n.toLocaleString('ja') };

export const logTexts: Readonly<Record<Language, LogTexts>> = {
  en: {
    lookingAtFile:
      "Thank you, I have your file and am looking through it; what I find I'll write here. What is it about?",
    lookingAtText: "Thank you. I'm looking through the log you pasted; what I find I'll write here.",
    refused: (name, why) => `I could not take ${name ? `“${name}”` : 'the log'}: ${reasons.en[why]}.`,
    read: (name, lines, span) =>
      `I have looked through ${name ? `**${name}**` : 'the log you pasted'}: ${times.en(lines)} ${lines === 1 ? 'line' : 'lines'}${span ? `, ${span}` : ''}.`,
    partly: 'It was too long to read to its end in time; this is about its beginning.',
    counts: (errors, warnings) =>
      `${times.en(errors)} ${errors === 1 ? 'error' : 'errors'}, ${times.en(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}.`,
    nothing: 'There is no error in it.',
    known: 'What it points to:',
    first: (at) => `It most likely began with${at ? ` (${at})` : ''}:`,
    failed: 'Requests that failed most:',
    mayHelp: 'This may help:',
  },
  ja: {
    lookingAtFile: 'ファイルをお預かりし、内容を確認しています。結果はこちらに表示します。どのような内容でしょうか？',
    lookingAtText: '貼り付けていただいたログを確認しています。結果はこちらに表示します。',
    refused: (name, why) => `${name ? `「${name}」` : 'ログ'}を受け取れませんでした。${reasons.ja[why]}。`,
    read: (name, lines, span) =>
      `${name ? `**${name}**` : '貼り付けていただいたログ'}を確認しました（${times.ja(lines)}行${span ? `、${span}` : ''}）。`,
    partly: '長いため最後までは読めませんでした。以下は前半についての結果です。',
    counts: (errors, warnings) => `エラー${times.ja(errors)}件、警告${times.ja(warnings)}件です。`,
    nothing: 'エラーは見つかりませんでした。',
    known: '考えられること:',
    first: (at) => `最初の原因と思われる記録${at ? `（${at}）` : ''}:`,
    failed: '失敗の多いリクエスト:',
    mayHelp: 'こちらの案内が役に立つかもしれません。',
  },
};
