/** One message on its way through the routes: what is known, and how to answer. */
import { MessageFactory, type TurnContext } from 'botbuilder';
import { caseToGoOn, isOpen } from '../conversation/handoff.ts';
import { type Language, languageOf, languageWithin } from '../conversation/language.ts';
import { advised } from '../conversation/logs.ts';
import type { HandoffReason } from '../conversation/state.ts';
import { ticketName } from '../conversation/ticket-name.ts';
import type { Terms } from '../conversation/world.ts';
import { shippedRules } from '../desk/rules/file.ts';
import type { Staffing } from '../desk/staffing.ts';
import { shippedTerms } from '../desk/terms.ts';
import { isoDay, wallClock } from '../dialogs/clock.ts';
import { type Dialogs, type End, inLanguage } from '../dialogs/dialog.ts';
import type { Entry, Knowledge, Understood } from '../understanding/understanding.ts';
import type { BotOptions } from './bot.ts';
import { leaveOpen } from './dialog-details.ts';
import { startDialog } from './dialogs.ts';
import { guideTo } from './last-answer.ts';
import { type Memory, memoryOf, toJson } from './memory.ts';
import { askWhichCase } from './same-case.ts';
import { type Texts, texts } from './texts.ts';
import { leaveContact, offerQuestions, questionsFor } from './waiting-questions.ts';
import type { WorkingTurn } from './working-turn.ts';

/** What of a dialog's end tells who should take the case. */
type Leads = Pick<End, 'tier' | 'skills' | 'priority'>;

export class Talk {
  readonly turn: WorkingTurn;
  /** What was said, trimmed; empty for a message without text. */
  readonly text: string;
  readonly language: Language;
  readonly t: Texts;
  /** What the bot remembered when the message came. */
  readonly memory: Memory;
  /** One version of the FAQ for the whole turn, whatever is edited meanwhile. */
  readonly knowledge: Knowledge;
  /** The visitor's newest real question, for the ticket's subject. */
  question: string | undefined;
  /** Whether the questions before a hand-over have been offered. */
  offered: boolean;
  readonly dialogs: Dialogs | undefined;
  /** The visitor's patience is short: the bot misses once, not twice. */
  impatient = false;
  /** ms since 1970. */
  readonly now: number;
  /** The desk's time zone, IANA. */
  readonly zone: string;
  readonly #terms: Terms;
  readonly #answerAt: Readonly<Record<Language, number>>;
  readonly context: TurnContext;
  readonly #options: BotOptions;

  constructor(context: TurnContext, turn: WorkingTurn, options: BotOptions) {
    this.context = context;
    this.#options = options;
    this.turn = turn;
    this.text = (context.activity.text ?? '').trim();
    this.memory = memoryOf(turn.conversation.memory);
    const { dialog } = this.memory;
    this.language = dialog
      ? spokenIn(this.text, dialog.language)
      : languageWithin(this.text, turn.conversation.language);
    this.t = texts[this.language];
    this.question = this.memory.question;
    this.offered = this.memory.offered ?? false;
    this.dialogs = options.dialogs;
    this.now = (options.now ?? Date.now)();
    this.#terms = options.terms?.() ?? shippedTerms;
    this.zone = this.#terms.rules.desk.timezone;
    this.#answerAt = (options.answerAt ?? (() => shippedRules.understanding.answerAt))();
    this.knowledge = options.understanding.current();
  }

  async say(text: string, buttons: readonly string[] = []): Promise<void> {
    await this.context.sendActivity({
      ...(buttons.length > 0 ? MessageFactory.suggestedActions([...buttons], text) : MessageFactory.text(text)),
      textFormat: 'markdown',
    });
  }

  remember(memory: Omit<Memory, 'question' | 'offered'>): void {
    this.turn.memory = toJson({
      ...memory,
      ...(this.question === undefined ? {} : { question: this.question }),
      ...(this.offered ? { offered: true } : {}),
    });
  }

  /** Two questions as the FAQ words them: what may have been meant, else its first ones. */
  examples(near: readonly Entry[]): string[] {
    const known = (near.length > 0 ? near : this.knowledge.entries).filter(
      (entry) => entry.questions[this.language]?.length,
    );
    return [...new Set(known.map((entry) => this.title(entry)))].slice(0, 2);
  }

