/** The audit trail's page, and what each deed on it is called. */
import type { Event } from '../../../conversation/event.ts';
import type { Bilingual } from '../../../conversation/language.ts';
import { pair } from './pair.ts';

/** What stands on the trail besides the events of conversations. */
type Other =
  | 'signed-in'
  | 'signed-out'
  | 'sign-in-failed'
  | 'sign-in-locked'
  | 'account-added'
  | 'account-removed'
  | 'password-set'
  | 'exported'
  | 'erased'
  | 'archived'
  | 'version-served'
  | 'audit-began'
  | 'feed-lost';

const deedTexts = {
  'deed.signed-in': pair('signed in', 'サインイン'),
  'deed.signed-out': pair('signed out', 'サインアウト'),
  'deed.sign-in-failed': pair('wrong password', 'サインイン失敗'),
  'deed.sign-in-locked': pair('locked after wrong passwords', 'サインインをロック'),
  'deed.account-added': pair('made an account', 'アカウントを作成'),
  'deed.account-removed': pair('removed an account', 'アカウントを削除'),
  'deed.password-set': pair('set a password', 'パスワードを設定'),
  'deed.exported': pair('took an export', 'データを書き出し'),
  'deed.erased': pair("erased a customer's data", 'お客様のデータを消去'),
  'deed.archived': pair('moved old conversations to the archive', '古い会話を保管庫へ移動'),
  'deed.version-served': pair('began to serve an edited file', '編集されたファイルを公開'),
  'deed.audit-began': pair('the trail begins here', '監査証跡の開始'),
  'deed.feed-lost': pair('what happened here is not known', 'この間の操作は不明'),
  'deed.opened': pair('conversation began', '会話の開始'),
  'deed.reached': pair('reached another way', '連絡経路の変更'),
  'deed.customer-known': pair('customer recognised', 'お客様情報の照合'),
  'deed.message': pair('wrote to the visitor', 'お客様に返信'),
  'deed.activity': pair('sign without words', '文字のない反応'),
  'deed.matched': pair('bot looked for an answer', 'ボットが回答を検索'),
  'deed.answered': pair('bot answered', 'ボットが回答'),
  'deed.feedback': pair('said whether it helped', '解決したかの回答'),
  'deed.collected': pair('details collected', '情報の収集'),
  'deed.memory': pair("bot's notes", 'ボットの控え'),
  'deed.felt': pair('tone noted', '口調の記録'),
  'deed.to-analyse': pair('log received', 'ログの受領'),
  'deed.analysed': pair('log looked at', 'ログの確認'),
  'deed.queued': pair('passed on to a person', '担当者への引き継ぎ待ち'),
  'deed.handoff-initiated': pair('hand-off noted', '引き継ぎの記録'),
  'deed.left-queue': pair('left the queue', '待機列から離脱'),
  'deed.prioritized': pair('changed the priority', '優先度を変更'),
  'deed.offered': pair('offered', '対応を依頼'),
  'deed.declined': pair('declined the offer', '依頼を辞退'),
  'deed.lapsed': pair('offer lapsed', '依頼の期限切れ'),
  'deed.claimed': pair('took the case', '担当を開始'),
  'deed.released': pair('put back in the queue', '待機列に戻す'),
  'deed.returned': pair('returned to the bot', 'ボットに戻す'),
  'deed.transferred': pair('handed on', '引き継ぎ'),
  'deed.consulted': pair('asked a colleague', '同僚に相談'),
  'deed.advised': pair('gave advice', '相談に回答'),
  'deed.reminded': pair('agent reminded', '返信の催促'),
  'deed.resolved': pair('closed the case', '案件を完了'),
  'deed.reopened': pair('reopened the case', '案件を再開'),
  'deed.noted': pair('wrote an internal note', '社内メモを追加'),
  'deed.clocked': pair('time limits set', '対応期限を設定'),
  'deed.sla-warned': pair('time limit near', '対応期限の予告'),
  'deed.sla-breached': pair('time limit missed', '対応期限の超過'),
  'deed.escalated': pair('passed on (escalated)', 'エスカレーション'),
  'deed.updated': pair('team outside reported', '外部チームからの報告'),
  'deed.edited': pair('edited the case', '案件を編集'),
  'deed.linked': pair('linked cases', '案件を関連付け'),
  'deed.closing-planned': pair('closing planned', '自動完了の予定'),
  'deed.closing-warned': pair('closing announced', '自動完了の予告'),
  'deed.closes-at': pair('told of the closing hour', '終業時刻の案内'),
  'deed.closed-over': pair('told that the desk has closed', '営業時間外の案内'),
  'deed.rated': pair('rated', '評価'),
  'deed.survey-left': pair('left the survey', 'アンケートの終了'),
  'deed.webhook-sent': pair("told a team's system", '外部システムへ通知'),
  'deed.webhook-failed': pair("a team's system was not reached", '外部システムへの通知に失敗'),
  'deed.webhook-retried': pair("told a team's system again", '外部システムへ再通知'),
  'deed.delivered': pair('delivered', '配信'),
  'deed.delivery-failed': pair('not delivered', '配信失敗'),
} as const satisfies Readonly<Record<`deed.${Event['type'] | Other}`, Bilingual>>;

