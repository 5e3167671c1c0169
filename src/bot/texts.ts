/** What the bot and the desk say, in both languages side by side. */

import type { Language } from '../conversation/language.ts';
import type { Notices } from '../conversation/world.ts';
import { type CaseTexts, caseTexts } from './case-texts.ts';

export interface Texts extends Notices, CaseTexts {
  greeting: string;
  /** Buttons under the greeting. */
  talkToPerson: string;
  hello: string;
  welcome: string;
  /** To a cry for help, or a nod, that names no problem. */
  tellMe: string;
  /** To a "no" when nothing was asked. */
  allRight: string;
  goodbye: string;
  /** To one who tries what was advised. */
  takeYourTime: string;
  startAfresh: string;
  /** To anger that names no problem. */
  fedUp: string;
  helped: string;
  /** After the answer to the first of two questions. */
  helpedAndAlso(title: string): string;
  nextQuestion: string;
  yes: string;
  no: string;
  glad: string;
  sorry: string;
  choose: string;
  /** To a "yes" that does not say which. */
  whichOne: string;
  /** Instead of the answer that was given last. @param title its question. */
  saidBefore(title: string): string;
  showAgain: string;
  /** The answer was not understood. */
  unclear: string;
  noneOfThese: string;
  /** @param examples questions the FAQ answers, at most two. */
  rephrase(examples: readonly string[]): string;
  offer: string;
  keepTrying: string;
  /** @param ahead how many stand before; undefined where it is not known. */
  queued(ticket: string, ahead: number | undefined): string;
  /** @param subject in the visitor's own words; may be empty. */
  sameCase(ticket: string, subject: string): string;
  itIsSame: string;
  itIsOther: string;
  handoffUnsure: string;
  handoffNotHelped: string;
  added(ticket: string): string;
  stopWaiting: string;
  leftQueue(ticket: string): string;
  /** Before a hand-over; then its buttons. */
  offerQuestions: string;
  startQuestions: string;
  offerDialog(title: string): string;
  /** Button beside "Did that help?": the entry's dialog, at once. */
  guide(title: string): string;
  startDialog: string;
  dialogStopped: string;
  dialogGone: string;
  /** Before the ticket's number, when questions were answered. */
  passedOn: string;
  gotFile: string;
  /** Before a signed-in customer's own products. */
  yourWarranties: string;
  /** @param until ISO 8601 day. */
  warranty(product: string, until: string, holds: boolean): string;
  otherLanguageOnly: string;
  trouble: string;
  /** Two sentences, one after the other; the first may be empty. */
  after(first: string, second: string): string;
  /** Who or what is the bot, and what can it do? */
  about: string;
}

const day = {
  en: (iso: string) =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`)),
  ja: (iso: string) =>
    new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`)),
};
const people = { ja: (n: number) => `${n}人`, en: (n: number) => (n === 1 ? '1 person is' : `${n} people are`) };

