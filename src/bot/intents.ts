/**
 * The few things a visitor may always say, whatever the talk is about. Short fixed phrasings, so patterns serve better than a model:
 * they are exact, and an admin's FAQ cannot shadow them.
 */
import type { Language } from '../conversation/language.ts';

/** About the bot or the desk, with no problem in it: nothing there to look up. */
const fedUp = {
  en: [
    /^[\s🤬😡😠👿💢😤]+$/u,
    /^\W*(i (really )?)?((don'?t|do not|dont) have (the |any )?time( for (this|that))?|stop asking( me)?( so many| all these)? ?(questions)?|(please )?hurry( up)?|give up|i'?m (so )?(fed up|sick of (this|it)|angry|furious))\W*$/i,
    /^\W*(please )?stop asking( me)?( so many| all these)?( questions)?\W*$/i,
    /^\W*((this|that|it|you|u|your|the|what|such|a|an|are|r|is|were|was|bot|chat ?bot|people|guys|all|so|just|really|totally|absolutely|completely|bloody|damn|bad|\w+ing|service|support)\W+)*(useless|stupid|dumb|idiots?|crap|garbage|rubbish|pathetic|ridiculous|a joke|joke|hopeless|worthless|a waste of (my )?time|waste of (my )?time|bullshit|terrible|awful|worst|sucks?)(\W+(bot|chat ?bot|service|support|help|answer|machine|thing|ever))*\W*$/i,
  ],
  ja: [
    /^[\s。、!]*(この|お前ら?|おまえら?|あんた|あなた|君|きみ|ここ|ボット|bot|サポート|対応|本当に|ほんとに?|マジで?|まじで?|は|って|が|も|の|なんて|なんだ|全然|ぜんぜん|全く|まったく)*(使えな(い|すぎ)|つかえな(い|すぎ)|役立たず|(役に?立た|意味|話になら|やくにたた)な(い|すぎ)|馬鹿|バカ|ばか|アホ|あほ|クソ|くそ|最悪|ひどい|ふざけ(るな|んな|てる)|無能|ポンコツ)(すぎる?|過ぎる?)?(この|な|だ|です|ね|よ|わ|なの|か|じゃん|ボット|bot|サポート|対応|機械)*[\s。、!?…]*$/iu,
    /^[\s。、!]*(今|もう|そんな|こんな)*((時間|暇)(が|は|も)?(ない|ありません)(んだけど|んですが|んです|のよ|よ|って)?|質問ばっかり.{0,8}|早くし(ろ|て(よ|ください)?)|はやくして|急いで(よ|ください)|いい加減にして?(くれ|ください|ほしい)?|いい加減にしろ|(何回|何度|なんかい|なんど)(も)?言わせる.{0,6}|腹が立つ|イライラする)[\s。、!…]*$/u,
  ],
};

const failed = {
  en: [
    ...fedUp.en,
    /^[\s👎🙅😞😢😭]+$/u,
    // "I already restarted it 5 times" says that the answer told nothing new; what goes on behind it may.
    /^(?=.*\b(already|tried|times|twice|before|all|everything|everywhere)\b)\W*(but\W+)?(i|we|ive)(\W+(have|ve|had))?\W+(already\W+)?(did|done|do|tried|restarted|rebooted|checked|looked)\b(\W+(everywhere|that|this|it|all|of|them|everything|those|these|already|before|twice|many|several|\d+|times|the|steps)\b)+\W*$/i,
    /^\W*(no (difference|change|luck|effect|good)|(already|just) (did|done|tried)( (that|this|it|all( of (that|it|them))?))?|(did|done|tried) (that|this|it|all( of (that|it|them))?) already)\b.{0,12}$/i,
    /^\W*(sorry\W+)?(it|that|this)\W+(still\W+)?(didn'?t|did not|doesn'?t|does not|hasn'?t)\W+(help|work|solve|fix|change)\w*\b.{0,30}$/i,
    /^\W*(still|same|nothing)\W+(not|no|doesn'?t|the same|broken|problem|changed|worked|helped)\b.{0,30}$/i,
  ],
  ja: [
    ...fedUp.ja,
    /^(?=.*(もう|すでに|既に|とっくに|さっき|何度|なんど|\d[回度]|全部|ぜんぶ|どれも|だめ|ダメ|駄目|けど|のに|変わら))[\s。、]*(それは?|これは?|それも|全部|ぜんぶ|どれも|もう|すでに|既に|とっくに|さっき|何度も|なんども|[0-9]+[回度]も?|再起動(は|も|を|なら)?)*(やりました|やった|やってみ(た|ました)|試しました|試した|試してみ(た|ました)|見た|見ました|再起動し(た|ました)|しました|した)(って|よ|けど|が|のに|んですが|んだけど)?(だめ|ダメ|駄目|変わらない|変わりません)?[\s。、!]*$/u,
    /^[\s。、]*(全然|ぜんぜん|まったく|全く|やっぱり?|やはり|それでも|どれも|これも|それも|何も|なにも|うーん|でも|まだ)?(だめ(です|でした|だった)?|ダメ(です|でした|だった)?|駄目(です|でした|だった)?|無理(です|でした|だった)?$|ダメ(です|でした)?|駄目(です|でした)?|(解決|改善)(しません|しない|していません|してない|しなかった)|まだ(直|解決|だめ|ダメ|でき)|直りません|直らない|直ってない|直っていません|なおらない|できません(でした)?$|できない$|変わりません|変わらな(い|かった)|変わってない|同じ(です|だ|まま)?$|効果(なし|がない|ありません)|変化(なし|がない|ありません)|役に?立(たな|ちません))[^?？]{0,30}$/u,
  ],
};

const patterns = {
  /** What was tried has not helped. */
  failed,
  person: {
    en: [
      /\b(talk|speak|chat|connect|transfer|get|put|hand)\b.{0,30}\b(human|person|agent|operator|representative|someone|somebody|staff|people|support team|manager|supervisor)\b/i,
      /\b(want|need|like|give)\b.{0,20}\b(a |an |the )?(human|real person|live agent|operator|representative|person to help)\b/i,
      /^\W*(a )?(human|real person|person|agent|live agent|live chat|operator|representative)( please)?\W*$/i,
      /\b(please|can (you|someone|somebody)|could you)\b.{0,12}\b(call|phone|ring) (me|us)\b|\b(call|phone|ring) (me|us) (back|please|at|on|asap|now)\b/i,
      /^\W*(i )?(don'?t|do not) (want|like) (to (talk|chat|speak|write) (to|with) )?(a |the |this |any )?(ro|chat)?bots?\b.{0,20}$/i,
      /\b(give|get|send|find) (me|us) (someone|somebody|anyone|anybody)\b/i,
      /\b(want|like|wish|need|have|going) to (complain|(make|file|lodge) a complaint)\b/i,
    ],
    ja: [
      /(オペレーター?|担当の?者?|担当の方|人間|有人|スタッフ|係の(人|方|者)|サポートの(人|方)|\b(human|operator|agent)).{0,6}(話|はな|繋|つな|代わ|替わ|変わ|かわ|交代|呼|よん|出して|チャット|対応|相談|取り次|取次|お願い|おねがい|ください|頼)/iu,
      // "人" alone is many people: "I cannot talk to the other person" is a problem, no wish.
      /(?<![一-龠])人(?!.{0,4}話せ(ない|ません|なく)).{0,6}(話|はな|繋|つな|代わ|替わ|変わ|かわ|交代|呼|よん|出して|チャット|対応|相談|取り次|取次|お願い|おねがい|ください|頼)/u,
      /(電話|でんわ|連絡)(を)?(して)?(ください|下さい|ほしい|欲しい|もらえ|いただけ|お願い|おねがい|かけて)|折り返し.{0,6}(電話|連絡|お願い|ください)/u,
      /(責任者|上司|上の人|店長).{0,4}(出|だ(せ|し)|呼|よん|代わ|替わ|かわ|話|いない)/u,
      /(誰|だれ)か(を|に|と)?(人を?)?(出し|出せ|呼ん|呼べ|代わ|替わ|かわ|話させ|話せ)/u,
      /(クレーム|苦情)(を|が|の)?(入れ|言い|言わ|申し|あり|つけ|付け|電話)/u,
      /^[\s。、!?]*(オペレーター?|担当者?|有人(チャット|対応)?|人間|スタッフ)(を|に|へ|希望|で)?[\s。、!?]*$/u,
    ],
  },
  yes: {
    en: [
      // "Yes, but …" goes on to a new problem, "yes, what do I do" to a question; "yes, it works now" does not.
      /^(?!.*\b(but|however|now(?!\W*$)|what|how|why|where|which|who|someone|somebody)\b)\W*(yes|yep|yeah|yup|sure|ok|okay|y|please do|please|it (did|helped|worked|works)|that (helped|worked)|solved|fixed|that did it|it'?s (fixed|working|ok|fine)|(it )?works( now)?|working now|all good|sorted|resolved|perfect|great)\b[^?]{0,25}$/i,
      /^[\s👍👌🙆🎉😊😀😁😄🙂✅💯]+$/u,
    ],
    ja: [
      // "OKを押すと" is what somebody did.
      /^(?!.*(でも|けど|けれど|しかし|ただ|が、))[\s。、]*(はい|うん|ええ|そう(です)?|お願いします|おねがいします|ok|オッケー|了解|解決(しました|した|です)?|直りました|直った|なおりました|なおった|治りました|治った|できました|できた(?!ら)|出来ました|いけました|いけた|動きました|動いた|つながりました|つながった|うまくいきました|役に?立ちました|助かりました)(?!\s*(を|が|に|の|と(?!て)|って|で(?![すしき])|ボタン))[^?？]{0,12}$/iu,
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
      /\bhow (much )?long(er)?\b|\b(any|an|some) (update|news|progress)\b|\b(is|are) (anyone|anybody|someone|somebody|you|u)( (guys|still|even|really))* (there|here|coming|available)\b|\b(anyone|anybody|someone|somebody) (there|here|available|coming)\b|\bwhen (will|is|does|do|can) (someone|somebody|anyone|anybody|a person|an agent|it|i|my turn)\b|\b(still|been) waiting\b|\bmy (place|position|turn|spot)\b|\bwhat('s| is) (taking|the (wait|status|hold ?up))\b|\bstatus\W*$|^\W*any(one|body)\W*$/i,
    ],
    ja: [
      /(まだ(です|でしょう|な(の|ん)です)?か|^\s*まだ[?!。、…\s]*$|(どれ|どの|どん)(く|ぐ)らい(で|かか|待|時間)|あと(何|どの|どれ)|何分|何時間待|何人(待|め|目)|いつ(まで|頃|ごろ|に)?.{0,8}(つなが|繋が|待|対応|来|順番|連絡|返事|回答)|(誰|だれ)か(い|居|お)(ます|ません|ない|る)|聞こえて(ます|い)|もしもし|^[\s。、!]*(お[ー〜]?い+|すみません|すいません)[\s。、!?ー〜]*$|待って(い)?(ます|る)|待たされ|順番(は|まだ|いつ)|進捗|状況(は|を教))/u,
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
  /** Nothing but a nod: to "is it one of these?" it does not say which. */
  nod: {
    en: [/^\W*(yes|yep|yeah|yup|sure|ok|okay|y|kk?|lol|haha)(\W+(please|it is|sure|yes))?\W*$/i, /^[\s👍👌🙆🙂😊]+$/u],
    ja: [
      /^[\s。、]*(はい|うん|ええ|そう(です)?|そうそう|お願いします|ok|おけ|了解(です)?|りょ(うかい)?|w+|草)[\s。、!]*$/iu,
    ],
  },
  /** The answer was not understood. */
  confused: {
    en: [
      /^\W*(sorry\W+)?(what|huh|pardon|come again|i'?m lost|i am lost|too (complicated|difficult|hard|long|technical)( for me)?)\W*$/i,
      /^\W*(sorry\W+)?i('m| am)? ?(don'?t|do not|didn'?t|did not|can'?t|cannot|not) (really )?(understand(ing)?|get (it|that|this)|follow)\b.{0,40}$/i,
      /^\W*(i (really )?(don'?t|do not|dont) know|no idea|not sure|dunno|idk)\W*$/i,
      /^\W*(this|that|it)('s| is) (too |so |very )*(complicated|confusing|difficult|unclear|long|technical)( for me)?\W*$/i,
      /^\W*(which|what|where) (do|should|shall)? ?i? ?(step|one|part)?( do)?( i)? ?(do|start|begin|try)?( with)? ?(first)\W*$/i,
      /^\W*(and )?how( do i| can i| to)? do (that|this|it)\W*$/i,
      /^\W*(the |your |that |this )?(answer|text|explanation|it)?( is|'s)? ?(way |far |much )?(too|so) (long|much text)( to read)?\W*$/i,
      /^\W*(just )?(tell|say|give|explain)( it)?( to)?( me)? (it )?(in one sentence|briefly|shortly|in short|simply|the short version)( please)?\W*$/i,
      /^\W*which (step|one) (is |comes |do i do )?first\W*$/i,
    ],
    ja: [
      /^[\s。、]*(は|え|ん|何|なに|はあ)[?!ー〜]+\s*$/u,
      /^[\s。、]*(すみません、?|すいません、?)?(説明|手順|意味|言ってる(こと|意味)|言っている(こと|意味)|書いてあること|内容|やり方|よく|全然|ぜんぜん|さっぱり)*(が|は|も)?(よく|全然|ぜんぜん|さっぱり)?(わか|分か|判|理解でき|ついていけ)(ら?ない|んない|り?ません|ら?なかった|らん)(です)?[^?？]{0,10}[\s。、!]*$/u,
      /^[\s。、]*(それ|これ)?(は|って)?(どうやる|どうすれば(いい|よい)|どうしたら(いい|よい))(の|んですか|ですか|のですか)?[\s。、!?]*$/u,
      /^[\s。、]*(長すぎ|長過ぎ|長く)て?(読めない|読めません|読む気.{0,8})?(です)?[\s。、!]*$/u,
      /^[\s。、]*(一言で|ひとことで|簡単に|かんたんに|短く|要するに)(言うと|教えて|説明して|お願い)?(ください|ほしい|何|なに|します)?(です)?[\s。、!?]*$/u,
      /^[\s。、]*(説明が?|手順が?|ちょっと|私には)*(難し|むずかし|むつかし|ややこし|長)(い|すぎ|過ぎ)(です|る|ます)?[\s。、!]*$/u,
      /^[\s。、]*(どれから|何から|なにから|どこから)(始め|はじめ|や|す|手を)[^。]{0,12}$/u,
    ],
  },
  fedUp,
  /** A cry for help that does not say yet what about. */
  plea: {
    en: [
      /^\W*(hi\W+|hello\W+|hey\W+)?((can|could|would|will) (you|someone|somebody|anyone|anybody) )?(please )?help( me| us)?( out)?( please| pls| asap| now)?\W*$/i,
      /^\W*(hi\W+|hello\W+|hey\W+)?i (really )?(need|want) (some |your )?(help|support|assistance)( please| now| asap)?\W*$/i,
      /^\W*(hi\W+|hello\W+|hey\W+)?(i have|i've got|i got|there('s| is)) (a|an|some) (problems?|questions?|issues?|trouble)\W*$/i,
    ],
    ja: [
      /^[\s。、]*(こんにちは|すみません|すいません|あの|ちょっと|お願い|誰か|だれか|もう|とても|本当に|、)*(助けて(ください|下さい|ほしい(です)?|もらえますか)?|たすけて(ください)?|困って(い)?(ます|る|います)(助けて(ください)?)?|困りました|困った|質問(です|が?あります|してもいいですか|いいですか|したい(です)?)|相談(です|が?あります|したい(です)?|させてください|いいですか)|聞きたいことがあります|教えて(ください|ほしい(です)?)?|トラブル(です|発生)?|問題が(起き|発生し|あり)(まし)?(た|ます))[\s。、!?]*$/u,
    ],
  },
  /** The steps are being tried. */
  trying: {
    en: [
      /^\W*((ok|okay|alright|thanks|thank you|great|yes|sure)\W+)*(i'?ll|i will|let me|gonna|i'?m going to|i am going to|i'?m|i am|trying|will) ?(try|trying|check|checking|do that|look|test|testing|give (it|that|this) a (try|go|shot)|now|it)\b[^?]{0,30}$/i,
      /^\W*((ok|okay|thanks)\W+)*(one|a|just a|give me a) (moment|minute|sec|second|min)\b.{0,20}$/i,
    ],
    ja: [
      /^[^?？]{0,25}((やって|試して|ためして|確認して|見て|調べて)み(ます|る|ますね)|(やって|試して|ためして)(います|いるところです))[\s。、!ー〜]*$/u,
      /^[\s。、]*(試します|確認します|やります|(ちょっと|少し|少々)(待って|お待ち)(ください|下さい|ね)?)[\s。、!]*$/u,
    ],
  },
  /** Away from what is under way, back to the beginning. */
  startOver: {
    en: [
      /^\W*(please )?(cancel|start (over|again|afresh)|(main )?menu|go back|back|never ?mind|forget (it|that)|stop|quit|exit|skip|new (question|topic)|something else)( please)?\W*$/i,
    ],
    ja: [
      /^[\s。、!]*(キャンセル(します|して(ください)?)?|最初(から|に)((やり直|はじめ|始め)(したい|す|します|たい)?|戻(る|って|りたい|ります))?|(メイン)?メニュー|トップ(に戻る)?|戻る|やり直(し|す|したい)(です)?|やめる|やめます|終了(します)?|(もう)?いいです|もういい(や|よ|わ)?|スキップ|別の質問(です|があります)?)[\s。、!]*$/u,
    ],
  },
  farewell: {
    en: [
      /^\W*((ok|okay|thanks|thank you|well|alright|all right)\W+)*(good ?bye|bye( ?bye)?|see (you|ya)( later)?|have a (nice|good|great) (day|one|evening|weekend)|that('s| is| was| will be|'ll be) (all|it)( for (now|today))?|nothing else|i'?m (done|good)( now)?|no more questions)(\W+(thanks|thank you|bye))*\W*$/i,
    ],
    ja: [
      /^[\s。、]*(では|じゃあ?|それでは|もう|ありがとうございま(す|した)|ありがとう|、|。)*(さようなら|さよなら|バイバイ|ばいばい|またね|また(来|き)ます|失礼(いた)?します|失礼(いた)?しました|以上です|大丈夫です|結構です|特に(ない|ありません)(です)?|もうない(です)?|ありません)[\s。、!]*$/u,
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
    en: [/^\W*((ok|okay|great|perfect|wow|oh|alright)\W+)*(many )?(thanks|thank you|thx|ty|cheers)\b.{0,25}$/i],
    ja: [/^[\s。、!！]*(どうも)?(ありがとう|有難う|有り難う|助かり|サンキュー)[^?？]{0,15}$/u],
  },
} satisfies Record<string, Record<Language, RegExp[]>>;

export type Intent = keyof typeof patterns;

/** A longer text tells a story; its words are not to be taken for a command. */
const longestCommand = 80;

/** What `\W` takes for mere signs: with such letters a text is not read as English, or "OKを押しても反応しない" would be a yes. */
const otherLetters = /(?!\p{Script=Latin})\p{L}/u;

export function means(intent: Intent, text: string): boolean {
  const said = text
    .normalize('NFKC')
    .replaceAll('’', "'")
    .replace(/\uFE0F|\p{Emoji_Modifier}/gu, '')
    .trim();
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
