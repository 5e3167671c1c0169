/** The report's words, in both languages side by side. `{0}` and so on are filled in. */
import type { Bilingual, Language } from '../../../conversation/language.ts';

const texts = {
  title: { en: 'How well the FAQ is understood', ja: 'FAQの理解度レポート' },
  made: {
    en: 'Version {0} of {1}, made {2}: {3} entries, {4} phrasings in Japanese and {5} in English.',
    ja: '{1} のバージョン {0}（{2} 作成）: {3}項目、言い方は日本語{4}件・英語{5}件。',
  },
  how: {
    en: 'Each phrasing was put to a matcher that knew only the others (cross-validation); {0} of the questions are taken to have no answer here. Real visitors word things more freely: measure with their questions too (faq eval).',
    ja: '各言い方を、それ以外だけを学習した検索器に尋ねた結果です（交差検証）。質問の{0}は該当項目なしと仮定しています。実際の訪問者の言い方はもっと多様なので、実際の質問でも測定してください（faq eval）。',
  },
  overall: { en: 'Overall', ja: '全体' },
  all: { en: 'all', ja: '全体' },
  ja: { en: 'Japanese', ja: '日本語' },
  en: { en: 'English', ja: '英語' },
  questions: { en: 'questions put (out of scope)', ja: '質問数（該当なし）' },
  accuracy: { en: 'right entry first', ja: '正しい項目が1位' },
  topThree: { en: 'right entry in the first three', ja: '正しい項目が3位以内' },
  answered: { en: 'answered outright', ja: '即答する割合' },
  precision: { en: 'of those, right', ja: 'そのうち正答' },
  offered: { en: 'offered as choices', ja: '候補を示す割合' },
  reached: { en: 'right answer or right choice', ja: '正答または候補に正解あり' },
  handedOff: { en: 'handed to a person', ja: '担当者に引き継ぐ割合' },
  refused: { en: 'out of scope, not answered', ja: '該当なしに即答しない割合' },
  auroc: { en: 'right told from wrong (AUROC)', ja: '正誤の判別力（AUROC）' },
  calibration: { en: 'calibration error', ja: '確信度の誤差' },
  interval: {
    en: 'In brackets: cases, and the 95 % interval. Where questions with and without an answer are counted together, shares are weighted to the part assumed above; cases are not.',
    ja: '括弧内は件数と95 %信頼区間。該当ありとなしを合わせた割合は、上の仮定の比率で重み付けしています（件数は重み付けなし）。',
  },
  thresholds: { en: 'Thresholds: answering only from this confidence', ja: 'しきい値: この確信度以上だけ即答する場合' },
  threshold: { en: 'from', ja: '確信度' },
  suggested: {
    en: 'To be right in {0} of answers, answer from {1}: {2} are then answered outright.',
    ja: '即答の{0}を正答にするには、確信度{1}以上で即答します。このとき即答の割合は{2}です。',
  },
  unreachable: {
    en: '{0} right answers are not reachable at any threshold: add phrasings, and part the confused pairs below.',
    ja: '正答率{0}はどのしきい値でも達成できません。言い方を増やし、下の「混同」を解消してください。',
  },
  reliability: { en: 'Is the confidence true?', ja: '確信度は正しいか' },
  confidence: { en: 'confidence', ja: '確信度' },
  said: { en: 'said (mean)', ja: '予測（平均）' },
  was: { en: 'was right', ja: '実際の正答率' },
  confused: { en: 'Confused entries', ja: '混同される項目' },
  confusedHow: {
    en: 'A phrasing of the first was taken for the second. Shared words are what pulled it there: word one of the two apart, or merge them.',
    ja: '左の項目の言い方が右の項目と判定されました。共通語が原因です。どちらかの言い方を変えるか、項目を統合してください。',
  },
  shared: { en: 'shares: {0}', ja: '共通語: {0}' },
  neverFirst: {
    en: 'Entries never found by their own held-back phrasings',
    ja: '自身の言い方で一度も1位にならない項目',
  },
  thin: { en: 'Entries with few phrasings', ja: '言い方が少ない項目' },
  thinHow: {
    en: 'Gain: points more often right with ten phrasings, as measured on public question sets.',
    ja: '「効果」は、言い方を10件にしたときに正答率が上がるポイント数（公開データでの実測）。',
  },
  entry: { en: 'entry', ja: '項目' },
  phrasings: { en: 'phrasings ja/en', ja: '言い方 日/英' },
  language: { en: 'language', ja: '言語' },
  gain: { en: 'gain', ja: '効果' },
  conflicts: { en: 'The same phrasing in two entries', ja: '2つの項目にある同じ言い方' },
  advice: { en: 'Advice', ja: '改善の提案' },
  unknown: { en: "Visitors' words the FAQ does not hold", ja: '訪問者が使い、FAQにない語' },
  times: { en: 'times', ja: '回数' },
  word: { en: 'word', ja: '語' },
  example: { en: 'for example', ja: '例' },
  candidates: {
    en: "Visitors' questions not answered outright, by nearest entry",
    ja: '即答しなかった訪問者の質問（近い項目別）',
  },
  candidatesHow: {
    en: 'Where the entry is right, add the question to its phrasings.',
    ja: '項目が正しければ、その質問を言い方に追加してください。',
  },
  nearNothing: { en: '(no entry is near)', ja: '（近い項目なし）' },
  perEntry: { en: 'Each entry', ja: '項目ごと' },
  none: { en: 'none', ja: 'なし' },
  more: { en: '… and {0} more', ja: '…ほか{0}件' },
  chartCalibration: {
    en: 'Confidence against the share that was right; on the dashed line it is true',
    ja: '確信度と実際の正答率。破線上なら一致',
  },
  chartThresholds: {
    en: 'What answering from a confidence would mean',
    ja: 'しきい値ごとの正答率・即答率・拒否率',
  },
  chartConfusion: {
    en: 'Rows were asked, columns came first; the darker, the more often',
    ja: '行が質問の項目、列が1位の項目。濃いほど多い',
  },
} satisfies Record<string, Bilingual>;

export type TextKey = keyof typeof texts;
export type Say = (key: TextKey, ...values: readonly (string | number)[]) => string;

export const inLanguage =
  (language: Language): Say =>
  (key, ...values) =>
    texts[key][language].replace(/\{(\d)\}/g, (whole, i: string) => String(values[Number(i)] ?? whole));
