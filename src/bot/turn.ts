/**
 * The turn, as Bot Framework middleware: load → run the bot, collecting what it sends → one commit. On conflict, again. A redelivered
 * activity meets its own key in the state and gets the first result. Nothing leaves before the commit; followers of the feed deliver.
 */
import { randomUUID } from 'node:crypto';
import type { Activity, Middleware, TurnContext } from 'botbuilder';
import { type Command, decide, type Open } from '../conversation/conversation.ts';
import { record } from '../conversation/fold.ts';
import { caseToGoOn } from '../conversation/handoff.ts';
import { languageWithin } from '../conversation/language.ts';
import type { TitleOf } from '../conversation/packet.ts';
import { firstResult } from '../conversation/seen.ts';
import type { Conversation } from '../conversation/state.ts';
import type { Terms, World } from '../conversation/world.ts';
import { commitDecided, untilCommitted } from '../desk/commit.ts';
import { shippedTerms } from '../desk/terms.ts';
import { LimitReached, type Store, Unavailable, Unreadable, VersionConflict } from '../store/store.ts';
import { inboundEvent } from './content.ts';
import { initiation } from './handoff-event.ts';
import { maskActivity } from './masking.ts';
import { texts } from './texts.ts';
import { setWorkingTurn, type TicketNumber, WorkingTurn } from './working-turn.ts';

/** What a channel must say for a turn to run. */
export interface Arrival {
  /** The conversation's id in the log. */
  readonly conversation: string;
  /** Idempotence key within the conversation; absent where the channel gives none. */
  readonly key?: string;
  /** How to open the conversation if this is its first activity. */
  readonly open: Open;
}

export interface Outcome {
  /** Version of what came in; 0 when the activity left nothing in the log. */
  readonly version: number;
  readonly repeated: boolean;
}

export interface TurnLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface TurnOptions {
  readonly store: Store;
  readonly log: TurnLog;
  /** Asked at each decision, for they may be edited. Left out: as shipped. */
  readonly terms?: () => Terms;
  /** ms since 1970. Left out: the engine's time. */
  readonly now?: () => number;
  /** Names FAQ entries in what goes with a hand-off; by id where left out. */
  readonly titleOf?: TitleOf;
  /** Told of each turn that ended, for the figures. */
  readonly onTurn?: (route: string, seconds: number) => void;
  /** Told of each conversation after its turn was committed; must neither throw nor take time. */
  readonly onCommitted?: (conversation: Conversation) => void;
}

export class TurnMiddleware implements Middleware {
  readonly #store: Store;
  readonly #log: TurnLog;
  readonly #terms: () => Terms;
  readonly #now: () => number;
  readonly #titleOf: TitleOf;
  readonly #onTurn: (route: string, seconds: number) => void;
  readonly #onCommitted: (conversation: Conversation) => void;
  readonly #arrivals = new WeakMap<object, Arrival>();
  readonly #outcomes = new WeakMap<object, Outcome>();

  constructor({
    store,
    log,
    terms = () => shippedTerms,
    now = () => store.now(),
    titleOf = () => undefined,
    onTurn = () => {},
    onCommitted = () => {},
  }: TurnOptions) {
    this.#store = store;
    this.#log = log;
    this.#terms = terms;
    this.#now = now;
    this.#titleOf = titleOf;
    this.#onTurn = onTurn;
    this.#onCommitted = onCommitted;
  }

  /** Tells the turn where an activity belongs; to be called before the adapter processes it. */
  expect(activity: Partial<Activity>, arrival: Arrival): void {
    this.#arrivals.set(activity, arrival);
  }

