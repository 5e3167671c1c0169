/**
 * Cases that leave the desk, told to the team's own system by a signed webhook (standardwebhooks.com), and what that system says of them
 * later. Out: the message stands in the conversation's outbox until it is taken, tried again with growing pauses, under one id at every
 * attempt; given up, it is a dead letter that the console shows. In: `POST /tickets/:number/updates`, signed with the same secret.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Response, Server } from 'restify';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { z } from 'zod';
import { type OutsideTeam, outsideTeams, updateStatuses } from '../conversation/escalation.ts';
import type { Event } from '../conversation/event.ts';
import { nextSending, type OutboxEvent, type Outgoing } from '../conversation/outbox.ts';
import { Rejected } from '../conversation/rejected.ts';
import type { DeskRules, EscalationTarget } from '../conversation/rules.ts';
import type { Conversation, Json } from '../conversation/state.ts';
import { numberOfTicket, ticketName } from '../conversation/ticket-name.ts';
import { whileHolding } from '../desk/alone.ts';
import type { Desk } from '../desk/desk.ts';
import { conversationIdOf } from '../desk/tickets.ts';
import { type Announcement, type Store, Unreadable } from '../store/store.ts';
import { HttpError, handle, parseJson, readBody } from './http.ts';
import { type Pace, Pacer } from './pace.ts';

export interface WebhookOptions {
  readonly store: Store;
  readonly desk: Desk;
  readonly log: Logger;
  readonly rules: () => DeskRules;
  /** The secret a rule names; undefined where it is not set. */
  readonly secretOf: (name: string) => string | undefined;
  /** What goes with the case. */
  readonly caseOf: (c: Conversation, timeline: readonly Event[]) => { readonly [key: string]: Json };
  /** Where the service is reached; undefined: the team is told no address to answer at. */
  readonly publicUrl: string | undefined;
  readonly now?: () => number;
}

/** Waits before each further attempt, ms; about a day in all. */
const pauses = [5, 30, 300, 1_800, 7_200, 18_000, 36_000, 36_000].map((seconds) => seconds * 1_000);
/** How long a system may take to answer, ms; within the lease. */
const patience = 10_000;
/** One process at a time sends for a conversation; one that died holds it for this long, ms. */
const lease = 30_000;
/** Events of the log that go along, the newest. */
const longestTimeline = 1_000;
/** An update is a sentence or two. */
const largestUpdate = 64 * 1024;
/** Characters of an update's id, which the conversation remembers. */
const longestId = 200;

export class WebhookWorker {
  readonly #o: WebhookOptions;
  readonly #now: () => number;
  readonly #process = randomUUID();
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: WebhookOptions) {
    this.#o = options;
    this.#now = options.now ?? (() => options.store.now());
  }

  announced({ conversation, types }: Announcement): void {
    const told = Array.isArray(types) ? types : [];
    if (told.includes('escalated') || told.includes('webhook-retried')) void this.deliver(conversation);
  }

  /** Resolves when nothing is under way here any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Sends what is due, if no other process does. Never rejects. */
  deliver(id: string): Promise<void> {
    const under = this.#running.get(id);
    if (under) return under;
    const run = this.#deliver(id)
      .catch((error: unknown) => {
        // Who cannot be read is named by the delivery worker, which looks at whatever is due too.
        if (!(error instanceof Unreadable))
          this.#o.log.warn({ error, conversation: id }, 'a team could not be told now; the sweeper comes back to it');
      })
      .finally(() => this.#running.delete(id));
    this.#running.set(id, run);
    return run;
  }

  async #deliver(id: string): Promise<void> {
    if (!(await this.#isDue(id))) return;
    const held = { kind: 'telling', id, owner: this.#process, lasts: lease };
    await whileHolding(this.#o.store, held, async () => {
      for (let letter = await this.#isDue(id); letter; letter = await this.#isDue(id)) await this.#send(id, letter);
    });
  }

  async #isDue(id: string): Promise<Outgoing | undefined> {
    const [c] = await this.#o.store.load([id]);
    const at = c && nextSending(c);
    if (at === undefined || at > this.#now()) return undefined;
    return c?.outbox?.find(({ nextAt }) => nextAt === at);
  }

  async #send(id: string, letter: Outgoing): Promise<void> {
    const failure = await this.#attempt(id, letter);
    const { failures, to } = letter;
    if (failure === undefined) {
      await this.#report(id, { type: 'webhook-sent', id: letter.id, to }, `sent:${letter.id}`);
      return;
    }
    const pause = failure.isFinal ? undefined : pauses[failures];
    const again = pause === undefined ? {} : { nextAt: this.#now() + pause };
    const { reason } = failure;
    this.#o.log.warn(
      { conversation: id, team: to, reason, failures, final: pause === undefined },
      'a team was not told',
    );
    await this.#report(
      id,
      { type: 'webhook-failed', id: letter.id, to, reason, ...again },
      `unsent:${letter.id}:${letter.nextAt}`,
    );
  }

  /** @returns why it was not taken; undefined when it was. */
  async #attempt(
    id: string,
    { id: messageId, to }: Outgoing,
  ): Promise<{ reason: string; isFinal: boolean } | undefined> {
    const hook = this.#o.rules().escalation[to].webhook;
    if (!hook) return { reason: 'desk.yaml has no webhook for this team', isFinal: true };
    const secret = this.#o.secretOf(hook.secret);
    if (!secret) return { reason: `${hook.secret} is not set`, isFinal: true };
    const signer = signerWith(secret);
    if (!signer) return { reason: `${hook.secret} is not base64`, isFinal: true };
    const body = JSON.stringify(await this.#bodyFor(id, to));
    const at = new Date(this.#now());
    try {
      const response = await fetch(hook.url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'User-Agent': 'firstline',
          'webhook-id': messageId,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': signer.sign(messageId, at, body),
        },
        body,
        // Where it was sent is where the rules say; nobody else is handed the case.
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      });
      await response.body?.cancel();
      if (response.ok) return undefined;
      return { reason: `HTTP ${response.status}`, isFinal: response.status === 410 };
    } catch (error) {
      return { reason: reasonOf(error), isFinal: false };
    }
  }

  async #bodyFor(id: string, to: EscalationTarget): Promise<Json> {
    const { store, caseOf, publicUrl } = this.#o;
    const [c] = await store.load([id]);
    if (!c?.ticket) throw new Error(`Conversation ${id} has no case to tell of.`);
    const first = Math.max(c.ticket.version - 1, c.version - longestTimeline, 0);
    const timeline = await store.history(id, first, longestTimeline);
    const name = ticketName(c.ticket.number);
    const { escalation } = c.ticket;
    return {
      type: 'ticket.escalated',
      timestamp: new Date(this.#now()).toISOString(),
      data: {
        ticket: name,
        to,
        reason: escalation?.reason ?? '',
        fields: escalation?.fields ?? {},
        updates: publicUrl ? `${publicUrl}/tickets/${name}/updates` : null,
        ...caseOf(c, timeline),
      },
    };
  }

  async #report(id: string, event: OutboxEvent, key: string): Promise<void> {
    await this.#o.desk.execute(id, { type: 'report-sending', event }, { role: 'desk' }, key);
  }
}

