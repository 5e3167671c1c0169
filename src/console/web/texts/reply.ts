/** What the reply box says, and what becomes of a reply. */
import type { Bilingual } from '../../../conversation/language.ts';
import { pair } from './pair.ts';

export const replyTexts = {
  // Reply box
  writeTo: pair('Write', '入力'),
  reply: pair('Reply', '返信'),
  note: pair('Internal note', '社内メモ'),
  replyLabel: pair('Reply to {name}', '{name}への返信'),
  noteLabel: pair('Internal note, only agents see it', '社内メモ(担当者だけに表示)'),
  replyPlaceholder: pair('Write to {name} …', '{name}への返信を入力…'),
  notePlaceholder: pair(
    'For colleagues only. The visitor does not see this.',
    '担当者向けのメモです。お客様には表示されません。',
  ),
  send: pair('Send', '送信'),
  addNote: pair('Add note', 'メモを追加'),
  findAnswer: pair('Find an answer', '回答を探す'),
  findLabel: pair('Search the FAQ', 'FAQを検索'),
  findPlaceholder: pair('A few words of the problem', '困りごとを一言で入力'),
  findForQuestion: pair('For what the visitor asked', 'お客様の質問に近い回答'),
  findFirst: pair('Say in a few words what the answer is to be about.', '探したい内容を一言で入力してください。'),
  findNothing: pair('No answer fits. Try other words.', '該当する回答がありません。別の言葉でお試しください。'),
  findFailed: pair('The FAQ could not be searched. Try again.', 'FAQを検索できませんでした。もう一度お試しください。'),
  findCount: pair('{count|answer|answers}', '{count}件の回答'),
  findOther: pair('{language} only', '{language}のみ'),
  insertAnswer: pair('Insert', '挿入'),
  enterSends: pair('Enter sends · Shift+Enter new line', 'Enterで送信・Shift+Enterで改行'),
  takeToReply: pair('Take the conversation to reply.', '返信するには、まず担当してください。'),
  ownedBy: pair('{name} has this conversation. You can leave a note.', '{name}さんが担当中です。メモは追加できます。'),
  withBot: pair('The bot is answering. You can leave a note.', 'ボットが対応中です。メモは追加できます。'),
  closedReply: pair(
    'This case is closed. Reopen it to reply.',
    'この会話は完了しています。返信するには再開してください。',
  ),
  sendingNow: pair('Sending …', '送信中…'),
  waitingToSend: pair('Not sent yet, trying again', '未送信・再試行中'),
  notSent: pair('Not sent: {reason}', '送信できませんでした: {reason}'),
  sendAgain: pair('Send again', '再送信'),
  discard: pair('Discard', '破棄'),
} as const satisfies Readonly<Record<string, Bilingual>>;