export const trailTexts = {
  ...deedTexts,
  trail: pair('Audit trail …', '監査証跡…'),
  trailTitle: pair('Audit trail', '監査証跡'),
  trailHint: pair(
    'Who did what when, never what was said. Newest first.',
    '誰が、いつ、何をしたかの記録です。発言の内容は含みません。新しい順に表示します。',
  ),
  backToDesk: pair('Back to the desk', 'デスクに戻る'),
  trailWho: pair('Who', '操作した人'),
  trailWhoHint: pair('account name', 'アカウント名'),
  trailWhat: pair('What', '操作の種類'),
  trailAbout: pair('Case, account or receipt', '案件・アカウント・証明番号'),
  trailAboutHint: pair('T-000123', 'T-000123'),
  trailFrom: pair('From', '開始日'),
  trailTo: pair('To', '終了日'),
  trailClear: pair('Clear', '条件を消去'),
  'deeds.all': pair('Everything', 'すべて'),
  'deeds.signing': pair('Sign-ins', 'サインイン'),
  'deeds.accounts': pair('Accounts', 'アカウント'),
  'deeds.data': pair('Exports, archive, erasures', '書き出し・保管・消去'),
  'deeds.hands': pair('Cases changing hands', '担当の移動'),
  'deeds.words': pair('Replies and notes', '返信とメモ'),
  'deeds.ends': pair('Cases closed, reopened, edited', '案件の完了・再開・編集'),
  'deeds.limits': pair('Time limits', '対応期限'),
  'deeds.outside': pair('Teams outside', '外部チーム'),
  'deeds.files': pair('FAQ, dialogs, rules', 'FAQ・ダイアログ・設定'),
  'by.visitor': pair('Visitor', 'お客様'),
  'by.bot': pair('Bot', 'ボット'),
  'by.desk': pair('Desk', 'デスク'),
  'by.team': pair('Team outside', '外部チーム'),
  'by.unknown': pair('Unknown', '不明'),
  byCommand: pair('{name} (terminal)', '{name}(コマンド)'),
  trailRow: pair('Row {n}', '{n}行目'),
  trailDetails: pair('Details', '詳細'),
  trailNobody: pair('a name that nobody has', '存在しない名前'),
  trailNone: pair('Nothing on the trail fits these filters.', '条件に一致する記録はありません。'),
  trailLooking: pair('Looking further back …', 'さらに前の記録を調べています…'),
  trailEnd: pair('This is where the trail begins.', '監査証跡はここから始まっています。'),
  trailFailed: pair('The trail could not be read.', '監査証跡を読み込めませんでした。'),
  trailMore: pair('Show older', '以前の記録を表示'),
  trailExport: pair('Download', 'ダウンロード'),
  chainCheck: pair('Check the chain', '改ざんを検査'),
  chainHint: pair(
    'Each row carries the hash of the one before it. The check reads all of them.',
    '各行は直前の行のハッシュを含みます。検査ではすべての行を読み直します。',
  ),
  chainChecking: pair('Checking …', '検査しています…'),
  chainCheckingOf: pair('Checking: {done} of {of} rows', '検査中: {done}/{of}行'),
  chainHolds: pair(
    'The chain holds: {rows|row|rows}, all as written.',
    '改ざんはありません。全{rows}行が記録時のままです。',
  ),
  chainEmpty: pair('There is no row to check yet.', '検査する記録がまだありません。'),
  chainBroken: pair('The chain does not hold from row {row} on.', '{row}行目以降が記録時のままではありません。'),
  chainBefore: pair('Before it, {rows|row holds|rows hold}.', 'それより前の{rows}行は記録時のままです。'),
  chainHead: pair(
    'Note this elsewhere; a later check can be held against it:',
    '別の場所に控えておくと、次の検査で照合できます:',
  ),
  chainFailed: pair('The check could not be finished: {reason}', '検査を完了できませんでした: {reason}'),
  copy: pair('Copy', 'コピー'),
  copied: pair('Copied', 'コピーしました'),
  'chain.displaced': pair('Rows were removed, put in or moved here.', 'この位置で行の削除、挿入、移動がありました。'),
  'chain.unlinked': pair(
    'This row and the one before it do not belong together.',
    'この行と直前の行がつながっていません。',
  ),
  'chain.changed': pair('This row was changed.', 'この行が書き換えられています。'),
  'chain.rewritten': pair('The trail up to here was written anew.', 'ここまでの記録が書き直されています。'),
  'chain.unreadable': pair('This row is missing or cannot be read.', 'この行は失われているか、読み取れません。'),
  'chain.gone': pair('Rows at the end were cut off.', '末尾の行が失われています。'),
  'chain.surplus': pair(
    'There are more rows than the store knows of.',
    '保存先が把握している行数より多くの行があります。',
  ),
  workAway: pair(
    'No connection: it goes on, and is looked for again.',
    '接続が切れています。処理は続いており、再接続を試みています。',
  ),
  'trouble.no-work': pair(
    'Nothing is known of it: it was not begun, or the process that did it ended. Begin again; that is safe.',
    '処理が見つかりません。開始されなかったか、途中で終了しました。もう一度実行しても問題ありません。',
  ),
  'trouble.cut-short': pair(
    'The process that did it ended. Begin again; that is safe.',
    '処理が途中で終了しました。もう一度実行しても問題ありません。',
  ),
} as const satisfies Readonly<Record<string, Bilingual>>;
