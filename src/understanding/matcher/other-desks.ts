/**
 * Questions for somebody else's desk: prices, orders, contracts, jobs, the car park, a server's database. They share their words with
 * the FAQ ("printer lease invoice", "repair job vacancy"), so a ranker is sure of them. Where a question speaks of such a matter and
 * the entry it leads to never does, in any phrasing or keyword, the entry is unlikely to be meant. A matter that a good part of
 * the FAQ speaks of is the FAQ's own, and nothing is taken off for it.
 */
import type { Entry } from '../understanding.ts';
import { withoutCourtesy } from './courtesy.ts';

const matters: readonly RegExp[] = [
  // Money.
  /\b(price|pricing|costs?|how much (is|are|does|do|would|for)|quot(e|ation) for|invoices?|billing|refunds?|tariffs?|discounts?|expenses?|budget|payslips?|salary|shares?\b.{0,6}\bprice|(phone|monthly|itemi[sz]ed) bill|bill is)\b|料金|価格|値段|いくら(です|します|かか|に|$|\?)|費用|(?<!身)代金|見積|請求書|支払い?(方法|期限|を)|領収|経費|予算|返金|割引|振り?込み|の株|伝票/u,
  // Buying, selling, lending.
  /\b(want|like|need|where|how|can|who|could|looking|do you)\b.{0,30}\b(buy|purchas|order|sell|hire|rent|lease|borrow)|\b(lease|leasing|resellers?|second.?hand|delivery date|in stock|brochure|for sale)\b|\brecommend|\bbest\b.{0,20}\bfor\b|\bwhich\b.{0,25}\b(buy|best|cheap)|購入(したい|を(検討|希望)|申請|見積)|買い(たい|取)|買い替えたい|買取|買って(いい|も|くだ)|注文(したい|を|方法)|発注|レンタル|(?<!リ)リース|貸して|貸し出し|借りたい|売りたい|おすすめ|お勧め|オススメ|代理店|納期|在庫|パンフレット|追加購入/u,
  // Contracts and sales.
  /\b(cancel|terminate|renew|upgrade)\b.{0,15}\b(subscription|contract|plan|membership)|\bsubscription|\bcontracts?\b|\bpremium plan|\baccount managers?\b|\bsales (rep|team|person|department)|契約|解約|退会|違約金|営業(の|担当|さん|の方)|保証人|プランを|プラン変更|資料請求|導入(費用|事例|を検討)/u,
  // Work and staff.
  /\b(vacanc(y|ies)|recruit|job (opening|offer|ad|application|interview)|apply\b.{0,30}\b(job|position|role|internship)|jobs?\b.{0,10}\b(available|open)|days? off|vacation|holiday request|sick (leave|day)|off sick|won'?t be in|overtime|pension|maternity|parental leave|employment|notice period|pay ?rise|promotion)\b|\bregister\b.{0,25}\btraining|求人|採用(情報|試験|は|担当)|応募|ﾊﾞｲﾄ|バイト(募集|したい)|アルバイト|面接|履歴書|給料|給与明細|有給|休暇|産休|育休|休みます|欠勤|残業|胃腸炎|健康診断|退職届/u,
  // Buildings, errands, household.
  /\b(meeting rooms?|parking|car park|business cards?|fridge|refrigerator|washing machine|air.?con(ditioner|ditioning)?|microwave oven|dishwasher|coffee (machine|maker)|vending machine|kettle|elevators?|the lift|canteen|cafeteria|furniture|moving company|screwdrivers?|supermarket|toner and paper)\b|会議室の予約|駐車場|机と椅子|備品|名刺|印刷会社|コピー用紙|紙の(資料|書類)|エアコン|冷蔵庫|洗濯機|電子レンジ|掃除機|引っ?越し(業者|屋)|ねじ回し|社食|社員食堂|弁当|コーヒー(メーカー|マシン)|自販機|自動販売機|エレベーター?/u,
  // Everyday talk.
  /\b(weather|forecast|football|who won|lunch|dinner|restaurant|recipe|horoscope|tell me a joke|sing me|movie|hotel|taxi|fishing|guitar|our band|eye ?glasses|glasses help|blue light|camera lens|lens for|dslr|doctor'?s appointment)\b|天気|昼ごはん|ランチ|おなか|お腹|眠い|おもしろい話|面白い話|冗談|占い|レシピ|試合|映画|歌って|釣り|一眼レフ|メガネ|眼鏡|旅行|ホテルを?予約|タクシー|著作権|商標/u,
  // Servers' insides.
  /\b(kubernetes|k8s|kubectl|pods?|postgres(ql)?|mysql|mariadb|oracle|ora-\d+|mongodb|cassandra|elasticsearch|kafka|rabbitmq|nginx|tomcat|esxi|vsphere|vcenter|hyper-?v|datastores?|hypervisor|replication|failover|load ?balancer|deadlocks?|nightly batch|batch job|terraform|ansible|jenkins|production (server|database|cluster)|virtual machines?|vms?)\b|データストア|レプリケーション|フェイルオーバー|クラスタ|ロードバランサ|デッドロック|本番(サーバ|環境|DB|機)|仮想マシン|夜間バッチ/u,
];

/** The log-odds that an entry loses by each such matter. */
const LOSS = 3;

/** Share of the entries from which on a matter is the FAQ's own. */
const OWN_SHARE = 0.06;
/** Entries looked at to find that out. */
const SAMPLE = 200;

/** Longest text whose writer may be told from what is asked: a pasted one would take long to read. */
const INTRODUCED = 500;

/** Which of the matters a text speaks of, by number. */
function spokenOf(text: string): number[] {
  const whole = text.normalize('NFKC').toLowerCase();
  // Who writes "from the sales team" does not ask for it.
  const read = whole.length <= INTRODUCED ? withoutCourtesy(whole) : whole;
  return matters.flatMap((matter, number) => (matter.test(read) ? [number] : []));
}

/** A judge of first entries; what an entry covers is read once, when it is first asked for. */
export class OtherDesks {
  readonly #entries: readonly Entry[];
  readonly #covered = new Map<number, ReadonlySet<number>>();
  readonly #own = new Map<number, boolean>();

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  /**
   * @param text as it was written. @param replies surest first; `entry` is a place in the entries.
   * @returns the replies with what is left of their confidence, surest first, and whether the first was lessened.
   */
  weigh<R extends { readonly entry: number; readonly confidence: number }>(
    text: string,
    replies: readonly R[],
  ): { replies: R[]; lessened: boolean } {
    const spoken = spokenOf(text).filter((matter) => !this.#isOwn(matter));
    if (spoken.length === 0) return { replies: [...replies], lessened: false };
    const weighed = replies.map((reply) => {
      const covered = this.#coveredBy(reply.entry);
      const strange = spoken.filter((matter) => !covered.has(matter)).length;
      return strange === 0 ? reply : { ...reply, confidence: less(reply.confidence, strange * LOSS) };
    });
    weighed.sort((a, b) => b.confidence - a.confidence || a.entry - b.entry);
    const first = weighed[0];
    return { replies: weighed, lessened: first !== undefined && !replies.includes(first) };
  }

  #isOwn(matter: number): boolean {
    const known = this.#own.get(matter);
    if (known !== undefined) return known;
    const step = Math.max(1, Math.floor(this.#entries.length / SAMPLE));
    const sample = this.#entries.flatMap((_, place) => (place % step === 0 ? [place] : []));
    const own = sample.filter((place) => this.#coveredBy(place).has(matter)).length >= sample.length * OWN_SHARE;
    this.#own.set(matter, own);
    return own;
  }

  #coveredBy(entry: number): ReadonlySet<number> {
    const known = this.#covered.get(entry);
    if (known) return known;
    // Not the answer: that somebody may be charged is said in many, and asked in few.
    const { questions, keywords } = this.#entries[entry] as Entry;
    const own = [...Object.values(questions).flat(), ...Object.values(keywords).flat()];
    const covered = new Set(own.flatMap((text) => spokenOf(text ?? '')));
    this.#covered.set(entry, covered);
    return covered;
  }
}

/** A probability after its log-odds fell. */
function less(confidence: number, loss: number): number {
  const clamped = Math.min(Math.max(confidence, 1e-9), 1 - 1e-9);
  return 1 / (1 + ((1 - clamped) / clamped) * Math.exp(loss));
}