  /**
   * The second question of a message that asks two: both cannot be likelier than not unless each was asked for itself. Undefined where
   * there is one question, or where the first would not be answered outright.
   */
  secondQuestion({ locale, matches: [first, second] }: Understood): Entry | undefined {
    if (!first || !second || first.confidence < this.#answerAt[locale] || second.confidence <= 0.5) return undefined;
    return this.knowledge.entry(second.id);
  }

  /** The entry's first phrasing in the visitor's language, as a title for a button. */
  title(entry: Entry): string {
    const { questions } = entry;
    return questions[this.language]?.[0] ?? questions.en?.[0] ?? questions.ja?.[0] ?? entry.id;
  }

  /**
   * Replies with an entry's answer and asks whether it helped; an entry that only has a dialog begins it.
   * @param also what else was asked in the same message: offered behind the answer.
   */
  async reply(entry: Entry, confidence: number, also?: Entry): Promise<void> {
    const hasAnswer = inLanguage(entry.answer, this.language) !== '';
    if (!hasAnswer && entry.dialog && (await startDialog(this, entry.dialog, { entry: entry.id }))) return;
    await this.sayAnswer(entry, confidence);
    // Who wants to be led through it need not first say that the answer was of no help.
    const buttons = [...guideTo(this, entry), ...(this.impatient ? [this.t.talkToPerson] : [])];
    if (also) {
      const title = this.title(also);
      await this.say(this.t.helpedAndAlso(title), [this.t.yes, this.t.no, title, ...buttons]);
    } else await this.say(this.t.helped, [this.t.yes, this.t.no, ...buttons]);
    this.remember({ pending: { kind: 'helped', entry: entry.id, ...ifKnown('also', also?.id) }, misses: 0 });
  }

  /** Replies with an entry's answer, in the other language where it must be. */
  async sayAnswer(entry: Entry, confidence: number): Promise<void> {
    const own = entry.answer[this.language];
    const text = own ?? `_${this.t.otherLanguageOnly}_\n\n${inLanguage(entry.answer, this.language)}`;
    this.turn.findings.push({ type: 'answered', entry: entry.id, confidence });
    const warranties = entry.tags.includes('warranty') ? this.#warranties() : '';
    await this.say(`${warranties}${text.trim()}`);
  }

  /** The day at the desk, ISO 8601. */
  today(): string {
    return isoDay(wallClock(this.now, this.zone));
  }

  /** What the customer's record says of each product's warranty, before what holds for everybody. */
  #warranties(): string {
    const { customer } = this.turn.conversation;
    const dated = (customer?.products ?? []).filter(({ warrantyUntil }) => warrantyUntil !== undefined);
    if (dated.length === 0) return '';
    const today = this.today();
    const lines = dated.map(
      ({ name, warrantyUntil: until = '' }) => `- ${this.t.warranty(name, until, until >= today)}`,
    );
    return `${this.t.yourWarranties}\n\n${lines.join('\n')}\n\n`;
  }

  /** Up to three entries to choose from, and "none of these". */
  async offerChoices(entries: readonly Entry[]): Promise<void> {
    const offered = entries.slice(0, 3);
    await this.say(this.t.choose, [...offered.map((entry) => this.title(entry)), this.t.noneOfThese]);
    this.remember({ pending: { kind: 'choose', entries: offered.map((entry) => entry.id) }, misses: 0 });
  }

