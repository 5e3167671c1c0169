/** What visitors read of their case: passed on, waiting outside hours, ending, and how it was. Both languages side by side. */
import type { Language } from '../conversation/language.ts';
import type { EscalationTarget } from '../conversation/rules.ts';

export interface CaseTexts {
  /** Instead of the place in line, with the time it opens again; undefined: none is known. */
  closed(ticket: string, opening: string | undefined): string;
  full(ticket: string, opening: string | undefined): string;
  nobody(ticket: string, opening: string | undefined): string;
  leaveContact: string;
  /** Who waits has asked how long. @param standing what is known of it */
  stillWaiting(ticket: string, standing: Standing): string;
  /** An instant, in the desk's time zone, as visitors read it. @param at ms since 1970 @param timezone IANA name */
  instant(at: number, timezone: string): string;
  escalated(ticket: string, to: EscalationTarget): string;
  updated(team: EscalationTarget, text: string): string;
  updatedBack(ticket: string): string;
  waitsLong(ticket: string): string;
  closedOver(ticket: string, opening: string | undefined): string;
  /** @param within ms until the case is closed */
  closingWarned(ticket: string, within: number): string;
  closedForSilence(ticket: string): string;
  withTeam(ticket: string): string;
  howWasIt: string;
  isItSolved: string;
  solved: string;
  notSolved: string;
  ratedWell: string;
  ratedPoorly: string;
  noComment: string;
  commented: string;
}

/** Where a waiting case stands: its place in line while somebody takes cases, else when that goes on. */
export type Standing =
  /** `ahead`: how many come before; `seconds`: until it is this one's turn. */
  | { readonly state: 'open'; readonly ahead: number | undefined; readonly seconds: number | undefined }
  /** `opening`: the time as visitors read it. */
  | { readonly state: 'closed' | 'full' | 'nobody'; readonly opening: string | undefined };

const hour = 3_600_000;
const minutesOf = (seconds: number): number => Math.max(1, Math.ceil(seconds / 60));

