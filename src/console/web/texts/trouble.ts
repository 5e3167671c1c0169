/** What could not be done, in the agent's words. */
import type { Bilingual } from '../../../conversation/language.ts';
import { pair } from './pair.ts';

export const troubleTexts = {
  // Trouble
  'trouble.already-owned': pair('{name} already has this conversation.', 'この会話は{name}さんが担当しています。'),
  'trouble.not-owner': pair('{name} has this conversation now.', 'この会話は現在{name}さんが担当しています。'),
  'trouble.not-owner-nobody': pair(
    'Nobody has this conversation now. Take it first.',
    '現在、担当者がいません。まず担当してください。',
  ),
  'trouble.at-capacity': pair(
    'You have as many cases as your capacity allows. Resolve or release one first.',
    '担当件数が上限に達しています。先にどれかを完了するか、待機列に戻してください。',
  ),
  'trouble.not-waiting': pair('This conversation is no longer waiting.', 'この会話はもう待機中ではありません。'),
  'trouble.not-offered': pair('This is no longer offered to you.', 'この依頼はすでに終了しています。'),
  'trouble.not-available': pair(
    'Your colleague is away or not signed in. Choose somebody else.',
    'その同僚は離席中か、サインインしていません。別の人を選んでください。',
  ),
  'trouble.not-open': pair('There is no case here to note this on.', 'メモを付けられる問い合わせがありません。'),
  'trouble.not-closed': pair('This case is not closed.', 'この問い合わせは完了していません。'),
  'trouble.network': pair(
    'No connection to the desk. Try again in a moment.',
    'デスクに接続できません。少し待ってからお試しください。',
  ),
  'trouble.other': pair('That did not work: {message}', '実行できませんでした: {message}'),
  somebody: pair('Someone else', '別の担当者'),
  dismiss: pair('Dismiss', '閉じる'),
} as const satisfies Readonly<Record<string, Bilingual>>;
