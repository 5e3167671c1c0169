/**
 * One adapter for the website and for Bot Framework channels: the stock CloudAdapter authenticates, its middleware runs the turn,
 * and what the bot sends is collected instead of sent.
 */
import { type Activity, CloudAdapter, type InvokeResponse, type ResourceResponse, type TurnContext } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationError,
  type BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorFactory,
} from 'botframework-connector';
import { contentOf } from './content.ts';
import type { Arrival, Outcome, TurnMiddleware } from './turn.ts';
import { workingTurn } from './working-turn.ts';

/** A token that does not hold. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
}

const tokenFaults = ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'];

export type Logic = (context: TurnContext) => Promise<void>;

export class DeskAdapter extends CloudAdapter {
  readonly #turns: TurnMiddleware;

  constructor(authentication: BotFrameworkAuthentication, turns: TurnMiddleware) {
    super(authentication);
    this.#turns = turns;
    this.use(turns);
  }

  /** A turn for an activity whose sender the website channel has authenticated. */
  async websiteTurn(activity: Activity, arrival: Arrival, logic: Logic): Promise<Outcome> {
    this.#turns.expect(activity, arrival);
    const identity = new ClaimsIdentity([], true);
    await this.processActivity(
      { audience: '', claimsIdentity: identity, connectorFactory: unconnected },
      activity,
      logic,
    );
    return this.#turns.outcome(activity);
  }

  /**
   * A turn for an activity of a Bot Framework channel.
   * @param authorization the request's Authorization header.
   * @throws Unauthenticated; then there was no turn.
   */
  async connectorTurn(
    authorization: string,
    activity: Activity,
    arrival: Arrival,
    logic: Logic,
  ): Promise<InvokeResponse | undefined> {
    const proven = await this.authenticate(authorization, activity);
    this.#turns.expect(activity, arrival);
    return await this.processActivity(proven, activity, logic);
  }

  /** @throws Unauthenticated when the token does not prove that the channel sent the activity. */
  async authenticate(authorization: string, activity: Activity): Promise<AuthenticateRequestResult> {
    try {
      return await this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
    } catch (error) {
      // The library throws its own error for some faults of a token and its verifier's for others.
      const reason = error instanceof Error ? error : new Error(String(error));
      if (reason instanceof AuthenticationError || tokenFaults.includes(reason.name))
        throw new Unauthenticated(reason.message);
      throw error;
    }
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const turn = workingTurn(context);
    return activities.map((activity) => {
      // Typing and traces are for a bot that speaks while it thinks; a turn ends before either could be seen.
      if (activity.type === 'message') turn.replies.push(contentOf(activity));
      return { id: '' };
    });
  }
}

/** Website turns have nobody to call: replies are read from the log. */
const unconnected = {
  create: async () => ({}),
} as unknown as ConnectorFactory;