  /**
   * Asks for a person: the ticket's number and the place in line are told in the same commit. Where nothing has been collected yet,
   * offers the questions besides, once. Where a case that was closed would be taken up again, the visitor is asked first whether it is
   * about that one. `end`: how the dialog ended that led here; `about`: what the visitor has said of that case.
   */
  async handOver(
    reason: HandoffReason,
    entry?: Entry,
    { end, about }: { readonly end?: Leads; readonly about?: 'same' | 'other' } = {},
  ): Promise<void> {
    leaveOpen(this);
    const closed = caseToGoOn(this.turn.conversation, this.now, this.#terms);
    if (closed?.closed && about === undefined) {
      const { tier, skills, priority } = end ?? {};
      await askWhichCase(this, ticketName(closed.number), closed.subject, {
        reason,
        ...ifKnown('entry', entry?.id),
        ...(end
          ? { end: { ...ifKnown('tier', tier), ...ifKnown('skills', skills), ...ifKnown('priority', priority) } }
          : {}),
      });
      return;
    }
    const { tries } = this.turn.conversation;
    const confidence =
      this.turn.findings.find((finding) => finding.type === 'matched')?.confidence ?? tries.at(-1)?.confidence;
    const shown = advised(this.turn.conversation);
    this.turn.handoff = {
      reason,
      ...(confidence === undefined ? {} : { confidence }),
      subject: this.question ?? '',
      ...ifKnown('tier', end?.tier ?? entry?.escalate?.tier ?? shown.tier),
      ...ifKnown('skills', end?.skills ?? entry?.escalate?.skills ?? shown.skills),
      ...ifKnown('priority', end?.priority),
      ...(about === 'other' ? { another: true } : {}),
    };
    const number = await this.turn.ticketNumber(about === 'other');
    const apology = {
      asked: '',
      error: '',
      intake: '',
      unsure: this.t.handoffUnsure,
      'not-helped': this.t.handoffNotHelped,
    }[reason];
    const why = end ? this.t.passedOn : apology;
    const staffing = await this.#options.staffing(this.turn.handoff.tier ?? 1);
    if (staffing.state !== 'open') {
      await this.#putOff(staffing, why, ticketName(number), end);
      return;
    }
    await this.say(this.t.after(why, this.t.queued(ticketName(number), staffing.waiting)), [this.t.stopWaiting]);
    this.remember({ misses: 0 });
    // Nobody's place in the queue waits for questions: they are answered while waiting, or not at all.
    if (!end) await offerQuestions(this);
  }

  /** Nobody takes it now: one message says so, with the number, the time it goes on, and what can be done meanwhile. */
  async #putOff(
    staffing: Exclude<Staffing, { state: 'open' }>,
    why: string,
    ticket: string,
    end?: Leads,
  ): Promise<void> {
    const { t } = this;
    const { state, opening } = staffing;
    const at = opening === undefined ? undefined : t.instant(opening, this.zone);
    const questions = end ? undefined : questionsFor(this);
    const buttons = [
      ...(this.dialogs?.get(leaveContact) ? [t.leaveContact] : []),
      ...(questions ? [t.startQuestions] : []),
      t.stopWaiting,
    ];
    await this.say(t.after(why, t[state](ticket, at)), buttons);
    this.offered ||= questions !== undefined;
    this.remember({ ...(questions ? { pending: questions } : {}), misses: 0 });
  }

  /** The visitor's browser as it names itself to the website's channel, at most 300 characters. */
  userAgent(): string | undefined {
    const told: unknown = (this.context.activity as { userAgent?: unknown }).userAgent;
    return typeof told === 'string' ? told.slice(0, 300) : undefined;
  }

  /** Neither letters nor digits: a file, a picture, a sign. */
  isWordless(): boolean {
    return languageOf(this.text) === undefined && !/\p{N}/u.test(this.text);
  }

  /** What a dialog's end says of a case that waits already. */
  knowMore(end: End): void {
    const { ticket } = this.turn.conversation;
    if (!ticket) return;
    this.turn.handoff = {
      reason: ticket.reason,
      subject: '',
      ...ifKnown('tier', end.tier),
      ...ifKnown('skills', end.skills),
      ...ifKnown('priority', end.priority),
    };
  }

  /** Where the waiting case stands, for its visitor: the place in line and the time it takes, as far as they are known. */
  async standing(): Promise<string> {
    const { t, turn } = this;
    const staffing = await this.#options.staffing(turn.conversation.ticket?.tier ?? 1);
    if (staffing.state !== 'open') {
      const opening = staffing.opening === undefined ? undefined : t.instant(staffing.opening, this.zone);
      return t.stillWaiting(this.ticket(), { state: staffing.state, opening });
    }
    const place = await this.#options.place?.(turn.conversation.id);
    return t.stillWaiting(this.ticket(), { state: 'open', ahead: place?.ahead, seconds: place?.seconds });
  }

  /** The open ticket's number as people read it. */
  ticket(): string {
    const { ticket } = this.turn.conversation;
    return isOpen(ticket) ? ticketName(ticket.number) : '';
  }
}

const ifKnown = <K extends string, V>(key: K, value: V | undefined): { readonly [k in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [k in K]?: V };

/** In a guided dialog held in one language whole sentences change it; a product's name, or a button's English word, does not. */
function spokenIn(text: string, held: Language): Language {
  const own = languageOf(text) ?? held;
  if (held !== 'ja' || own !== 'en') return own;
  return (text.match(/\p{Script=Latin}{2,}/gu)?.length ?? 0) > 3 ? own : held;
}
