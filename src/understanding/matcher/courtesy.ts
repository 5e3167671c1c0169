/**
 * Greetings, apologies, thanks and padding around a question. They say nothing about the subject, and in a short question
 * they would be most of it. Stripped from the ends, never from the middle, and only while a question remains.
 */

/** What must remain, in characters. */
const LEAST = 3;

const gap = '[\\s、。，．,.!！?？:：;；…〜~-]*';

const englishStarts = [
  'hi(?: there| all| team| everyone| guys)?',
  'hello(?: there| all| team| everyone)?',
  'hey(?: there| guys)?',
  'dear (?:sir(?: or madam)?|madam|team|support|all|customer service)',
  'good (?:morning|afternoon|evening|day)',
  'greetings',
  'howdy',
  'sorry(?: (?:to (?:bother|trouble|disturb) you|for (?:the )?(?:bother|trouble|inconvenience)))?(?: but)?',
  'excuse me(?: but)?',
  'pardon(?: me)?',
  'i (?:hope|trust) (?:you|this|all|everything)[^.!?\\n]{0,40}(?:well|fine|great|good)',
  '(?:i was|i am|just) wondering(?: if)?',
  '(?:quick|one|another|simple) question',
  'i have a (?:quick |simple )?question(?: for you)?',
  'my names? (?:is )?[\\p{L}.]+(?: [\\p{L}.]+)?(?: (?:from|of|in|at) (?:the )?[\\p{L}& ]{2,30}?)?(?=\\s*[,.!;:\\n])',
  'this is [\\p{L}.]+(?: [\\p{L}.]+)?(?: (?:here|calling|writing))?(?: here| (?:from|of) (?:the )?[\\p{L}& ]{2,30}?)(?=\\s*[,.!;:\\n])',
  // Alone it is a plea.
  '(?:please |pls )?(?:just )?(?:fix|solve|sort) (?:it|this|that)(?: out)?(?: for me)?(?: (?:right )?now)?(?=\\s*[.!]*\\s*$)',
  '(?:please|pls|plz|kindly)',
  'thanks in advance',
  '(?:could|can|would|will) (?:you|someone|anyone|somebody)(?: please| kindly)?(?: be able to)? (?:help me(?: with| to| out)?|tell me|explain(?: to me)?|advise(?: me)?(?: on)?|let me know|show me|assist me(?: with)?|guide me(?: on| through)?)',
  'please (?:help me(?: with| to)?|tell me|explain(?: to me)?|advise(?: me)?(?: on)?|let me know|show me)',
  '(?:i would|i will) (?:like|love) to (?:know|ask|find out|understand)(?: about)?',
  'i (?:want|need|wanted) to (?:know|ask|find out)(?: about)?',
  '(?:do|does) (?:you|anyone|anybody|someone) know',
  'may i (?:know|ask)(?: you)?(?: about)?',
  '(?:please |pls |plz )?help(?: me| us)?(?: please)?(?=\\s*(?:[!.?,]|$))',
  'well',
  'so',
  'ok(?:ay)?',
  'umm?',
  'uhm?',
  'omg|argh+',
];

const englishEnds = [
  'thank you(?: (?:so|very) much)?(?: in advance| for (?:your|the) (?:help|time|support|assistance))?',
  '(?:many )?thanks(?: (?:a lot|so much|a million|again|in advance))?(?: for (?:your|the) (?:help|time|support))?',
  'thx',
  'ty',
  'cheers',
  'tia',
  '(?:please|pls|plz|kindly)(?: (?:help(?: me)?|advise|assist|let me know|respond|reply))?(?: asap| urgently)?',
  '(?:best|kind|warm)?\\s*regards',
  'sincerely(?: yours)?',
  '(?:any|your) help (?:is|would be) (?:much |greatly |very )?appreciated',
  '(?:i )?(?:appreciate|would appreciate) (?:it|your help|any help)',
  '(?:i )?look(?:ing)? forward to (?:your|hearing)[^.!?\\n]{0,30}',
  'have a (?:nice|good|great) (?:day|one|evening|weekend)',
  'if (?:you (?:do not|dont) mind|possible)',
  'asap',
  // A plea, not a wish for repair: only behind a stop, as in "it keeps freezing, fix it".
  '(?<=[,.!?;] {0,2})(?:so )?(?:please |pls )?(?:just )?(?:fix|solve|sort) (?:it|this|that)(?: out)?(?: for me)?(?: now)?',
  'omg|wtf|argh+',
];

