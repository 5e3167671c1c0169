/**
 * The few things a visitor may always say, whatever the talk is about. Short fixed phrasings, so patterns serve better than a model:
 * they are exact, and an admin's FAQ cannot shadow them.
 */
import type { Language } from '../conversation/language.ts';

const failed = {
  en: [
    /^\W*(sorry\W+)?(it|that|this)\W+(still\W+)?(didn'?t|did not|doesn'?t|does not|hasn'?t)\W+(help|work|solve|fix|change)\w*\b.{0,30}$/i,
    /^\W*(still|same|nothing)\W+(not|no|doesn'?t|the same|broken|problem|changed|worked|helped)\b.{0,30}$/i,
  ],
  ja: [
    /^[\s。、]*(だめ(です|でした)?|ダメ(です|でした)?|駄目(です|でした)?|解決(しません|しない|していません|してない|しなかった)|まだ(直|解決|だめ|ダメ|でき)|直りません|直らない|なおらない|できません(でした)?$|できない$|変わりません|変わらない|役に?立(たな|ちません))[^?？]{0,30}$/u,
  ],
};

const patterns = {
  /** What was tried has not helped. */
  failed,
  person: {
    en: [
      /\b(talk|speak|chat|connect|transfer|get|put|hand)\b.{0,30}\b(human|person|agent|operator|representative|someone|somebody|staff|people|support team)\b/i,
      /\b(want|need|like|give)\b.{0,20}\b(a |an |the )?(human|real person|live agent|operator|representative|person to help)\b/i,
      /^\W*(a )?(human|real person|person|agent|live agent|live chat|operator|representative)( please)?\W*$/i,
      /\b(want|like|wish|need|have|going) to (complain|(make|file|lodge) a complaint)\b/i,
    ],
    ja: [
      /(オペレーター?|担当の?者?|担当の方|人間|有人|スタッフ|係の(人|方|者)|サポートの(人|方)|\b(human|operator|agent)).{0,6}(話|はな|繋|つな|代わ|替わ|変わ|かわ|交代|呼|よん|出して|チャット|対応|相談|取り次|取次|お願い|おねがい|ください|頼)/iu,
      // "人" alone is many people: "I cannot talk to the other person" is a problem, no wish.
      /(?<![一-龠])人(?!.{0,4}話せ(ない|ません|なく)).{0,6}(話|はな|繋|つな|代わ|替わ|変わ|かわ|交代|呼|よん|出して|チャット|対応|相談|取り次|取次|お願い|おねがい|ください|頼)/u,
      /(クレーム|苦情)(を|が|の)?(入れ|言い|言わ|申し|あり|つけ|付け|電話)/u,
      /^[\s。、!?]*(オペレーター?|担当者?|有人(チャット|対応)?|人間|スタッフ)(を|に|へ|希望|で)?[\s。、!?]*$/u,
    ],
  },
  yes: {
    en: [
      // "Yes, but …" goes on to a new problem.
      /^(?!.*\b(but|however|now)\b)\W*(yes|yep|yeah|yup|sure|ok|okay|y|please do|please|it (did|helped|worked|works)|that (helped|worked)|solved|fixed|that did it|it'?s fixed|resolved)\b[^?]{0,25}$/i,
    ],
    ja: [
      // "OKを押すと" is what somebody did.
      /^(?!.*(でも|けど|けれど|しかし|ただ|が、))[\s。、]*(はい|うん|ええ|そう(です)?|お願いします|おねがいします|ok|オッケー|了解|解決(しました|した|です)?|直りました|直った|なおりました|治りました|できました|出来ました|うまくいきました|役に?立ちました|助かりました)(?!\s*(を|が|に|の|と(?!て)|って|で(?![すしき])|ボタン))[^?？]{0,12}$/iu,
    ],
  },
  no: {
    en: [
      // "no sound" and "no internet" are problems, not answers: only these may follow.
      /^\W*(no|nope|nah|n|not really|not yet|not at all|sadly not)(\W+(it|that|this|thanks|thank you|sorry|still|not|didn'?t|doesn'?t|same|the same|nothing)\b.{0,50})?\W*$/i,
      ...failed.en,
    ],
    ja: [
      /^[\s。、]*((いいえ|いえ|いや|ううん)(?!\s*(を|が|に|と|って|ボタン|な|の))|違います|ちがいます|違う(?![一-龠ァ-ヶ])|まだ(です)?)[^?？]{0,30}$/u,
      ...failed.ja,
    ],
  },
  /** Of one who waits for a person: how long, and is anybody there? */
  howLong: {
    en: [
      /\bhow (much )?long(er)?\b|\b(any|an|some) (update|news|progress)\b|\b(is|are) (anyone|anybody|someone|somebody|you|u)( (guys|still|even|really))* (there|here|coming|available)\b|\b(anyone|anybody|someone|somebody) (there|here|available|coming)\b|\bwhen (will|is|does|do|can) (someone|somebody|anyone|anybody|a person|an agent|it|i|my turn)\b|\b(still|been) waiting\b|\bmy (place|position|turn|spot)\b|\bwhat('s| is) (taking|the (wait|status|hold ?up))\b|\bstatus\W*$/i,
    ],
    ja: [
      /(まだ(です|でしょう|な(の|ん)です)?か|^\s*まだ[?!。、…\s]*$|(どれ|どの|どん)(く|ぐ)らい(で|かか|待|時間)|あと(何|どの|どれ)|何分|何時間待|何人(待|め|目)|いつ(まで|頃|ごろ|に)?.{0,8}(つなが|繋が|待|対応|来|順番|連絡|返事|回答)|(誰|だれ)か(い|居|お)(ます|ません|ない|る)|聞こえて(ます|い)|もしもし|待って(い)?(ます|る)|待たされ|順番(は|まだ|いつ)|進捗|状況(は|を教))/u,
    ],
  },
  none: {
    en: [/^\W*(none|neither|nothing|something else|other)\b.{0,30}$/i],
    ja: [
      /(どれでもない|どれも違|どれでもありません|該当なし|当てはまら|あてはまら|その他|ほかの(こと|質問)|他の(こと|質問)|違うこと)/u,
    ],
  },
  // It closes the ticket, so only what is nothing but the wish: "it crashes when I end it" goes into the ticket.
  stopWaiting: {
    en: [
      /^\W*(please\W+)?(i\W+(want|would like|'d like)\W+to\W+)?(stop|cancel|quit|end|leave)\W+(the\W+|my\W+)?(wait(ing)?|queue|line|request|ticket|it|that)(\W+for\W.{0,20})?(\W+(please|now|thanks|thank you))?\W*$/i,
      /^\W*i\W+((no longer|don'?t)\W+(want|need)\W+to|won'?t)\W+wait\b.{0,20}$/i,
      /^\W*(cancel|never ?mind|forget it)(\W+(please|thanks))?\W*$/i,
    ],
    ja: [
      /^[\s。、!]*(もう)?(待つの(を|は)?(やめ(ます|る|たい(です)?)?|止め(ます|る)?|いい(です)?)|(いい|結構|大丈夫)(です)?|キャンセル(します|して(ください)?|で(お願いします)?|お願いします)?|(取り消|取消)(し|します|して(ください)?)?|やめます|待ちません)[\s。、!]*$/u,
    ],
  },
  greeting: {
    en: [/^\W*(hi|hello|hey|good (morning|afternoon|evening)|greetings)( there| all| everyone)?\W*$/i],
    ja: [
      /^[\s。、!！]*(こんにち[はわ]|こんばん[はわ]|おはよう(ございます)?|はじめまして|もしもし|お世話になります|お世話になっております)[\s。、!！]*$/u,
    ],
  },
  /** Of the bot itself. */
  about: {
    en: [
      /^\W*(who|what) (are|r) (you|u)\W*$/i,
      /^\W*(are|r) (you|u) (a |an |really )*(ro)?(bot|human|real( person)?|person|machine|ai|computer|chatbot)\W*$/i,
      /^\W*(am i|is this) (talking|chatting|speaking)?\W*(to|with)?\W*(a |an )*(ro)?(bot|human|real person|person|machine|ai|computer|chatbot)\W*$/i,
      /^\W*what (can|do) (you|u) (do|help( me)? with|know|answer)\W*$/i,
      /^\W*(what can i ask|how does this work|help)\W*$/i,
    ],
    ja: [
      /^[\s。、!]*(あなた|君|きみ|お前|そちら)?(は|って)?(誰|だれ|何者|なにもの|どなた|どちら様)(です|なの|でしょう)?か?[\s。、!?]*$/u,
      /^[\s。、!]*(あなた|これ|そちら)?(は|って)?(ロボット|ボット|bot|AI|人工知能|機械|人間|本物の人)(です|なの|でしょう)?か?[\s。、!?]*$/iu,
      /^[\s。、!]*(このボットは|あなたは|ここでは)?(何|なに)(が|を)?(でき|出来|聞け|質問でき|教えてくれ|してくれ)(る|ます)(の|んです|のです|もの)?か?[\s。、!?]*$/u,
      /^[\s。、!]*(使い方|つかいかた|ヘルプ)(を教えて(ください)?)?[\s。、!?]*$/u,
    ],
  },
  thanks: {
    en: [/^\W*(many )?(thanks|thank you|thx|ty|cheers)\b.{0,25}$/i],
    ja: [/^[\s。、!！]*(どうも)?(ありがとう|有難う|有り難う|助かり|サンキュー)[^?？]{0,15}$/u],
  },
} satisfies Record<string, Record<Language, RegExp[]>>;

export type Intent = keyof typeof patterns;

/** A longer text tells a story; its words are not to be taken for a command. */
const longestCommand = 80;

/** What `\W` takes for mere signs: with such letters a text is not read as English, or "OKを押しても反応しない" would be a yes. */
const otherLetters = /(?!\p{Script=Latin})\p{L}/u;

export function means(intent: Intent, text: string): boolean {
  const said = text.normalize('NFKC').replaceAll('’', "'").trim();
  if (said.length > longestCommand) return false;
  const { en, ja } = patterns[intent];
  return (
    (!otherLetters.test(said) && en.some((pattern) => pattern.test(said))) || ja.some((pattern) => pattern.test(said))
  );
}

/** 1-based number if the text is just that (`2`, `２`, `2番`, `no. 2`, `the second one`), else undefined. */
export function ordinal(text: string): number | undefined {
  const said = text.normalize('NFKC').trim().toLowerCase();
  const digit = /^(?:no\.?|#|option)?\s*([1-9])\s*(?:番目?|つ目|[.)])?(?:です|の)?$/u.exec(said)?.[1];
  if (digit) return Number(digit);
  const words = [
    ['first', '一番目', '最初'],
    ['second', '二番目', '真ん中'],
    ['third', '三番目', '最後'],
  ];
  const index = words.findIndex((forms) =>
    forms.some((form) => said === form || said === `the ${form}` || said === `the ${form} one` || said === `${form}の`),
  );
  return index < 0 ? undefined : index + 1;
}
