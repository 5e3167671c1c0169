import * as z from 'zod';
import { bilingual, eachOnce, id, says } from './values.ts';

const reply = (name: string, title: [ja: string, en: string], ja: string, en: string) => ({
  id: name,
  title: { ja: title[0], en: title[1] },
  text: { ja, en },
});

/** Sentences that agents send often. */
export const cannedReplies = says(
  'a list of up to 500 replies, each with id, title and text',
  z
    .array(z.strictObject({ id, title: bilingual(), text: bilingual(4_000) }))
    .max(500)
    .superRefine(eachOnce),
).prefault([
  reply(
    'greeting',
    ['最初のごあいさつ', 'Greeting'],
    'お待たせいたしました。状況を確認いたしますので、少々お待ちください。',
    'Thank you for waiting. I am looking into it now; please give me a moment.',
  ),
  reply(
    'more-details',
    ['詳しい状況を伺う', 'Ask for details'],
    '恐れ入りますが、表示されたメッセージと、その直前の操作を教えていただけますか。',
    'Could you tell me the exact message you saw, and what you did just before it appeared?',
  ),
  reply(
    'never-password',
    ['パスワードは送らないでください', 'Never send a password'],
    'パスワードや暗証番号は、こちらには送らないでください。担当者がお尋ねすることもありません。',
    'Please never send a password or PIN here. We will not ask you for one.',
  ),
  reply(
    'still-there',
    ['続けてよいか確認', 'Still there?'],
    'その後いかがでしょうか。引き続きお困りでしたら、お知らせください。',
    'How is it going? If it still does not work, just let me know.',
  ),
]);
