/**
 * Words that mean much the same at a help desk, in both languages. A word's concept is one more, lighter feature beside the
 * word itself, so that "reboot" finds "restart", and スマホ finds "smartphone", where the FAQ has only the other.
 */
import { hashText } from './hash.ts';
import { stem } from './stem.ts';
import type { Token } from './tokens.ts';

/** How much a concept counts beside its word, as a feature and as a term of BM25. */
export const CONCEPT_FEATURE = 0.8;
export const CONCEPT_TERM = 0.5;

/** One concept a line. English single words or pairs, by stem; Japanese as it stands anywhere in the text. */
const groups = `
log in, login, logon, log on, sign in, signin, sign on, ログイン, サインイン, ログオン, サインオン
log out, logout, sign out, signout, log off, ログアウト, サインアウト, ログオフ
password, passcode, passphrase, pwd, pw, パスワ, パスコード, 暗証番号
forget, forgot, forgotten, remember, recall, 忘れ, 思い出せ, 覚えてい
reset, reinstate, リセット, 再設定, 再発行, 初期化
change, modify, alter, edit, switch, amend, correct, 変更, 変え, 修正, 直し, 切り替え, 切替
update, upgrade, アップデート, アップグレード, 更新, 最新
delete, remove, erase, wipe, get rid, discard, 削除, 消し, 消す, 消去, 取り除, 破棄
uninstall, アンインストール
get, obtain, acquire, receive, 入手, 取得, もらい, もらう, 受け取
buy, purchase, order, 購入, 買い, 買う, 買え, 注文, 発注
price, cost, fee, charge, expense, rate, 料金, 費用, 値段, 価格, 代金, 手数料, いくら
pay, payment, paid, 支払, 払い, 払う, 決済
bill, invoice, receipt, statement, 請求, 領収, 明細
refund, reimburse, reimbursement, money back, 返金, 払い戻, 払戻
cancel, terminate, revoke, undo, unsubscribe, キャンセル, 取り消, 取消, 解約, 退会, 中止
stop, end, finish, quit, halt, 停止, 止め, やめ, 終了, 終わ
start, begin, launch, boot, 起動, 立ち上, 始め, 開始, スタート
restart, reboot, 再起動, 再始動
shutdown, shut down, turn off, power off, switch off, シャットダウン, 電源を切, 電源オフ
slow, sluggish, lag, laggy, delay, late, 遅, 重い, 重く, 激重, 重すぎ, もっさり, 時間がかか
fast, quick, speed, soon, urgent, immediate, asap, 速, 早, 急, すぐ, 至急
freeze, frozen, hang, hung, stuck, unresponsive, not respond, 固ま, フリーズ, 応答な, 応答し, ハング, 反応し, 反応が
crash, blue screen, bsod, 落ち, クラッシュ, ブルースクリーン, 強制終了
break, broke, broken, damage, defective, not work, malfunction, fail, 故障, 壊れ, こわれ, 使えな, 動かな, 動きま, 動作し, 効かな, 作動し
problem, issue, trouble, fault, error, エラー, 障害, 問題, 不具合, トラブル, 異常
fix, repair, solve, resolve, troubleshoot, 修理, 直す, 直し, 直ら, 解決, 修復, 対処
computer, pc, laptop, notebook, desktop, machine, パソコン, pc, コンピュータ, 端末, ノートpc, マシン
phone, smartphone, mobile, cell, cellphone, iphone, android, スマホ, スマートフォン, 携帯, iphone, アイフォン, アンドロイド
internet, network, online, ネット, インターネット, ネットワーク, オンライン, 回線
wifi, wireless, wlan, wifi, ワイファイ, 無線, 無線lan
connect, connection, disconnect, 接続, 繋, つなが, つなげ, つなぐ, 切断, 途切れ
vpn, vpn, ブイピーエヌ
mail, email, outlook, gmail, inbox, メール, mail, アウトルック
send, sent, deliver, submit, 送信, 送れ, 送る, 送り, 送っ, 発送
arrive, arrival, come, delivered, 届, 到着, 受信, 来な, 来て, 来ま
attach, attachment, 添付
print, printer, printout, 印刷, プリンタ, プリント, 印字
paper, jam, 紙, 用紙, 紙詰まり
ink, toner, cartridge, インク, トナー, カートリッジ
scan, scanner, スキャン, 読み取
copy, photocopy, duplicate, コピー, 複写, 複製
file, document, folder, directory, ファイル, 文書, 書類, フォルダ, ドキュメント, 資料
save, store, keep, 保存, 保管, セーブ
backup, back up, バックアップ, 控え
restore, recover, retrieve, recovery, 復元, 復旧, 復活, 取り戻, リストア, 元に戻
lost, lose, missing, misplace, disappear, vanish, gone, 紛失, なくし, 無くし, 失く, なくなっ, 消え, 見つから, 見当たら, 行方
steal, stole, stolen, theft, rob, 盗ま, 盗難
lock, block, suspend, disable, deactivate, ロック, ブロック, 凍結, 無効, 停止され
unlock, unblock, enable, activate, activation, ロック解除, 有効, アクティベート, 解除
open, 開け, 開か, 開き, 開く, オープン
close, shut, 閉じ, 閉め, クローズ
install, インストール, 導入, 入れたい, 入れる
setup, set up, configure, configuration, setting, 設定, セットアップ, 構成
register, registration, sign up, signup, enroll, join, 登録, 申し込, 申込, 入会, 加入
request, apply, application, 申請, 依頼, 手続
account, profile, アカウント, 口座, プロフィール
user, username, login name, userid, ユーザ, 利用者, ログイン名, ユーザ名
verify, verification, authenticate, authentication, confirm, identity, mfa, 2fa, otp, authenticator, two factor, 認証, 二段階, 多要素, 二要素, 2段階, 本人確認, ワンタイム
permission, access, privilege, authorize, allow, grant, 権限, アクセス, 許可, 承認
screen, display, monitor, 画面, ディスプレイ, モニタ
sound, audio, speaker, volume, hear, headphone, headset, 音が, 音声, スピーカ, 音量, 聞こえ, イヤホン, ヘッドセット
microphone, mic, mike, マイク
camera, webcam, カメラ, ウェブカメ
battery, charge, charger, power, バッテリ, 電池, 充電, 電源
keyboard, key, type, typing, キーボード, キー, 入力, タイピング
mouse, touchpad, trackpad, cursor, マウス, タッチパッド, カーソル
virus, malware, ransomware, infect, trojan, ウイルス, ウィルス, マルウェア, ランサム, 感染
phishing, scam, spam, junk, fraud, suspicious, 不審, 怪しい, あやしい, フィッシング, 詐欺, 迷惑
hack, compromise, breach, unauthorized, hijack, 乗っ取, 不正, 流出, 漏洩, 漏えい, ハッキング
contact, support, operator, agent, human, representative, helpdesk, 問い合わせ, 問合せ, サポート, 窓口, 担当, オペレータ, 人と話, ヘルプデスク
call, telephone, phone number, dial, 電話, 通話
hour, schedule, timetable, weekday, weekend, holiday, 営業時間, 受付時間, 何時まで, 何時から, 休日, 土日, 祝日
wait, pending, 待ち, 待って, 待つ, 保留
share, shared, 共有, シェア
move, migrate, migration, transfer, 移行, 引き継, 引継, 移動, 移し, 乗り換え, 振込, 送金
disk, storage, space, capacity, memory, full, 容量, ストレージ, 空き, メモリ, ディスク, いっぱい
remote, home, telework, outside, リモート, 在宅, テレワーク, 自宅, 社外, 外出
meeting, conference, webinar, 会議, ミーティング, 打ち合わせ
calendar, appointment, reservation, book, booking, reserve, 予定, カレンダ, 予約, 予約表
download, ダウンロード
upload, アップロード
browser, chrome, edge, firefox, safari, ブラウザ, クローム, エッジ, サファリ
site, website, webpage, page, homepage, サイト, ページ, ホームページ, ウェブ
app, software, program, tool, アプリ, ソフト, プログラム, ツール
license, subscription, contract, plan, ライセンス, サブスク, 契約, プラン
show, see, view, look, watch, list, 表示, 見る, 見たい, 見え, 見られ, 閲覧, 一覧, 映
check, inspect, track, monitor, 確認, 調べ, チェック, 照会, 追跡
find, search, locate, look for, 検索, 探し, 探す, 見つけ, さがし
add, insert, include, append, 追加, 加え, 足し
create, make, new, generate, produce, 作成, 作り, 作る, 作れ, 新規, 新しい, 新た, 発行
extra, additional, another, second, spare, more, 追加, 別の, もう一つ, 予備
can not, unable, impossible, 出来な, できな, 出来ま, できま, できず, 不可, 無理
why, reason, cause, なぜ, 何故, どうして, 理由, 原因, なんで
where, location, place, どこ, 場所, 何処
when, date, いつ, 日にち, 日付, 期日
how long, duration, period, どのくらい, どれくらい, 何日, 何分, 期間, 日数, 所要
address, 住所, アドレス, 宛先
name, 名前, 氏名, 名称, 表示名, 姓
number, code, pin, 番号, コード, 暗証
limit, maximum, minimum, restriction, 上限, 制限, 限度, 最大
country, abroad, foreign, overseas, international, travel, 海外, 外国, 国外, 国際, 出張
child, children, kid, son, daughter, 子ども, 子供, こども, 息子, 娘
supported, compatible, compatibility, 対応し, 互換, 使えます, 動作環境
expire, expiration, expiry, valid, 期限, 失効, 有効期間
reject, decline, deny, refuse, 拒否, 拒絶, 断ら, 弾かれ
machine, device, equipment, hardware, 機器, 機械, デバイス, 装置, 機種
company, office, work, business, 会社, 職場, 社内, 業務, オフィス
replace, exchange, swap, substitute, 交換, 取り替え, 取替, 入れ替え
explain, guide, manual, instruction, tutorial, 手順, 方法, やり方, 仕方, マニュアル, 手引, ガイド
language, translate, translation, 言語, 翻訳, 日本語, 英語
photo, picture, image, 写真, 画像
notify, notification, alert, reminder, 通知, お知らせ, アラート, リマインド
noise, loud, 異音, うるさい, 音がする, ノイズ
hot, heat, overheat, warm, 熱い, 熱く, 発熱, 高温
big, large, huge, 大きい, 大きな, 大きく, 拡大
small, tiny, little, 小さい, 小さな, 小さく, 縮小
`;

