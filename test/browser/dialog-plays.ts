/** What visitors say and press in the browser's plays of the shipped dialogs, and what they hear. In brackets: a button. */

type Line = readonly [said: string, heard: string];

interface Whole {
  readonly id: string;
  readonly question: string;
  readonly title: string;
  readonly first: string;
  readonly lines: readonly Line[];
}

const en = {
  solved: {
    question: "my computer won't start",
    title: 'When a computer does not start',
    first: 'which of these do you notice?',
    lines: [
      ['[None of these]', 'Is it a laptop or a desktop'],
      ['its a laptop', 'How far does it get?'],
      ['the screen stays black', 'Is it a Windows computer or a Mac?'],
      ['[Windows]', 'Is there a picture now?'],
      ['ok done', 'And what came of it?'],
      ['[No]', 'Does it start now?'],
    ],
  },
  failed: {
    question: 'my laptop does not start',
    title: 'When a computer does not start',
    first: 'which of these do you notice?',
    lines: [
      ['[None of these]', 'How far does it get?'],
      ['[No light, no sound]', 'straight into a wall socket'],
      ['no', 'Take off everything else'],
      ['still nothing', 'leftover charge'],
      ['I already tried that', 'charging for 30 minutes'],
      ["it doesn't work", 'Which maker and model'],
      ['Dell Latitude 5440', 'Did anything happen just before?'],
      ['[A power cut or storm]', 'exist nowhere else'],
      ['[Yes]', 'ticket number'],
    ],
    collected: ['Dell Latitude 5440', 'A power cut or storm', 'Laptop or tablet PC', 'No light, no sound'],
  },
  printer: {
    question: "my printer doesn't print",
    title: 'When the printer does not print',
    first: 'What does it show?',
    warning: 'a light is blinkin',
    panel: 'What is the warning about?',
    between: 'How do I reset my password?',
    correction: 'actually it shows no light at all',
    corrected: 'I have changed',
    light: 'No light at all',
    next: 'Push the power cable in firmly',
    cancel: 'cancel',
  },
  internet: {
    question: 'I have no internet connection',
    title: 'When there is no internet',
    first: 'Where is the device',
    before: [
      ['at home', 'another device'],
      ['my phone works', 'Wi-Fi or a network cable'],
      ['wifi', 'What kind of device is it?'],
    ],
    asked: 'What kind of device is it?',
    button: 'Windows',
    second: 'airplane mode',
    third: 'Switch Wi-Fi off',
    fourth: 'restart the device',
  },
  environment: {
    person: 'I want to talk to a person',
    first: 'Outlook freezes on my Windows 11 laptop since yesterday',
    noted: 'Mail or calendar',
    lines: [
      ['wired in the office', 'What happened?'],
      ["[Yes, that's right]", 'Did anything change'],
      ['[An update]', 'If an error is shown'],
      ['[No error is shown]', 'What have you tried'],
      ['restarted twice', 'Is it only you'],
      ['the whole team', 'how many people'],
      ['about 20 people', 'hold up your work'],
      ['[I cannot work]', 'screenshot'],
    ],
    collected: [
      'Mail or calendar',
      'Windows 11',
      'since yesterday',
      'Office, by cable',
      'about 20 people',
      'screen.png',
    ],
  },
  others: [
    {
      id: 'password-reset-check',
      question: 'I forgot my password',
      title: 'Getting back into an account',
      first: 'What do you want to sign in to?',
      lines: [
        ['gmail', 'How far did you get'],
        ['not yet', 'accounts.google.com'],
        ['[No]', 'can you still use?'],
        ['[Mail and phone]', 'account name or mail address'],
        ['ken@example.com', 'word for word'],
        ['no', 'When did signing in last work?'],
        ['[Within a week]', 'Is that right?'],
        ["[Yes, that's right]", 'ticket number'],
      ],
    },
    {
      id: 'printer-not-printing',
      question: "my printer doesn't print",
      title: 'When the printer does not print',
      first: 'What does it show?',
      lines: [
        ['a light is blinking', 'What is the warning about?'],
        ['[Paper jam]', 'Does it print now?'],
        ['[Yes]', 'Good to hear'],
      ],
    },
    {
      id: 'repair-request',
      question: 'I need a repair',
      title: 'Repair request',
      first: 'Which device is it?',
      lines: [
        ['my laptop', 'closest to the fault'],
        ['the screen is cracked', 'What exactly is wrong'],
        ['Cracked in the lower corner since I dropped it on Monday', 'Which maker and model'],
        ['Lenovo ThinkPad X1', 'serial number'],
        ['???', 'A serial number has 4 to 40'],
        ['PF2ABC12', 'warranty'],
        ["I don't know", 'backup'],
        ['[I have one]', 'Where is the device?'],
        ['Head office, 3rd floor', 'Which day'],
        ['yesterday', 'Please name today or a later day'],
        ['tomorrow', 'time of day'],
        ['[Any time]', 'How can we reach you'],
        ['03-1234-5678', 'photo'],
        ['no', 'Is that right?'],
        ['yes', 'ticket number'],
      ],
    },
    {
      id: 'collect-logs',
      question: 'How do I collect logs?',
      title: 'Collecting logs',
      first: 'What are they about?',
      lines: [
        ['a website', 'In which browser'],
        ['chrome', 'what goes wrong'],
        ['The order page shows an error 500', 'When did it last happen?'],
        ['[Just now]', 'Did that work?'],
        ['[Yes]', 'attach the files'],
        ['no', 'ticket number'],
        ['[No ticket yet]', 'Is that right?'],
        ["[Yes, that's right]", 'ticket number'],
      ],
    },
  ],
} satisfies Plays;

