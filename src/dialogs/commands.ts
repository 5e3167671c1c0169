/** What a visitor may always say inside a dialog. Whole short phrases only: an answer that holds such a word is still an answer. */
const patterns = {
  cancel: [
    /^\W*(please )?(cancel|stop|quit|exit|abort|never ?mind|forget it)( (this|it|that|the (questions|dialog|form)|asking))?( please)?\W*$/i,
    /^[\s。、]*(もう)?(キャンセル|中止|中断|取り消し|取消|やめる|やめます|やめて|やめたい|終了)(して|する|します|したい)?(ください|です)?[\s。、!！]*$/u,
  ],
  back: [
    /^\W*(please )?(go )?(back|one back|previous( question)?|go to the previous( question)?)( please)?\W*$/i,
    /^[\s。、]*((ひとつ|一つ|1つ)?(前|まえ)(の質問)?(に|へ)?|バック|戻)(戻|もど)?(る|って|ります|りたい|してください)?(ください)?[\s。、!！]*$/u,
  ],
  skip: [
    /^\W*(please )?(skip|pass|next|leave (it|this) (open|out|blank)|no answer|i('d)? (rather not|prefer not to)( say)?)( (this|it|that|question|this question))*( please)?\W*$/i,
    /^[\s。、]*(スキップ|飛ばす|とばす|飛ばして|とばして|飛ばします|パス|次へ|次に進む|省略|答えたくない|答えません|未回答)(する|します|して)?(ください|です)?[\s。、!！]*$/u,
  ],
  unknown: [
    /^\W*(sorry )?(i )?(don'?t|do not) (know|remember)\b.{0,20}$|^\W*(not sure|no idea|unsure|unknown|dunno)\W*$/i,
    /^[\s。、]*(ちょっと|よく)?(わかりません|分かりません|わからない|分からない|判りません|不明|知りません|覚えていません|覚えてない)(です)?[\s。、!！]*$/u,
  ],
  yes: [
    /^\W*(yes|yep|yeah|yup|sure|ok|okay|y|correct|right|exactly|that'?s (right|correct|it|fine)|it (is|does|did|was|helped|works)|all (right|correct|good)|looks (right|good))\b[^?]{0,25}$/i,
    /^[\s。、]*(はい|うん|ええ|そう|そうです|その通り|そのとおり|合っています|合ってます|あっています|あってます|正しい|大丈夫|問題ありません|問題ない|ok|オッケー|これです|直りました|直った|できました|出来ました|解決しました)[^?？]{0,12}$/iu,
  ],
  no: [
    /^\W*(no|nope|nah|n|not really|not yet|wrong|incorrect|something is wrong|it (isn'?t|doesn'?t|didn'?t|wasn'?t))\b[^?]{0,30}$/i,
    /^[\s。、]*(いいえ|いえ|いや|ううん|違う|違います|ちがいます|ちがう|違っています|間違っています|まだです|だめ|ダメ|駄目|直りません|直らない|できません|できない)[^?？]{0,20}$/u,
  ],
  keep: [
    /^\W*(keep( it| that| this)?( as it is)?|leave it( as it is)?|unchanged|the same)\W*$/i,
    /^[\s。、]*(そのまま|このまま|変更なし|変更しない)(で|でいい|で良い|でよい)?(です|お願いします)?[\s。、!！]*$/u,
  ],
} satisfies Record<string, RegExp[]>;

export type Command = keyof typeof patterns;

/** Longest command, in UTF-16 units: more is an answer. */
const longest = 60;

export function says(command: Command, text: string): boolean {
  const said = text.normalize('NFKC').trim();
  return said.length <= longest && patterns[command].some((pattern) => pattern.test(said));
}

const corrections = [
  /\b(actually|i meant|i mean|correction|instead|i was wrong|my mistake|wait|sorry|rather|on second thought)\b/i,
  /\b(change|correct|fix|edit)\b/i,
  /\bnot\b.{1,40}\bbut\b/i,
  /(やっぱり|やはり|訂正|間違え|まちがえ|間違い|じゃなくて|ではなく|でなく|じゃない、|ではない、|変更|修正|変えたい|直したい|すみません、|ごめんなさい、)/u,
];

/** Whether the visitor takes something back that was said before. */
export const isCorrection = (text: string): boolean => {
  const said = text.normalize('NFKC');
  return said.length <= 200 && corrections.some((pattern) => pattern.test(said));
};

const questions = [
  /[?？]\s*$/,
  /^\W*(how|what|where|when|why|who|which|can i|can you|could you|is there|do i|should i)\b/i,
  /(ですか|ますか|でしょうか|ませんか|かな|のか|とは|教えて(ください)?|知りたい(です)?|どうすれば.*)[\s。、!！]*$/u,
];

/** Whether a text asks rather than answers. */
export const isQuestionLike = (text: string): boolean => questions.some((pattern) => pattern.test(text.trim()));
