/** What a visitor may always say inside a dialog. Whole short phrases only: an answer that holds such a word is still an answer. */
const patterns = {
  cancel: [
    /^[^\p{L}\p{N}]*(please )?(cancel|stop|quit|exit|abort|never ?mind|forget it)( (this|it|that|the (questions|dialog|form)|asking))?( please)?[^\p{L}\p{N}]*$/iu,
    /^[\s。、]*(もう)?(キャンセル|中止|中断|取り消し|取消|やめる|やめます|やめて|やめたい|終了)(して|する|します|したい)?(ください|です)?[\s。、!！]*$/u,
  ],
  back: [
    /^[^\p{L}\p{N}]*(please )?(go )?(back|one back|previous( question)?|go to the previous( question)?)( please)?[^\p{L}\p{N}]*$/iu,
    /^[\s。、]*((ひとつ|一つ|1つ)?(前|まえ)(の質問)?(に|へ)?|バック|戻)(戻|もど)?(る|って|ります|りたい|してください)?(ください)?[\s。、!！]*$/u,
  ],
  skip: [
    /^[^\p{L}\p{N}]*(please )?(skip|pass|next|leave (it|this) (open|out|blank)|no answer|i('d)? (rather not|prefer not to)( say)?)( (this|it|that|question|this question))*( please)?[^\p{L}\p{N}]*$/iu,
    /^[\s。、]*(スキップ|飛ばす|とばす|飛ばして|とばして|飛ばします|パス|次へ|次に進む|省略|答えたくない|答えません|未回答)(する|します|して)?(ください|です)?[\s。、!！]*$/u,
  ],
  unknown: [
    /^[^\p{L}\p{N}]*(sorry )?(i )?(don'?t|do not) (know|remember)\b.{0,20}$|^[^\p{L}\p{N}]*(not sure|no idea|unsure|unknown|dunno)[^\p{L}\p{N}]*$/iu,
    /^[\s。、]*(ちょっと|よく|さあ|うーん)?[\s。、]*(わかりません|分かりません|わからない|分からない|わからん|分からん|判りません|不明|知りません|知らない|覚えていません|覚えてない)(です|んです|けど|ですけど)*[\s。、!！]*$/u,
  ],
  /** Nothing but a yes: what was asked for in words it does not tell. */
  bareYes: [
    /^[^\p{L}\p{N}]*(yes|yep|yeah|yup|sure|ok|okay|y)[^\p{L}\p{N}]*$/iu,
    /^[\s。、]*(はい|うん|ええ|そう(です)?)[\s。、!！]*$/u,
  ],
  /** Nothing but a no, or that there is none. */
  nothing: [
    /^[^\p{L}\p{N}]*(no|nope|nah|none|nothing|n\/a|(i )?(have|got) (none|nothing)|(i )?(don'?t|do not) have (any|one|it)|there('s| is| are)? (none|nothing))( (of (them|these|those)|at all|special|really|thanks|thank you|sorry))*[^\p{L}\p{N}]*$/iu,
    /^[\s。、]*(いいえ|いえ|いや|(特に)?(何も|なにも)?(ない|無い|なし|無し|ありません)|特に|特にないです|どれも(ない|違う|違います|当てはまらない|当てはまりません))(です|と思います|と思う)?[\s。、!！]*$/u,
  ],
  /** A sentence that denies what was asked, whatever its verb. */
  denial: [
    /^(?!.*\b(but|problems?|issues?)\b)[^?]{0,30}\b(can'?t|cannot|could ?n'?t|could not|won'?t|did ?n'?t|did not|does ?n'?t|does not|is ?n'?t|is not|not found)\b[^?]{0,30}$/iu,
    /^(?!.*(問題|異常|でも|けど、|が、))[^?？]{0,30}(ない|ません|ませんでした|なかった)(です|んです|んだけど|んですけど|んですが|よ|ね)*[\s。、!！]*$/u,
  ],
  /** A step was carried out, without a word on what came of it. */
  done: [
    /^[^\p{L}\p{N}]*((ok|okay|yes|all right|right)[^\p{L}\p{N}]+)?(done|did (it|that|so)|i did( it| that)?|i('ve)? done (it|that|so)|finished|all done|tried (it|that)|i tried( it| that)?)( now)?[^\p{L}\p{N}]*$|^[^\p{L}\p{N}]*(ok|okay)[^\p{L}\p{N}]*$/iu,
    /^[\s。、]*((はい|ok|オッケー)[\s。、]*)?(やりました|やってみました|やった|試しました|試してみました|確認しました|確かめました|終わりました|完了(しました)?|しました)[\s。、!！]*$|^[\s。、]*(ok|オッケー|了解(です|しました)?)[\s。、!！]*$/iu,
  ],
  /** A step was carried out before, so it did not help. */
  tried: [
    /^[^\p{L}\p{N}]*(i('ve| have)? )?already\b.{0,40}$|^[^\p{L}\p{N}]*i('ve| have)? (tried|done) (that|this|it|all( of)? (that|this))? ?(already|before|(\w+ )?times)\b.{0,25}$/iu,
    /^[\s。、]*(それは|それ|これは)?(もう|とっくに|すでに|既に|何回も|何度も|さっき)+.{0,12}(やりました|やってます|やっています|やった|試しました|試した|試してます|試しています|やったよ|しました)(よ|けど|が|って)?[^?？]{0,10}$/u,
  ],
  /** Something of what was noted is wrong. */
  wrong: [
    /^[^\p{L}\p{N}]*(something('s| is) wrong|that('s| is) (wrong|not right)|(i (want|need|would like) to )?(change|correct) (something|an answer))[^\p{L}\p{N}]*$/iu,
    /^[\s。、]*(違うところがある|違う(ところ|箇所)が(あります|ある)|間違い(があります|がある)|(回答|答え|内容)を?(直したい|変更したい|修正したい|訂正したい))(です)?[\s。、!！]*$/u,
  ],
  yes: [
    /^[^\p{L}\p{N}]*(yes|yep|yeah|yup|sure|of course|certainly|i (think|guess|believe) so|ok|okay|y|correct|right|exactly|perfect|great|that'?s (right|correct|it|fine)|it (is|does|did|was|helped|work(s|ed)|start(s|ed)|print(s|ed))|i'?m in|works|working|fixed|solved|connected|found( it)?|all (right|correct|good)|looks (right|good))\b[^?]{0,25}$/iu,
    /^[\s。、]*(はい|うん|ええ|イエス|もちろん|そう|そうです|そうだと思います|その通り|そのとおり|合っています|合ってます|あっています|あってます|正しい|大丈夫|問題ありません|問題ない|ok|オッケー|これです|直りました|直った|治りました|できました|出来ました|できた|出来た|いけました|うまくいきました|解決しました|解決した)[^?？]{0,12}$/iu,
  ],
  no: [
    /^[^\p{L}\p{N}]*(no|nope|nah|n|not (really|yet|working|at all)|wrong|incorrect|something is wrong|(it|that|this) (isn'?t|doesn'?t|didn'?t|wasn'?t|won'?t|can'?t|still (isn'?t|doesn'?t|won'?t|can'?t))|(didn'?t|doesn'?t|did not|does not) (help|work|change)|still\b(?!.{0,20}\bbut\b)|same( (thing|as before|problem|issue))?|no (change|difference|luck)|nothing (changed|happens|happened)|this (is|was) useless)\b[^?]{0,30}$/iu,
    /^[\s。、]*(?:(?:やっぱり|やはり|全然|ぜんぜん|まったく|全く|どうしても|残念ながら|それでも)[\s、]*)?(いいえ|いえ|いや|ノー|ううん|違う|違います|ちがいます|ちがう|違っています|間違っています|まだ(です|だめ|ダメ|直|治|でき|起動|つなが)|(やっ(て|た)|やりました|試し(て|た|ました)|しました)[^?？]{0,6}(が|けど|けれど|のに|ても|も)[\s、]*(だめ|ダメ|駄目|直ら|変わ|でき|無理)|だめ|ダメ|駄目|無理|変わりません|変わらない|変わらず|変化なし|同じ(です|まま)|直りません|直らない|できません|できない)[^?？]{0,20}$/u,
  ],
  keep: [
    /^[^\p{L}\p{N}]*(keep( it| that| this)?( as it is)?|leave it( as it is)?|unchanged|the same)[^\p{L}\p{N}]*$/iu,
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

const retractions =
  /\b(actually|i meant|i mean|i was wrong|on second thought)\b|\bnot\b.{1,40}\bbut\b|やっぱり|やはり|じゃなくて|ではなく/iu;

/** Whether it can only be meant so: "change" and "sorry" stand in questions too. */
export const isRetraction = (text: string): boolean => retractions.test(text.normalize('NFKC'));

/** Whether the visitor takes something back that was said before. */
export const isCorrection = (text: string): boolean => {
  const said = text.normalize('NFKC');
  return said.length <= 200 && corrections.some((pattern) => pattern.test(said));
};

const questions = [
  /[?？]\s*$/,
  /^[^\p{L}\p{N}]*(how|what|where|when|why|who|which|can i|can you|could you|is there|do i|should i)\b/iu,
  /(ですか|ますか|でしょうか|ませんか|かな|のか|とは|教えて(ください)?|知りたい(です)?|どうすれば.*)[\s。、!！]*$/u,
];

/** Whether a text asks rather than answers. */
export const isQuestionLike = (text: string): boolean =>
  /\p{L}/u.test(text) && questions.some((pattern) => pattern.test(text.trim()));