const japaneseStarts = [
  'いつも(?:大変)?お世話になって(?:おり|い)ます',
  'お世話になって(?:おり|い)ます',
  'お世話になります',
  'お(?:忙し|いそがし)いところ(?:を)?(?:大変)?(?:恐れ入り|おそれいり|すみ|申し訳(?:ござい|あり)|もうしわけ(?:ござい|あり))ま(?:す|せん)(?:が)?',
  '(?:大変|誠に)?(?:恐れ入り|おそれいり|恐縮)(?:ます|です)(?:が)?',
  '(?:大変|誠に)?(?:申し訳|もうしわけ)(?:ござい|あり)ません(?:が)?',
  'お(?:手数|てすう)(?:を)?(?:お)?(?:かけ|掛け)(?:いた)?します(?:が)?',
  '(?:突然|急に)(?:の(?:ご)?(?:連絡|質問))?(?:で)?(?:すみません|失礼(?:いた)?します)(?:が)?',
  '(?:どうも)?(?:すみません|すいません|すみませーん)(?:が|けど)?',
  'ごめん(?:なさい|ください)?(?:ね)?',
  '失礼(?:いた|致)?します',
  'こんにち[はわ]',
  'こんばん[はわ]',
  'おはよう(?:ございます)?',
  'はじめまして|初めまして',
  'お疲れ(?:様|さま)(?:です|でございます)?',
  '(?:ちょっと|少し|一つ|ひとつ)?(?:お)?(?:聞き|伺い|うかがい|尋ね|訊き|質問し)たい(?:こと|点)?が?(?:(?:ある|あり|ござい)(?:ます|の)?(?:ん)?)?(?:の)?(?:です)?(?:が|けど)?',
  '(?:質問|教えて(?:いただき|ほしい)(?:たい)?こと)(?:が(?:あり|ござい)ます)?(?:です)?(?:が|けど)?(?=[、。\\s])',
  '(?:えっと|あの[ー〜うぅ]?|ええと|えーと|あのですね)(?=[、,\\s])',
  'よろしくお願い(?:いた|致)?します',
  '(?:ご担当者|担当者|ご担当)(?:様|さま)',
  // Who is writing: "営業部の山田です。"
  '[\\p{L}\\p{N}・]{0,20}(?:部|課|室|係|店|支社|本社|会社|工場|グループ|チーム)の[\\p{Script=Han}\\p{Script=Katakana}ー]{1,8}(?:です|と(?:申し|もうし)ます)(?=[。、!！\\s]|$)',
  '[\\p{Script=Han}\\p{Script=Katakana}ー]{1,8}と(?:申し|もうし)ます(?=[。、!！\\s]|$)',
];

const japaneseEnds = [
  '(?:何卒|なにとぞ|どうぞ|どうか)?(?:よろしく|宜しく)(?:お願い|おねがい|お願)?(?:(?:いた|致)?します|(?:申し|もうし)(?:上げ|あげ)ます|です)?',
  '(?:何卒)?(?:お願い|おねがい)(?:いた|致)?します',
  '(?:お願い|おねがい)(?:申し|もうし)(?:上げ|あげ)ます',
  '(?:どうも)?(?:ありがとう|有難う|有り難う)(?:ございま(?:す|した))?',
  '(?:ご教示|ご教授|ご回答|ご返信|ご連絡|ご確認|ご対応|ご案内|お返事|お知らせ|ご助言)(?:を)?(?:の(?:ほど|程))?(?:いただけ|頂け|ください|下さい|お願い|くださ)[^。！？!?\\n]{0,15}',
  '(?:を|について|か|の?(?:か|方法)を)?(?:教えて|おしえて)(?:いただけ|頂け|もらえ|くれ)(?:ます|ません|ない)(?:でしょう)?か',
  '(?:を|について|か)?(?:教えて|おしえて)(?:ください|下さい|ほしい(?:です)?|欲しい(?:です)?|くれ|いただきたい(?:です)?|頂きたい(?:です)?)(?:ませ)?',
  '(?:を|について|か)?(?:教えて|おしえて)',
  '(?:を|について|か)?知りたい(?:の)?(?:です)?(?:が|けど)?',
  '(?:困|こま)って(?:い|お)?り?ます',
  '(?:助け|たすけ)て(?:ください|下さい)?',
  '(?:至急|急ぎ)(?:です|で)?',
  '(?:と(?:の)?こと)?(?:なん|なの|の|ん)?(?:です|だ)(?:が|けど|けれど)',
  '(?:なんとか|何とか|どうにか)して(?:ください|下さい|ほしい(?:です)?|欲しい(?:です)?|くれ)?',
  '(?<=[、。！!,.])(?:早く|はやく|すぐに?)?(?:直|なお)して(?:ください|下さい|ほしい(?:です)?|欲しい(?:です)?|くれ)?',
  '失礼(?:いた|致)?し(?:ます|ました)',
  '以上(?:です)?',
];

const from = (patterns: readonly string[], edge: 'start' | 'end', wordEdge: string) => {
  const any = `(?:${patterns.join('|')})`;
  return edge === 'start'
    ? new RegExp(`^${gap}${any}${wordEdge}${gap}`, 'u')
    : new RegExp(`${gap}${wordEdge}${any}${gap}$`, 'u');
};

const strippers = [
  from(englishStarts, 'start', '\\b'),
  from(japaneseStarts, 'start', ''),
  from(englishEnds, 'end', '\\b'),
  from(japaneseEnds, 'end', ''),
];

const length = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').length;

/** Whether a normalised text is nothing but courtesy. */
export function isCourtesy(text: string): boolean {
  let rest = text;
  for (let changed = true; changed && length(rest) > 0; ) {
    const before = rest;
    for (const stripper of strippers) rest = rest.replace(stripper, '');
    changed = rest !== before;
  }
  return length(rest) === 0;
}

/** The normalised text without its courtesies; the text itself where fewer than three letters would remain. */
export function withoutCourtesy(text: string): string {
  let question = text;
  for (let changed = true; changed; ) {
    changed = false;
    for (const stripper of strippers) {
      const shorter = question.replace(stripper, '');
      if (shorter !== question && length(shorter) >= LEAST) {
        question = shorter;
        changed = true;
      }
    }
  }
  return question;
}