const ja = {
  solved: {
    question: 'パソコンが起動しない',
    title: 'パソコンが起動しないとき',
    first: 'まず安全の確認です',
    lines: [
      ['[どれもない]', 'ノートパソコンですか、デスクトップですか'],
      ['ノートです', 'どこまで進みますか'],
      ['電源は入るけど画面が真っ暗', 'WindowsパソコンですかMacですか'],
      ['[Windows]', '画面は映りましたか'],
      ['やりました', '結果はいかがでしたか'],
      ['[いいえ]', '起動しましたか'],
    ],
  },
  failed: {
    question: 'ノートパソコンが起動しない',
    title: 'パソコンが起動しないとき',
    first: 'まず安全の確認です',
    lines: [
      ['特にないです', 'どこまで進みますか'],
      ['[ランプも音もない]', '充電器を直接'],
      ['だめでした', 'すべて外します'],
      ['変わりません', '内部に残った電気'],
      ['もう何回もやりました', '30分充電'],
      ['やっぱり無理です', 'メーカーと機種名'],
      ['Dell Latitude 5440', '直前に何かありましたか'],
      ['[停電や落雷]', 'このパソコンにしかない'],
      ['[はい]', '受付番号'],
    ],
    collected: ['Dell Latitude 5440', '停電や落雷', 'ノート・タブレット型', 'ランプも音もない'],
  },
  printer: {
    question: '印刷できない',
    title: '印刷できないとき',
    first: 'どのような状態ですか',
    warning: 'ランプが点滅してます',
    panel: 'どのような警告ですか',
    between: 'パスワードを再設定するにはどうすればいいですか？',
    correction: 'やっぱり何も点いていないです',
    corrected: 'に直しました',
    light: '何も点いていない',
    next: '電源ケーブルをプリンター側',
    cancel: 'やめます',
  },
  internet: {
    question: 'インターネットにつながらない',
    title: 'インターネットが使えないとき',
    first: '今どこにありますか',
    before: [
      ['家です', '別の機器'],
      ['スマホは大丈夫', 'Wi-Fi（無線）ですか'],
      ['無線', 'その機器はどれですか'],
    ],
    asked: 'その機器はどれですか',
    button: 'Windows',
    second: '機内モード',
    third: 'Wi-Fiをオフ',
    fourth: '再起動してください',
  },
  environment: {
    person: 'オペレーターと話したい',
    first: 'Windows 11のノートPCで昨日からOutlookが固まります',
    noted: 'メール・予定表',
    lines: [
      ['社内の有線です', '何が起きましたか'],
      ['[はい、合っています]', '何か変わったことはありましたか'],
      ['[更新があった]', 'エラーが表示されている場合'],
      ['[エラーは表示されていない]', 'これまでに試したこと'],
      ['２回再起動しました', '同じ症状の方は'],
      ['部署全員です', '何人くらい'],
      ['二十人くらい', 'お仕事への影響'],
      ['仕事になりません！', '画面の写真やログ'],
    ],
    collected: ['メール・予定表', 'Windows 11', '昨日から', '社内・有線', '二十人くらい', 'screen.png'],
  },
  others: [
    {
      id: 'password-reset-check',
      question: 'パスワードを忘れました',
      title: 'サインインできないときの確認',
      first: '何にサインインしたいですか',
      lines: [
        ['グーグルです', 'どこまで進みましたか'],
        ['まだです', 'accounts.google.com'],
        ['[いいえ]', '今も使えるものはどれですか'],
        ['[メールと電話の両方]', 'アカウント名かメールアドレス'],
        ['ken@example.com', '画面に出ている文言'],
        ['なし', '最後にサインインできたのは'],
        ['[1週間以内]', 'こちらでよろしいですか'],
        ['[はい、合っています]', '受付番号'],
      ],
    },
    {
      id: 'printer-not-printing',
      question: '印刷できない',
      title: '印刷できないとき',
      first: 'どのような状態ですか',
      lines: [
        ['警告が出ている', 'どのような警告ですか'],
        ['[紙づまり]', '印刷できましたか'],
        ['[はい]', '解決してよかったです'],
      ],
    },
    {
      id: 'repair-request',
      question: '修理をお願いしたい',
      title: '修理のご依頼',
      first: 'どの機器ですか',
      lines: [
        ['ノートパソコンです', '故障の様子は'],
        ['画面にひびが入りました', 'どのような症状ですか'],
        ['月曜日に机から落として、右下が割れました', 'メーカーと機種名'],
        ['富士通 LIFEBOOK', 'シリアル番号'],
        ['？？', '4～40文字の英数字'],
        ['R1234567', '保証期間'],
        ['分かりません', 'バックアップ'],
        ['[取ってある]', '機器はどこにありますか'],
        ['本社3階', 'ご希望の日'],
        ['昨日', '今日以降の日'],
        ['明日', '時間帯'],
        ['[いつでもよい]', 'ご連絡先'],
        ['０３－１２３４－５６７８', '写真'],
        ['ない', 'こちらでよろしいですか'],
        ['はい', '受付番号'],
      ],
    },
    {
      id: 'collect-logs',
      question: 'ログの取り方を教えてください',
      title: 'ログの収集',
      first: '何についてのログですか',
      lines: [
        ['Webサイトです', 'どのブラウザー'],
        ['クローム', 'どうなりますか'],
        ['注文画面でエラー500が出ます', '最後に起きたのは'],
        ['[たった今]', '保存できましたか'],
        ['保存できました', 'ファイルを添付'],
        ['ない', '受付番号を教えて'],
        ['[受付番号はない]', 'こちらでよろしいですか'],
        ['[はい、合っています]', '受付番号は'],
      ],
    },
  ],
} satisfies Plays;

interface Plays {
  readonly solved: Omit<Whole, 'id'>;
  readonly failed: Omit<Whole, 'id'> & { readonly collected: readonly string[] };
  readonly printer: Readonly<Record<PrinterLines, string>>;
  readonly internet: Readonly<
    Record<'question' | 'title' | 'first' | 'asked' | 'button' | 'second' | 'third' | 'fourth', string>
  > & { readonly before: readonly Line[] };
  readonly environment: Readonly<Record<'person' | 'first' | 'noted', string>> & {
    readonly lines: readonly Line[];
    readonly collected: readonly string[];
  };
  readonly others: readonly Whole[];
}
type PrinterLines =
  | 'question'
  | 'title'
  | 'first'
  | 'warning'
  | 'panel'
  | 'between'
  | 'correction'
  | 'corrected'
  | 'light'
  | 'next'
  | 'cancel';

export const plays: Readonly<Record<'ja' | 'en', Plays>> = { ja, en };
