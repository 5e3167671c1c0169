/** The words of the five-line summary, in both languages side by side. */
import type { Language } from './language.ts';
import type { Signal } from './sentiment.ts';
import type { HandoffReason, Priority } from './state.ts';

export interface SummaryTexts {
  readonly labels: Readonly<Record<'visitor' | 'problem' | 'why' | 'tried' | 'next', string>>;
  readonly unnamed: string;
  readonly unproven: string;
  readonly speaks: Readonly<Record<Language, string>>;
  /** @param until ISO 8601 day. */
  readonly product: (name: string, until: string | undefined) => string;
  readonly moreProducts: (count: number) => string;
  readonly unsaid: string;
  readonly moreQuestions: (count: number) => string;
  readonly reasons: Readonly<Record<HandoffReason, string>>;
  readonly confidence: (percent: number) => string;
  readonly signals: Readonly<Record<Signal, string>>;
  readonly people: (count: number) => string;
  readonly words: (words: string) => string;
  readonly nothingTried: string;
  readonly helped: (title: string, helped: boolean | null) => string;
  readonly known: (facts: string) => string;
  readonly missing: (names: string) => string;
  readonly files: (count: number) => string;
  readonly priorities: Readonly<Record<Priority, string>>;
  readonly suggested: (tier: number, skills: string, priority: string) => string;
  readonly list: (items: readonly string[]) => string;
  /** What presses, as a sentence without its end. */
  readonly felt: (signs: readonly string[]) => string;
  /** Between sentences. */
  readonly space: string;
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const summaryTexts: Readonly<Record<Language, SummaryTexts>> = {
  en: {
    labels: { visitor: 'Who', problem: 'Problem', why: 'Why you', tried: 'Tried', next: 'Next' },
    unnamed: 'Visitor without a name',
    unproven: 'identity not proven',
    speaks: { ja: 'speaks Japanese', en: 'speaks English' },
    product: (name, until) => (until ? `${name} (warranty until ${until})` : name),
    moreProducts: (count) => `${plural(count, 'more product', 'more products')}`,
    unsaid: 'Not said yet.',
    moreQuestions: (count) => `(and ${plural(count, 'more question', 'more questions')})`,
    reasons: {
      asked: 'Asked for a person.',
      unsure: 'The bot was not sure what was meant.',
      'not-helped': "The bot's answers did not help.",
      error: 'The bot failed.',
      intake: 'Came in another way than by the chat.',
    },
    confidence: (percent) => `(surest match ${percent}%)`,
    signals: {
      anger: 'upset',
      repeated: 'tried in vain before',
      urgency: 'urgent',
      stopped: 'work stands still',
      many: 'several people hit',
    },
    people: (count) => `${count} people hit`,
    words: (words) => `(${words})`,
    nothingTried: 'No answer was given yet.',
    helped: (title, helped) =>
      `${title}: ${helped === null ? 'no word whether it helped' : helped ? 'helped' : 'did not help'}`,
    known: (facts) => `Known: ${facts}.`,
    missing: (names) => `Still to ask: ${names}.`,
    files: (count) => `${plural(count, 'file', 'files')} sent.`,
    priorities: { low: 'low', normal: 'normal', high: 'high', urgent: 'urgent' },
    suggested: (tier, skills, priority) => `Tier ${tier}${skills ? `, ${skills}` : ''}, priority ${priority}.`,
    list: (items) => items.join('; '),
    felt: (signs) => signs.join('; ').replace(/^./u, (first) => first.toUpperCase()),
    space: ' ',
  },
  ja: {
    labels: { visitor: 'お客様', problem: 'ご用件', why: '引継理由', tried: '案内済み', next: '次の対応' },
    unnamed: 'お名前不明のお客様',
    unproven: '本人確認なし',
    speaks: { ja: '日本語', en: '英語' },
    product: (name, until) => (until ? `${name}（保証 ${until} まで）` : name),
    moreProducts: (count) => `ほか${count}件の製品`,
    unsaid: 'まだ伺えていません。',
    moreQuestions: (count) => `（ほかに質問${count}件）`,
    reasons: {
      asked: '担当者との対話をご希望です。',
      unsure: 'ボットが質問の内容を特定できませんでした。',
      'not-helped': 'ボットの回答では解決しませんでした。',
      error: 'ボットの不具合です。',
      intake: 'チャット以外で受け付けました。',
    },
    confidence: (percent) => `（最有力候補の確信度 ${percent}%）`,
    signals: {
      anger: 'ご不満あり',
      repeated: 'すでに何度も試行',
      urgency: 'お急ぎ',
      stopped: '業務停止',
      many: '複数名に影響',
    },
    people: (count) => `${count}人に影響`,
    words: (words) => `（${words}）`,
    nothingTried: '回答はまだ行っていません。',
    helped: (title, helped) => `${title}：${helped === null ? '結果不明' : helped ? '解決' : '解決せず'}`,
    known: (facts) => `確認済み：${facts}。`,
    missing: (names) => `未確認：${names}。`,
    files: (count) => `添付${count}件。`,
    priorities: { low: '低', normal: '通常', high: '高', urgent: '緊急' },
    suggested: (tier, skills, priority) => `Tier ${tier}${skills ? `・${skills}` : ''}・優先度${priority}。`,
    list: (items) => items.join('、'),
    felt: (signs) => signs.join('、'),
    space: '',
  },
};