const standings = {
  en: (standing: Standing): string => {
    if (standing.state === 'open') {
      const { ahead, seconds } = standing;
      const place =
        ahead === undefined
          ? ''
          : ahead === 0
            ? 'You are next in line. '
            : `${ahead === 1 ? '1 person is' : `${ahead} people are`} waiting before you. `;
      const minutes = seconds === undefined ? 0 : minutesOf(seconds);
      return `${place}${
        minutes === 0
          ? 'I cannot honestly say yet how long it will take.'
          : `At the present pace it takes about ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
      }`;
    }
    const state = {
      closed: 'Our support desk is closed at the moment.',
      full: 'Very many people are waiting, so this may take a while.',
      nobody: 'Nobody is free at this moment.',
    }[standing.state];
    return `${state}${standing.opening ? ` We go on, in order, on **${standing.opening}** at the latest.` : ''}`;
  },
  ja: (standing: Standing): string => {
    if (standing.state === 'open') {
      const { ahead, seconds } = standing;
      const place =
        ahead === undefined ? '' : ahead === 0 ? '次にご案内します。' : `ただいま${ahead}人の方がお待ちです。`;
      return `${place}${
        seconds === undefined
          ? '何分お待ちいただくかは、まだはっきりお伝えできません。'
          : `現在の進み具合では、およそ${minutesOf(seconds)}分です。`
      }`;
    }
    const state = {
      closed: 'ただいま受付時間外です。',
      full: 'ただいま大変混み合っており、お時間をいただく見込みです。',
      nobody: 'ただいま全員が席を外しております。',
    }[standing.state];
    return `${state}${standing.opening ? `遅くとも **${standing.opening}** から、順に対応いたします。` : ''}`;
  },
};

const spans = {
  en: (ms: number) => {
    const hours = Math.max(1, Math.round(ms / hour));
    if (hours < 48) return hours === 1 ? 'an hour' : `${hours} hours`;
    return `${Math.round(hours / 24)} days`;
  },
  ja: (ms: number) => {
    const hours = Math.max(1, Math.round(ms / hour));
    return hours < 48 ? `${hours}時間` : `${Math.round(hours / 24)}日`;
  },
};

const teams: Readonly<Record<Language, Readonly<Record<EscalationTarget, string>>>> = {
  en: {
    tier2: 'a specialist',
    tier3: 'a product specialist',
    repair: 'our repair team',
    field: 'our field engineers',
    developers: 'the developers',
  },
  ja: {
    tier2: '専門の担当者',
    tier3: '製品の専門担当者',
    repair: '修理担当',
    field: '訪問サービス担当',
    developers: '開発部門',
  },
};

const formats = { en: 'en-GB', ja: 'ja-JP' } as const;

const instant = (language: Language) => (at: number, timezone: string) =>
  new Intl.DateTimeFormat(formats[language], {
    timeZone: timezone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(language === 'ja' ? {} : { timeZoneName: 'short' }),
  }).format(at);

export const caseTexts: Readonly<Record<Language, CaseTexts>> = {
  en: {
    closed: (ticket, opening) =>
      `Our support desk is closed at the moment. Your ticket number is **${ticket}**.${
        opening ? ` We open again on **${opening}** and work through what came in, in order.` : ''
      }\n\nYou can go on describing the problem here, and leave a phone number or mail address if we should contact you there.`,
    full: (ticket, opening) =>
      `Very many people are waiting for our support desk, so this may take a while. Your ticket number is **${ticket}**, and you keep your place.${
        opening ? ` What we cannot get to today we take up from **${opening}**.` : ''
      }\n\nYou need not stay here: leave a phone number or mail address, and we will contact you. You can also go on describing the problem.`,
    nobody: (ticket, opening) =>
      `I'm handing you over to a person, but nobody is free at this moment. Your ticket number is **${ticket}**; whoever comes first takes it up${
        opening ? `, at the latest from **${opening}**` : ''
      }.\n\nYou can go on describing the problem here, and leave a phone number or mail address if we should contact you there.`,
    leaveContact: 'Leave contact details',
    stillWaiting: (ticket, standing) =>
      `Your ticket **${ticket}** is in line, and you keep your place. ${standings.en(standing)}\n\nYou need not stay here: what you write is added to the ticket.`,
    instant: instant('en'),
    escalated: (ticket, to) =>
      `I am passing your case to ${teams.en[to]}, with all you have told us. It keeps its number, ${ticket}, and you will hear from us here.`,
    updated: (team, text) => `News from ${teams.en[team]}: ${text}`,
    updatedBack: (ticket) => `Ticket ${ticket} is back with our desk; somebody will get back to you here.`,
    waitsLong: (ticket) =>
      `I'm sorry, this is taking longer than we want it to. You keep your place, and your ticket number stays ${ticket}. You need not wait here: what you write is added to the ticket.`,
    closedOver: (ticket, opening) =>
      `Our support desk has closed for now. You keep your place, and your ticket number stays ${ticket}.${
        opening ? ` We go on, in order, on ${opening}.` : ''
      } You need not wait here: what you write is added to the ticket.`,
    closingWarned: (ticket, within) =>
      `We have not heard from you about ticket ${ticket}. If it is solved there is nothing to do: we will close it in ${spans.en(within)}. If not, just write here.`,
    closedForSilence: (ticket) =>
      `As we have not heard from you, ticket ${ticket} is closed. If the problem is still there, just write here and we will take it up again.`,
    withTeam: (ticket) =>
      `I have added that to your ticket ${ticket}; those who work on it will read it. If you have another question, just ask.`,
    howWasIt: 'How was our support, from 1 (bad) to 5 (very good)?',
    isItSolved: 'Is it solved for you?',
    solved: 'Yes, it is solved',
    notSolved: 'Not solved yet',
    ratedWell: 'Thank you! Is there anything you would like to add?',
    ratedPoorly: 'Thank you for telling us. What should we have done better?',
    noComment: 'Nothing to add',
    commented: 'Thank you, we will read that. If there is anything else, just write.',
  },
  ja: {
    closed: (ticket, opening) =>
      `ただいま受付時間外です。受付番号は **${ticket}** です。${
        opening ? `次の受付開始は **${opening}** で、お受けした順に対応いたします。` : ''
      }\n\nこのまま続けて状況をお書きいただけます。お電話やメールでの連絡をご希望の場合は、連絡先をお知らせください。`,
    full: (ticket, opening) =>
      `ただいま大変混み合っており、お時間をいただく見込みです。受付番号は **${ticket}** で、順番は確保されています。${
        opening ? `本日中に対応できない分は **${opening}** から順にご連絡します。` : ''
      }\n\nこのままお待ちいただく必要はありません。連絡先をお知らせいただければ、こちらからご連絡します。続けて状況をお書きいただくこともできます。`,
    nobody: (ticket, opening) =>
      `オペレーターにおつなぎしますが、ただいま全員が席を外しております。受付番号は **${ticket}** です。戻り次第、順に対応いたします${
        opening ? `（遅くとも **${opening}** から）` : ''
      }。\n\nこのまま続けて状況をお書きいただけます。お電話やメールでの連絡をご希望の場合は、連絡先をお知らせください。`,
    leaveContact: '連絡先を伝える',
    stillWaiting: (ticket, standing) =>
      `受付番号 **${ticket}** で順番にお待ちいただいており、順番は確保されています。${standings.ja(standing)}\n\nこの画面でお待ちいただく必要はなく、お書きいただいた内容は受付に追記されます。`,
    instant: instant('ja'),
    escalated: (ticket, to) =>
      `これまでの内容とあわせて、${teams.ja[to]}に引き継ぎます。受付番号 ${ticket} はそのままで、こちらでご連絡します。`,
    updated: (team, text) => `${teams.ja[team]}からのお知らせ：${text}`,
    updatedBack: (ticket) => `受付番号 ${ticket} は窓口に戻りました。担当者がこちらでご連絡します。`,
    waitsLong: (ticket) =>
      `お待たせして申し訳ありません。順番はそのままで、受付番号は ${ticket} です。この画面でお待ちいただく必要はなく、お書きいただいた内容は受付に追記されます。`,
    closedOver: (ticket, opening) =>
      `本日の受付時間が終了しました。順番はそのままで、受付番号は ${ticket} です。${
        opening ? `次は ${opening} から、順に対応いたします。` : ''
      }この画面でお待ちいただく必要はなく、お書きいただいた内容は受付に追記されます。`,
    closingWarned: (ticket, within) =>
      `受付番号 ${ticket} について、その後ご連絡がありません。解決済みでしたら何もなさらなくて結構です。${spans.ja(within)}後に終了いたします。まだお困りでしたら、こちらにお書きください。`,
    closedForSilence: (ticket) =>
      `ご連絡がなかったため、受付番号 ${ticket} を終了しました。まだ解決していない場合は、こちらにお書きいただければ対応を再開します。`,
    withTeam: (ticket) =>
      `受付番号 ${ticket} に追記しました。対応している担当が拝見します。別のご質問があれば、そのままお書きください。`,
    howWasIt: '今回の対応はいかがでしたか？（1：悪い ～ 5：とても良い）',
    isItSolved: '問題は解決しましたか？',
    solved: 'はい、解決しました',
    notSolved: 'まだ解決していません',
    ratedWell: 'ありがとうございます。よろしければ、ご感想をお聞かせください。',
    ratedPoorly: 'ご意見ありがとうございます。どのような点を改善すべきか、お聞かせいただけますか？',
    noComment: '特にありません',
    commented: 'ありがとうございます。今後の参考にいたします。ほかにもありましたら、いつでもお書きください。',
  },
};
