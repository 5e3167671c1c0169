/** What offers, transfers, advice and the end of a case are called. */
import type { Bilingual } from '../../../conversation/language.ts';
import { pair } from './pair.ts';

export const handingTexts = {
  // Offers
  offers: pair('Offers', '依頼'),
  offeredToYou: pair('Offered to you', '対応の依頼'),
  secondsLeft: pair('{seconds} s left', '残り{seconds}秒'),
  accept: pair('Accept', '引き受ける'),
  decline: pair('Decline', '断る'),
  // Transfer and advice
  transferTitle: pair('Transfer the case', '問い合わせを引き継ぐ'),
  transferTo: pair('To', '引き継ぎ先'),
  toColleague: pair('a colleague', '同僚'),
  toTier: pair('a tier, to whoever is next', 'Tier(次に空いた担当者)'),
  colleague: pair('Colleague', '同僚'),
  colleagueMissing: pair('Choose a colleague.', '同僚を選んでください。'),
  nobodyThere: pair(
    'No colleague is available now. You can transfer it to a tier.',
    '今、対応できる同僚がいません。Tierへの引き継ぎはできます。',
  ),
  colleaguesFailed: pair(
    'Your colleagues could not be loaded. Close this and open it again.',
    '同僚の一覧を読み込めませんでした。閉じてから、もう一度開いてください。',
  ),
  notThere: pair('not available', '対応不可'),
  choose: pair('Choose …', '選択…'),
  tierLabel: pair('Tier', 'Tier'),
  skillsLabel: pair('Skills', 'スキル'),
  skillsHint: pair('Separated by commas; none: anybody of that tier', '「,」区切り。空欄ならそのTierの全員が対象'),
  noteForColleague: pair('Note for whoever takes over', '引き継ぎメモ'),
  consultTitle: pair('Ask a colleague', '同僚に相談する'),
  ask: pair('Ask', '相談する'),
  consultQuestion: pair('What would you like to know?', '相談内容'),
  consultHint: pair(
    'The case stays with you. Your colleague answers in a note.',
    '担当はあなたのままです。同僚は社内メモで答えます。',
  ),
  questionMissing: pair('Write your question.', '相談内容を入力してください。'),
  adviceAsked: pair(
    '{name} asks for your advice. Answer in a note.',
    '{name}さんから相談を受けています。社内メモでお答えください。',
  ),
  adviceGiven: pair('Done', '回答済みにする'),
  answerOwed: pair(
    'The visitor waits for your answer. Without one the case goes to a colleague soon.',
    'お客様が返信をお待ちです。返信がないと、まもなく別の担当者に引き継がれます。',
  ),
  viewers: pair('{names} is looking at this too', '{names}さんも閲覧中'),
  comma: pair(', ', '、'),
  // Resolve
  resolveTitle: pair('Resolve the case', '問い合わせを完了する'),
  resolveCode: pair('Outcome', '結果'),
  'code.solved': pair('Solved', '解決'),
  'code.workaround': pair('Workaround', '回避策で対応'),
  'code.no-fault': pair('No fault found', '異常なし'),
  'code.duplicate': pair('Duplicate', '重複'),
  'code.no-reply': pair('No reply from the visitor', 'お客様から返信なし'),
  'code.other': pair('Other', 'その他'),
  summary: pair('Summary', '要約'),
  summaryHint: pair('What was wrong, and what settled it', '原因と対応内容'),
  codeMissing: pair('Choose an outcome.', '結果を選んでください。'),
  summaryMissing: pair('Write a short summary.', '要約を入力してください。'),
  cancel: pair('Cancel', 'キャンセル'),
  close: pair('Close', '閉じる'),
} as const satisfies Readonly<Record<string, Bilingual>>;
