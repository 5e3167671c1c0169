/** A small FAQ for the matcher's tests, in both languages. */
import type { Entry } from '../../../src/understanding/understanding.ts';

const entry = (id: string, en: readonly string[], ja: readonly string[], keywords: Entry['keywords'] = {}): Entry => ({
  id,
  topic: 'test',
  tags: [],
  questions: { en, ja },
  answer: { en: `About ${id}.`, ja: `${id} について。` },
  related: [],
  keywords,
});

export const faq: readonly Entry[] = [
  entry(
    'password-forgotten',
    [
      'I forgot my password',
      'How do I reset my password?',
      'My password does not work any more',
      'I need a new password',
    ],
    [
      'パスワードを忘れました',
      'パスワードを再設定したい',
      'パスワードが分からなくなった',
      '新しいパスワードを発行してほしい',
    ],
    { en: ['pwd'], ja: ['PW'] },
  ),
  entry(
    'vpn-connect',
    [
      'The VPN does not connect',
      'I cannot connect to the VPN from home',
      'VPN connection keeps dropping',
      'How do I use the VPN?',
    ],
    ['VPNに接続できません', '自宅からVPNにつながらない', 'VPNがすぐ切れる', 'VPNの使い方'],
  ),
  entry(
    'printer-jam',
    [
      'The printer is jammed',
      'Paper is stuck in the printer',
      'How do I remove jammed paper?',
      'The printer reports a paper jam',
    ],
    ['プリンターが紙詰まりした', '用紙がプリンターに詰まった', '紙詰まりの直し方', '印刷中に紙が詰まる'],
  ),
  entry(
    'mail-not-arriving',
    ['I do not receive any mail', 'Mail does not arrive', 'Messages to my mailbox are missing', 'My inbox stays empty'],
    ['メールが届かない', 'メールを受信できません', '受信トレイにメールが来ない', '送ってもらったメールが見当たらない'],
  ),
  entry(
    'screen-black',
    [
      'My screen stays black',
      'The monitor shows nothing',
      'The display is blank after starting',
      'No picture on the screen',
    ],
    ['画面が真っ暗です', 'モニターに何も映らない', '起動しても画面が表示されない', 'ディスプレイが黒いまま'],
  ),
  entry(
    'invoice-copy',
    [
      'Where do I find my invoice?',
      'I need a copy of my bill',
      'Please send me the invoice again',
      'Download an invoice',
    ],
    ['請求書はどこにありますか', '請求書をもう一度送ってほしい', '請求書の控えが欲しい', '請求書をダウンロードしたい'],
  ),
];
