/** Erasing one customer's data: finding them, what would go, and the proof. */
import type { Bilingual } from '../../../conversation/language.ts';
import { pair } from './pair.ts';

export const erasureTexts = {
  erasure: pair("Erase a customer's data …", 'お客様のデータを消去…'),
  erasureTitle: pair("Erase a customer's data", 'お客様のデータを消去'),
  erasureHint: pair(
    'Everything the desk keeps of one customer: conversations, cases, files, archived ones too.',
    '特定のお客様について保存されているすべて(会話、案件、ファイル、保管済みのもの)を消去します。',
  ),
  erasureFind: pair('Customer', 'お客様'),
  erasureFindHint: pair(
    'Mail address or id; or a case number or name to look them up by',
    'メールアドレスまたはID。案件番号や名前で探すこともできます',
  ),
  erasureLook: pair('Look', '探す'),
  erasureFindMissing: pair('Say which customer.', 'お客様を指定してください。'),
  erasureNone: pair('Nothing is kept of “{customer}”.', '「{customer}」に該当するデータはありません。'),
  erasureWhich: pair('Which customer is it?', 'どのお客様ですか?'),
  erasureWould: pair('What would be erased', '消去される内容'),
  erasureOf: pair('All of {customer}', '{customer} のすべて'),
  'erasure.conversations': pair('Conversations', '会話'),
  'erasure.archived': pair('of them archived', 'うち保管済み'),
  'erasure.tickets': pair('Cases', '案件'),
  'erasure.messages': pair('Messages', 'メッセージ'),
  'erasure.files': pair('Files', 'ファイル'),
  erasureOpen: pair('open', '対応中'),
  erasureArchived: pair('archived', '保管済み'),
  erasureOpenToo: pair(
    'Open cases go too, while somebody may be at work on them.',
    '対応中の案件も消去されます。担当者が作業中の場合があります。',
  ),
  erasureNames: pair(
    'More than one name stands here. Make sure that they are one person.',
    '複数の名前が含まれています。同じ方かどうか確認してください。',
  ),
  erasureMore: pair('… and {count|more conversation|more conversations}', '…ほか{count}件の会話'),
  erasureLimits: pair(
    'It cannot be undone. Not reached: your backups, and what others wrote about this customer in conversations of their own.',
    '取り消しはできません。バックアップと、ほかの方の会話に書かれた内容には及びません。',
  ),
  erasureConfirm: pair('Type {customer} to confirm', '確認のため {customer} と入力してください'),
  erasureConfirmWrong: pair('This is not what stands above.', '上の表示と一致しません。'),
  erasureDo: pair('Erase for good', '完全に消去する'),
  erasureDoing: pair('Erasing …', '消去しています…'),
  erasureDoingOf: pair('Erasing: step {done} of {of}', '消去中: {done}/{of}'),
  erasureGoesOn: pair(
    'It goes on if you close this page; come back here to see how it ended.',
    'このページを閉じても処理は続きます。結果はここで確認できます。',
  ),
  erasureDone: pair('Erased', '消去しました'),
  erasureProof: pair(
    'The proof on the audit trail. It tells how much there was, not of whom.',
    '監査証跡に残る証明です。件数だけが記録され、どなたのデータかは残りません。',
  ),
  erasureReceipt: pair('Receipt', '証明番号'),
  erasureDigest: pair('Digest of all that was erased', '消去した内容のダイジェスト'),
  erasureEvents: pair('Entries', '記録'),
  erasureRow: pair('Row on the trail', '監査証跡の行'),
  erasureShowRow: pair('Show it on the trail', '監査証跡で表示'),
  erasureAnother: pair('Erase another', '別のお客様を消去'),
  erasureFailed: pair('It was not finished: {reason}', '完了できませんでした: {reason}'),
  erasureAgain: pair(
    'What was left over is found again when you look anew.',
    'もう一度探すと、残っているデータが見つかります。',
  ),
  'trouble.busy': pair(
    'The archive is being written just now. Try again in a minute.',
    '保管庫への書き込み中です。1分ほどしてからお試しください。',
  ),
  'trouble.not-allowed': pair('Your role does not allow this.', 'この操作の権限がありません。'),
} as const satisfies Readonly<Record<string, Bilingual>>;
