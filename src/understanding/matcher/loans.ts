/**
 * English words in the middle of Japanese: "メールがsendできない". Each becomes the Japanese word where the FAQ does not have it
 * in English; product names and what a FAQ itself writes in English stay.
 */

const table = `
send 送信|receive 受信|reply 返信|forward 転送|attach 添付|print 印刷|scan スキャン|connect 接続|disconnect 切断|reset リセット|save 保存|delete 削除|update 更新|change 変更|search 検索
start 起動|boot 起動|restart 再起動|reboot 再起動|shutdown シャットダウン|login ログイン|logout ログアウト|signin サインイン|install インストール|uninstall アンインストール|download ダウンロード|upload アップロード
lock ロック|unlock ロック解除|freeze フリーズ|crash クラッシュ|open 開く|close 閉じる|copy コピー|share 共有|restore 復元|recover 復元|backup バックアップ|setup セットアップ|register 登録|access アクセス
account アカウント|password パスワード|mail メール|printer プリンタ|screen 画面|display ディスプレイ|monitor モニタ|keyboard キーボード|mouse マウス|camera カメラ|microphone マイク|speaker スピーカ|sound 音
file ファイル|folder フォルダ|network ネットワーク|internet インターネット|error エラー|battery バッテリ|disk ディスク|memory メモリ|driver ドライバ|license ライセンス|support サポート|repair 修理|warranty 保証|virus ウイルス`;

const japaneseOf = new Map(
  table
    .trim()
    .split(/[|\n]/)
    .map((pair) => pair.split(' ') as [string, string]),
);

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
/** Words by themselves: no part of an address, a file's name or an error's code. */
const words = /(?<![a-z0-9.@/_-])[a-z]{4,12}(?![a-z0-9.@/_-])/gu;

/** A normalised text that holds Japanese, with English words that the FAQ does not know turned into Japanese ones. */
export function withLoans(text: string, knows: (word: string) => boolean): string {
  if (!japanese.test(text)) return text;
  return text.replace(words, (word) => (knows(word) ? word : (japaneseOf.get(word) ?? word)));
}