  /** What became of an activity whose turn has ended. */
  outcome(activity: Partial<Activity>): Outcome {
    const outcome = this.#outcomes.get(activity);
    if (!outcome) throw new Error('This activity has had no turn.');
    return outcome;
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const activity = context.activity;
    maskActivity(activity, this.#terms().rules.logs);
    const arrival = this.#arrivals.get(activity);
    if (!arrival) throw new Error('The channel did not say where this activity belongs.');
    const started = performance.now();
    const key = arrival.key ?? randomUUID();
    let attempts = 0;
    let ticket: number | undefined;
    const reserveTicket = async (): Promise<number> => {
      ticket ??= await this.#store.reserve('ticket');
      return ticket;
    };
    const { outcome, turn, version } = await untilCommitted(this.#store, arrival.conversation, async (found) => {
      attempts++;
      const at = this.#now();
      const first = firstResult(found, key);
      if (first !== undefined)
        return { outcome: { version: first, repeated: true }, turn: undefined, version: found.version };
      const world: World = { ...this.#terms(), now: at, notices: texts, by: { role: 'desk' } };
      const opening = decide(found, found.version === 0 ? arrival.open : reached(arrival.open), world);
      const c = record(found, opening, at).next;
      const ticketNumber: TicketNumber = async (another) =>
        caseToGoOn(c, at, world, another)?.number ?? (await reserveTicket());
      const turn = await this.#run(context, new WorkingTurn(c, inboundEvent(activity, c.language), ticketNumber), next);
      const command = turn.toCommand();
      const settled = [
        ...opening,
        ...(command ? decide(c, command, { ...world, ...(ticket ? { nextTicket: ticket } : {}) }) : []),
      ];
      const sources = { store: this.#store, titleOf: this.#titleOf };
      const decided = [...settled, ...(await initiation(sources, found, settled, at, context))];
      if (decided.length === 0) return { outcome: { version: 0, repeated: false }, turn, version: c.version };
      // What came in stands right behind the opening; a redelivery is told its version.
      const after = await commitDecided(this.#store, found, decided, { at, key, keyOn: opening.length });
      this.#onCommitted(after);
      return {
        outcome: { version: found.version + 1 + opening.length, repeated: false },
        turn,
        version: after.version,
      };
    });
    this.#outcomes.set(activity, outcome);
    const ms = performance.now() - started;
    const route = outcome.repeated ? 'repeated' : (turn?.route ?? 'none');
    this.#onTurn(route, ms / 1000);
    const matched = turn?.findings.find((finding) => finding.type === 'matched');
    const answered = turn?.findings.find((finding) => finding.type === 'answered');
    this.#log.info(
      {
        conversation: arrival.conversation,
        activity: activity.type,
        route,
        ...(answered ? { entry: answered.entry } : {}),
        ...(matched ? { confidence: matched.confidence } : {}),
        version,
        attempts,
        ms: Math.round(ms * 10) / 10,
      },
      'turn',
    );
  }

  /** Runs the bot once on what was read. A fault of the bot becomes one honest sentence and the way to a person. */
  async #run(context: TurnContext, turn: WorkingTurn, next: () => Promise<void>): Promise<WorkingTurn> {
    setWorkingTurn(context, turn);
    try {
      await next();
      return turn;
    } catch (error) {
      if (isStoreError(error)) throw error;
      this.#log.error({ conversation: turn.conversation.id, route: turn.route, error }, 'the bot failed in a turn');
      return apology(turn);
    }
  }
}

/** What the visitor gets instead of a turn that failed: nothing the bot had gathered is kept but what came in. */
function apology({ conversation: c, inbound, ticketNumber }: WorkingTurn): WorkingTurn {
  const turn = new WorkingTurn(c, inbound, ticketNumber);
  turn.route = 'error';
  turn.memory = null;
  if (c.phase.at === 'bot' || c.phase.at === 'closed') {
    const language = inbound?.type === 'message' ? languageWithin(inbound.text ?? '', c.language) : c.language;
    const t = texts[language];
    turn.replies.push({ text: t.trouble, suggestedActions: [{ title: t.talkToPerson, value: t.talkToPerson }] });
  }
  return turn;
}

/** A later activity of the channel may bring a newer way to reach the visitor. */
const reached = ({ channel }: Open): Command => ({ type: 'reach', channel });

const isStoreError = (error: unknown): boolean =>
  error instanceof VersionConflict ||
  error instanceof Unavailable ||
  error instanceof Unreadable ||
  error instanceof LimitReached;