const CONCEPT = 5;
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

const ofWord = new Map<string, number[]>();
const ofJapanese = new Map<string, number[]>();
for (const line of groups.trim().split('\n')) {
  const members = line.split(', ');
  const concept = hashText(CONCEPT, members[0] as string);
  for (const member of members) {
    const isJapanese = japanese.test(member);
    const key = isJapanese ? member : member.split(' ').map(stem).join(' ');
    const into = isJapanese ? ofJapanese : ofWord;
    into.set(key, [...(into.get(key) ?? []), concept]);
  }
}

const longestFirst = [...ofJapanese.keys()].sort((a, b) => b.length - a.length);
const anyJapanese = new RegExp(longestFirst.join('|'), 'gu');

/** The concepts of a text, as hashes, each once. */
export function conceptsOf(words: readonly Token[], text: string): Set<number> {
  const found = new Set<number>();
  let before = '';
  for (const { stem: word, script } of words) {
    if (script === 'japanese') {
      before = '';
      continue;
    }
    for (const concept of ofWord.get(word) ?? []) found.add(concept);
    if (before !== '') for (const concept of ofWord.get(`${before} ${word}`) ?? []) found.add(concept);
    before = word;
  }
  if (japanese.test(text)) {
    for (const [member] of text.matchAll(anyJapanese)) {
      for (const concept of ofJapanese.get(member) ?? []) found.add(concept);
    }
  }
  return found;
}