export const texts: Readonly<Record<Language, Texts>> = {
  en: {
    ...caseTexts.en,
    greeting:
      "Hello! I'm the support **bot**. Tell me in your own words what isn't working, and I'll look up what usually helps: passwords, mail, printers, Wi-Fi, slow or broken computers and more.\n\nYou can ask for a person at any time.",
    talkToPerson: 'Talk to a person',
    hello: 'Hello! What can I help you with?',
    welcome: "You're welcome. If there is anything else, just write.",
    tellMe: "Of course. What isn't working? A few words are enough.",
    allRight: 'All right. If anything comes up, just write.',
    takeYourTime: 'Take your time, I am here. Just tell me whether it helped.',
    startAfresh: "All right, let's start afresh. What isn't working?",
    goodbye: 'Goodbye! If anything else comes up, just write here.',
    fedUp:
      "I'm sorry about the trouble. I can hand you over to a person right away; or tell me in a few words what isn't working, and I will look.",
    helped: 'Did that help?',
    helpedAndAlso: (title) => `Did that help? You have also asked: **${title}** I can answer that next.`,
    nextQuestion: 'Good to hear. Now to your other question.',
    yes: 'Yes',
    no: 'No',
    glad: 'Good to hear. If there is anything else, just write.',
    sorry: "I'm sorry that did not help. Shall I hand you over to a person, or would one of these fit better?",
    choose: 'I want to be sure I understand. Is it one of these?',
    whichOne: 'Which of them is it?',
    saidBefore: (title) =>
      `That sounds like my last answer: **${title}**. If that does not settle it, a person can look into it with you.`,
    showAgain: 'Show it again',
    unclear: "I'm sorry, that was hard to follow. A person can go through it with you.",
    noneOfThese: 'None of these',
    rephrase: (examples) =>
      `I did not quite get that. Could you say it in other words${
        examples.length === 0 ? '' : `, for example ${examples.map((one) => `**"${one}"**`).join(' or ')}`
      }? If you prefer, I can hand you over to a person.`,
    offer: 'Shall I hand you over to a person?',
    keepTrying: 'All right. Tell me in other words what is wrong, and I will try again.',
    queued: (ticket, ahead) =>
      `I'm handing you over to a person. Your ticket number is **${ticket}**.${
        ahead === undefined ? '' : ahead === 0 ? ' You are next in line.' : ` ${people.en(ahead)} waiting before you.`
      }\n\nYou can go on describing the problem here; whoever takes over reads all of it.`,
    sameCase: (ticket, subject) =>
      `Is this about your ticket **${ticket}**${subject && ` ("${subject}")`}, which was closed, or about something else?`,
    itIsSame: 'Yes, the same',
    itIsOther: 'Something else',
    handoffUnsure: "I'm sorry, I have no sure answer to that.",
    handoffNotHelped: "I'm sorry, my answers have not helped.",
    added: (ticket) => `I have added that to your ticket ${ticket}. A person will read it.`,
    stopWaiting: 'Stop waiting',
    leftQueue: (ticket) =>
      `All right, you are no longer waiting and ticket ${ticket} is closed. I'm still here: what can I do for you?`,
    offerQuestions:
      'While you wait: with a few short questions answered, the person who takes over can start at once. You keep your place, and can skip any of them.',
    startQuestions: 'Answer the questions',
    offerDialog: (title) => `I'm sorry that did not help. Shall we go through it step by step? (**${title}**)`,
    guide: (title) => `Step by step: ${title}`,
    startDialog: 'Yes, step by step',
    dialogStopped: 'All right, I have stopped. What you have told me stays noted.',
    dialogGone:
      'These questions are no longer in use. What you have told me stays noted. Shall I hand you over to a person?',
    passedOn: 'Thank you. Whoever takes over sees your answers.',
    gotFile: 'Thank you, I have kept your file with this conversation. What is it about?',
    yourWarranties: 'This is what our records say of your devices:',
    warranty: (product, until, holds) =>
      holds
        ? `**${product}**: under warranty until ${day.en(until)}.`
        : `**${product}**: the warranty ended on ${day.en(until)}.`,
    otherLanguageOnly: 'This answer exists in Japanese only.',
    after: (first, second) => (first ? `${first} ${second}` : second),
    about:
      "I'm the support **bot**, a program. I look up what usually helps with passwords, mail, printers, Wi-Fi, slow or broken computers and more, ask what a person would need to know, and hand you over to a person whenever you like. What isn't working?",
    trouble: 'Something went wrong on my side, and I could not answer that. Please try again, or ask for a person.',
    claimed: (agent) => `${agent.displayName} has joined the chat.`,
    released: () => 'You are back in the queue at your old place; another person will take over.',
    returned: () => 'You are talking with the bot again. What else can I help with?',
    resolved: (ticket) => `Ticket ${ticket} is closed. If the problem comes back, just write here.`,
    reopened: (ticket) => `Ticket ${ticket} has been opened again. A person will get back to you here.`,
  },
  ja: {
    ...caseTexts.ja,
    greeting:
      'こんにちは。サポートの**自動応答（ボット）**です。困っていることを、ふだんの言葉でそのままお書きください。パスワード、メール、プリンター、Wi-Fi、パソコンの不調などについて、よくある解決方法をご案内します。\n\nいつでもオペレーターにおつなぎできます。',
    talkToPerson: 'オペレーターと話したい',
    hello: 'こんにちは。どのようなことでお困りですか？',
    welcome: 'どういたしまして。ほかにもありましたら、いつでもお書きください。',
    tellMe: 'もちろんです。どのようなことでお困りですか？ ひとことでも構いません。',
    allRight: '承知しました。何かありましたら、いつでもお書きください。',
    takeYourTime: 'ごゆっくりお試しください。解決したかどうか、後ほどお知らせください。',
    startAfresh: '承知しました。では、はじめからうかがいます。どのようなことでお困りですか？',
    goodbye: 'ご利用ありがとうございました。また何かありましたら、こちらにお書きください。',
    fedUp:
      'ご不便をおかけして申し訳ありません。すぐにオペレーターにおつなぎできます。お困りのことをひとことお書きいただければ、こちらでもお調べします。',
    helped: 'これで解決しましたか？',
    helpedAndAlso: (title) => `これで解決しましたか？ もうひとつのご質問「**${title}**」にも、続けてお答えできます。`,
    nextQuestion: '解決してよかったです。では、もうひとつのご質問です。',
    yes: 'はい',
    no: 'いいえ',
    glad: '解決してよかったです。ほかにもありましたら、いつでもお書きください。',
    sorry:
      'お役に立てず申し訳ありません。オペレーターにおつなぎしますか？ 次の中に近いものがあれば、そちらもご案内できます。',
    choose: '念のため確認させてください。次のどれに近いですか？',
    whichOne: 'どれになりますか？',
    saidBefore: (title) =>
      `先ほどのご案内「**${title}**」にあたるようです。それで解決しないときは、オペレーターが一緒に確認いたします。`,
    showAgain: 'もう一度見る',
    unclear: '分かりにくい説明で申し訳ありません。オペレーターが一緒に確認することもできます。',
    noneOfThese: 'どれでもない',
    rephrase: (examples) =>
      `うまく理解できませんでした。${examples.map((one) => `**「${one}」**`).join('や')}${
        examples.length === 0 ? '' : 'のように、'
      }別の言い方で教えていただけますか？ オペレーターにおつなぎすることもできます。`,
    offer: 'オペレーターにおつなぎしますか？',
    keepTrying: '承知しました。別の言い方で教えていただければ、もう一度お調べします。',
    queued: (ticket, ahead) =>
      `オペレーターにおつなぎします。受付番号は **${ticket}** です。${
        ahead === undefined ? '' : ahead === 0 ? '次にご案内します。' : `ただいま${people.ja(ahead)}の方がお待ちです。`
      }\n\nお待ちの間も、続けて状況をお書きください。担当者がすべて拝見します。`,
    sameCase: (ticket, subject) =>
      `先に完了した受付番号 **${ticket}**${subject && `（「${subject}」）`}の件でしょうか？ それとも別の件でしょうか？`,
    itIsSame: 'はい、この件です',
    itIsOther: '別の件です',
    handoffUnsure: '私からは確かなご案内ができず、申し訳ありません。',
    handoffNotHelped: 'ご案内で解決できず申し訳ありません。',
    added: (ticket) => `受付番号 ${ticket} に追記しました。担当者が拝見します。`,
    stopWaiting: '待つのをやめる',
    leftQueue: (ticket) =>
      `承知しました。順番待ちを取り消し、受付番号 ${ticket} を終了しました。引き続きボットがご案内します。どうされましたか？`,
    offerQuestions:
      'お待ちの間に簡単な質問にお答えいただけると、担当者がすぐに対応を始められます。順番はそのままで、分からない質問はスキップできます。',
    startQuestions: '質問に答える',
    offerDialog: (title) => `お役に立てず申し訳ありません。一緒に順番に確認してみませんか？（**${title}**）`,
    guide: (title) => `順番に進める：${title}`,
    startDialog: 'はい、順番に確認する',
    dialogStopped: '承知しました。質問を中止しました。これまでのご回答は控えてあります。',
    dialogGone:
      'こちらの質問は現在使われておりません。これまでのご回答は控えてあります。オペレーターにおつなぎしますか？',
    passedOn: 'ありがとうございます。ご回答は担当者に引き継ぎます。',
    gotFile: 'ファイルをお預かりしました。どのような内容でしょうか？',
    yourWarranties: 'ご登録の機器の保証期間は、次のとおりです。',
    warranty: (product, until, holds) =>
      holds
        ? `**${product}**：${day.ja(until)}まで保証期間内です。`
        : `**${product}**：保証は${day.ja(until)}に終了しました。`,
    otherLanguageOnly: 'このご案内は英語のみとなります。',
    after: (first, second) => `${first}${second}`,
    about:
      'サポートの**自動応答（ボット）**です。パスワード、メール、プリンター、Wi-Fi、パソコンの不調などについて、よくある解決方法をご案内します。必要なことをうかがったうえで、いつでもオペレーターにおつなぎできます。どのようなことでお困りですか？',
    trouble: 'こちらの不具合でお答えできませんでした。もう一度お試しいただくか、オペレーターをお呼びください。',
    claimed: (agent) => `${agent.displayName} が対応を始めました。`,
    released: () => '順番はそのままで、別の担当者がご対応します。少々お待ちください。',
    returned: () => 'ここからは再びボットがご案内します。ほかにお困りのことはありますか？',
    resolved: (ticket) =>
      `受付番号 ${ticket} の対応を終了しました。再び問題が起きたときは、こちらにそのままお書きください。`,
    reopened: (ticket) => `受付番号 ${ticket} の対応を再開しました。担当者がこちらでご連絡します。`,
  },
};