/** Undefined for what cannot be a secret: base64, `whsec_` before it or not. */
function signerWith(secret: string): Webhook | undefined {
  try {
    return new Webhook(secret);
  } catch {
    // The library says no more of it than that it could not be read.
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : 'no connection';
}

const update = z.strictObject({
  status: z.enum(updateStatuses),
  /** For the visitor and the desk to read. */
  text: z.string().max(4_000).default(''),
});

/** Signed updates that are taken: of a team, and of one ticket, whose visitor reads each. A system gone wild must not flood them. */
const teamPace: Pace = { burst: 200, every: 200 };
const ticketPace: Pace = { burst: 10, every: 10_000 };

/**
 * `POST /tickets/:number/updates`: 204 taken (again under its `webhook-id`: no further effect), 401 the signature does not hold, 429 too
 * many. Only what is signed is counted, so nobody else can use up a team's share.
 */
export function mountUpdates(
  server: Server,
  { store, desk, log, rules, secretOf, now = Date.now }: WebhookOptions,
): void {
  const teams = new Pacer(teamPace);
  const tickets = new Pacer(ticketPace);
  const pace = (response: Response, pacer: Pacer, key: string): void => {
    const wait = pacer.take(key, now());
    if (wait === 0) return;
    const seconds = Math.ceil(wait / 1_000);
    response.setHeader('Retry-After', seconds);
    throw new HttpError(429, 'too-many', 'Too many updates. Send it again, under its id, when the time is over.', {
      retryAfter: seconds,
    });
  };
  server.post(
    '/tickets/:number/updates',
    handle(log, async (request, response) => {
      const body = await readBody(request, largestUpdate);
      const team = teamThatSigned(body, request.headers as Record<string, string>, rules(), secretOf);
      pace(response, teams, team);
      const number = numberOfTicket(String(request.params.number));
      const id = number === undefined ? undefined : await conversationIdOf(store, number);
      if (!id) throw new HttpError(404, 'not-found', 'There is no such ticket.');
      const parsed = update.safeParse(parseJson(body.toString('utf8'), 'The body'));
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new HttpError(
          422,
          'invalid',
          `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not understood'}`,
          {
            allowed: [...updateStatuses],
          },
        );
      }
      const messageId = String(request.headers['webhook-id']);
      if (messageId.length > longestId)
        throw new HttpError(422, 'invalid', `webhook-id: at most ${longestId} characters.`);
      pace(response, tickets, id);
      const key = `update:${messageId}`;
      try {
        await desk.execute(id, { type: 'update', from: team, ...parsed.data }, { role: 'desk' }, key);
      } catch (error) {
        if (error instanceof Rejected && error.code === 'not-open') throw new HttpError(409, 'closed', error.message);
        throw error;
      }
      response.writeHead(204, { 'Cache-Control': 'no-store' });
      response.end();
    }),
  );
}

/** @throws HttpError 401 when no team's secret made the signature, or it is older than five minutes. */
function teamThatSigned(
  body: Buffer,
  headers: Record<string, string>,
  rules: DeskRules,
  secretOf: WebhookOptions['secretOf'],
): OutsideTeam {
  const team = outsideTeams.find((one) => {
    const hook = rules.escalation[one].webhook;
    const secret = hook && secretOf(hook.secret);
    return secret ? isSigned(body, headers, secret) : false;
  });
  if (!team) throw new HttpError(401, 'unauthorized', 'The signature does not hold.');
  return team;
}

function isSigned(body: Buffer, headers: Record<string, string>, secret: string): boolean {
  const signer = signerWith(secret);
  // The secret of one team, mistyped, must not shut out the others.
  if (!signer) return false;
  try {
    signer.verify(body, headers, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}
