/** All the chat says by itself, Japanese and English side by side. `{name}` is filled in. */
const texts = {
  launcher: { ja: 'サポートに相談', en: 'Get help' },
  open: { ja: 'サポートチャットを開く', en: 'Open the support chat' },
  openUnread: {
    ja: 'サポートチャットを開く（未読{count}件）',
    en: 'Open the support chat, unread messages: {count}',
  },
  close: { ja: 'チャットを閉じる', en: 'Close the chat' },
  panel: { ja: 'サポートチャット', en: 'Support chat' },
  log: { ja: '会話', en: 'Conversation' },

  assistant: { ja: 'サポートアシスタント', en: 'Support assistant' },
  assistantLine: { ja: '自動応答・人にも代われます', en: 'Automatic · ask for a person' },
  outsideTitle: { ja: '専門部署が対応中です', en: 'With our specialists' },
  outsideLine: { ja: '結果はこちらでお知らせします', en: 'You will hear from them here' },
  queuedTitle: { ja: 'オペレーターにおつなぎ中です', en: 'Finding a person for you' },
  queuedLine: { ja: '閉じても順番はそのままです', en: 'Your place in line is kept' },
  agentLine: { ja: '担当者が対応しています', en: 'A person is with you' },
  agentUnnamed: { ja: '担当者', en: 'A support agent' },
  closedTitle: { ja: '対応を終了しました', en: 'This case is closed' },
  closedLine: { ja: '続けて書くと、新しいご相談になります', en: 'Write again to ask something else' },

  // A place, not a promise: perhaps nobody is there yet.
  queueFirst: { ja: '順番の先頭です', en: 'You are first in line' },
  queuePosition: { ja: '{position}番目にお待ちです', en: 'You are number {position} in line' },
  queueUnknown: { ja: '順番にご案内します', en: 'You are in line' },
  queueEstimate: { ja: '目安: 約{minutes}分', en: 'About {minutes} min' },
  queueSoon: { ja: 'まもなくです', en: 'Any moment now' },
  queuePassedOn: {
    ja: 'ここに書いた内容は、そのまま担当者に引き継がれます。',
    en: 'What you write here is passed on to the person who takes over.',
  },
  ticket: { ja: '受付番号 {ticket}', en: 'Ticket {ticket}' },

  menu: { ja: 'メニュー', en: 'Menu' },
  person: { ja: 'オペレーターと話す', en: 'Talk to a person' },
  personPhrase: { ja: 'オペレーターと話したい', en: 'Talk to a person' },
  stopWaiting: { ja: '待つのをやめる', en: 'Stop waiting' },
  personHere: { ja: '担当者と会話中です', en: 'You are with a person' },
  save: { ja: '会話を保存する', en: 'Save this conversation' },
  saveFile: { ja: 'サポートの会話', en: 'support-conversation' },

  welcomeTitle: { ja: 'お困りのことを教えてください', en: 'Tell us what is wrong' },
  welcome: {
    ja: 'ひとことでも、長くても大丈夫です。画面の写真やログも送れます。',
    en: 'A few words or the whole story. Screenshots and logs are welcome too.',
  },
  loading: { ja: '会話を読み込んでいます…', en: 'Loading the conversation…' },

  compose: { ja: 'メッセージ', en: 'Message' },
  placeholder: { ja: 'メッセージを入力', en: 'Write a message' },
  send: { ja: '送信', en: 'Send' },
  hint: { ja: 'Shift+Enter で改行', en: 'Shift+Enter for a new line' },
  attach: { ja: 'ファイルを添付', en: 'Attach a file' },
  drop: { ja: 'ここに置くと添付します', en: 'Drop to attach' },
  detach: { ja: '{name} の添付をやめる', en: 'Remove {name}' },
  chosen: { ja: '添付するファイル', en: 'Files to send' },

  perhaps: { ja: 'もしかして', en: 'Do you mean' },
  perhapsCount: {
    ja: '質問の候補が{count}件あります。上下の矢印キーで選べます。',
    en: 'Suggested questions: {count}. Use the up and down arrow keys to choose.',
  },

  you: { ja: 'あなた', en: 'You' },
  suggestions: { ja: '返信の候補', en: 'Suggested replies' },
  sending: { ja: '送信中…', en: 'Sending…' },
  sent: { ja: '送信済み', en: 'Sent' },
  kept: { ja: '未送信：接続が戻ると送られます', en: 'Not sent yet: goes out when you are back online' },
  keptForNew: { ja: '未送信：新しい会話で送られます', en: 'Not sent yet: goes out in a new conversation' },
  retrying: { ja: '未送信：自動でもう一度試します', en: 'Not sent yet: trying again by itself' },
  refused: { ja: '送信できませんでした', en: 'Not sent' },
  retry: { ja: '今すぐ送る', en: 'Try now' },
  discard: { ja: '取り消す', en: 'Remove' },
  fileLost: {
    ja: 'ファイルがこのブラウザーに残っていません。もう一度添付してください。',
    en: 'The file is no longer in this browser. Please attach it again.',
  },
  tooLarge: {
    ja: 'ファイルが大きすぎます。一度に送れるのは合計20 MBまでです。',
    en: 'Too large. One message takes 20 MB of files in all.',
  },
  tooLong: {
    ja: '長すぎます。一度に送れるのは5万文字までです。続きはテキストファイルにして添付してください。',
    en: 'Too long. One message takes 50,000 characters. Attach what is longer as a text file.',
  },
  unnamedFile: { ja: 'ファイル', en: 'File' },
  picture: { ja: '画像：{name}', en: 'Picture: {name}' },

  typing: { ja: '{name} が入力中', en: '{name} is typing' },
  toNewest: { ja: '続きを見る', en: 'More below' },
  newTab: { ja: '（新しいタブで開きます）', en: '(opens in a new tab)' },

  online: { ja: '接続しています', en: 'Connected' },
  connecting: { ja: '接続しています…', en: 'Connecting…' },
  reconnecting: {
    ja: '再接続しています。書いた内容はここに残り、つながり次第送られます。',
    en: 'Reconnecting. What you write is kept here and sent once we are back.',
  },
  offline: {
    ja: 'オフラインです。書いた内容はこのブラウザーに残り、つながり次第送られます。',
    en: 'Offline. What you write is kept in this browser and sent once the connection is back.',
  },
  ended: {
    ja: '以前の会話は開けなくなりました。未送信の内容は残っているので、新しい会話で送ります。',
    en: 'The earlier conversation can no longer be opened. Unsent text is kept and goes out in a new one.',
  },
  restart: { ja: '新しい会話を始める', en: 'Start a new conversation' },
} as const;

export type Locale = 'ja' | 'en';
export type TextKey = keyof typeof texts;
export type Say = (key: TextKey, facts?: Readonly<Record<string, string | number>>) => string;

/** The chat's voice in one language. A fact the text does not name is ignored; a name without a fact stays as written. */
export function speaker(locale: Locale): Say {
  return (key, facts = {}) =>
    texts[key][locale].replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

/** The first of `wishes` (BCP 47 tags) that is Japanese or English; else English. */
export function chooseLocale(wishes: readonly (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const language = wish?.trim().toLowerCase().split(/[-_]/)[0];
    if (language === 'ja' || language === 'en') return language;
  }
  return 'en';
}
