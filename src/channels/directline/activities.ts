/** A conversation's activities over plain requests: what was said since a watermark, and one more. */
import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { Request, Response } from 'restify';
import type { Event } from '../../conversation/event.ts';
import type { Store } from '../../store/store.ts';
import { type Callers, idOf, queryOf } from '../caller.ts';
import { readJson, sendJson } from '../http.ts';
import { keyOf, postedActivity } from '../posted.ts';
import type { Streams } from '../streams.ts';
import { stateActivity } from '../visitor-state.ts';
import { activityFor, activityId, hubActivityFor } from '../wire.ts';
import { fileUrls, watermarkOf } from './addresses.ts';
import { grantOf, type VisitorTurns } from './turns.ts';

export interface ActivityOptions {
  readonly store: Store;
  readonly callers: Callers;
  readonly turns: VisitorTurns;
  readonly streams: Streams;
  readonly publicUrl: string | undefined;
}

/** Events read for one answer, at most; the client asks on from its watermark. */
const pageSize = 500;

export class Activities {
  readonly #o: ActivityOptions;

  constructor(options: ActivityOptions) {
    this.#o = options;
  }

  async poll(request: Request, response: Response): Promise<void> {
    const caller = await this.#o.callers.callerFor(request);
    const id = idOf(request);
    const after = watermarkOf(queryOf(request).get('watermark'));
    const events = await this.#o.store.history(id, after, pageSize);
    const token = caller.kind === 'visitor' ? caller.token : '';
    const fileUrl = fileUrls(request, this.#o.publicUrl, id, token);
    // Who holds the desk's secret is a hub of the company; the visitor's own client never gets these.
    const forHub = (event: Event) => (caller.kind === 'server' ? hubActivityFor(id, event) : undefined);
    const activities = events.flatMap((event) => activityFor(id, event, fileUrl) ?? forHub(event) ?? []);
    // Who cannot have a socket asks for what the socket would have told beside the log.
    const state = queryOf(request).has('state') ? await this.#o.streams.stateOf(id) : undefined;
    if (state) activities.push(stateActivity(id, state));
    sendJson(response, 200, { activities, watermark: String(events.at(-1)?.version ?? after) });
  }

  async post(request: Request, response: Response): Promise<void> {
    const caller = await this.#o.callers.callerFor(request);
    const activity = postedActivity(await readJson(request));
    const grant = grantOf(caller, idOf(request), activity);
    if (activity.type === 'typing') {
      const id = `${grant.conversation}|t-${randomUUID()}`;
      const by = { role: 'visitor', id: grant.user } as const;
      await this.#o.store.signal({
        type: 'typing',
        conversation: grant.conversation,
        id,
        by,
        ...(activity.channelData ? { channelData: activity.channelData } : {}),
      });
      sendJson(response, 200, { id });
      return;
    }
    const outcome = await this.#o.turns.run(request, grant, {
      posted: activity as Partial<Activity>,
      key: keyOf(activity),
      name: activity.from?.name ?? '',
    });
    sendJson(response, 200, { id: activityId(grant.conversation, outcome.version) });
  }
}
