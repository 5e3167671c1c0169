/** What an agent does with a case besides talking in it: the page's commands for that. Each is true, or not null, when it was done. */
import type { EscalationTarget } from '../../conversation/rules.ts';
import * as api from './api.ts';
import { ApiError } from './api.ts';
import type { Changes, TakenIn, Values } from './case-model.ts';
import { isOutdated } from './forms.ts';
import type { Means } from './means.ts';

export interface Cases {
  /** The same `clientId` again, after a failure, passes it on once. */
  escalate(to: EscalationTarget, reason: string, fields: Values, clientId: string): Promise<boolean>;
  edit(changes: Changes): Promise<boolean>;
  /** With fields that are to be filled in before. */
  resolve(code: string, summary: string, fields?: Values): Promise<boolean>;
  link(ticket: string): Promise<boolean>;
  merge(into: string): Promise<boolean>;
  /** Opens the case that was taken in. The same `clientId` again is the same case. */
  takeIn(told: TakenIn, clientId: string): Promise<boolean>;
  openTicket(ticket: string): Promise<void>;
  sendLetterAgain(conversation: string, message: string): Promise<void>;
  lookAfterDesk(): Promise<void>;
}

interface CasesMeans extends Means {
  readonly lookAfterDesk: () => Promise<void>;
}

/** What is invalid about another ticket is said in the agent's words: nothing else can be wrong with it. */
async function about<T>(code: string, doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'invalid') throw new ApiError(error.status, code, error.message);
    throw error;
  }
}

export function createCases({ store, command, trouble, epoch, open, lookAfterDesk }: CasesMeans): Cases {
  const { dispatch, get } = store;
  /** A form's command: where the rules have changed under it, they are read again. */
  const formCommand: Means['command'] = async (name, run) => {
    const done = await command(name, run);
    const { trouble: refusal } = get();
    if (!done && refusal && isOutdated(refusal.faults)) await lookAfterDesk();
    return done;
  };
  return {
    lookAfterDesk,
    escalate: (to, reason, fields, clientId) =>
      formCommand('escalate', (id) => api.escalate(id, { to, reason, fields, clientId }, epoch(id))),
    edit: (changes) => formCommand('edit', (id) => api.edit(id, changes)),
    resolve: (code, summary, fields) =>
      formCommand('resolve', async (id) => {
        if (fields) await api.edit(id, { fields });
        await api.resolve(id, { code, summary }, epoch(id));
      }),
    link: (ticket) => command('link', (id) => about('link-invalid', api.link(id, ticket))),
    merge: (into) => command('merge', (id) => about('merge-invalid', api.merge(id, into, epoch(id)))),
    async takeIn(told, clientId) {
      if (get().busy !== null) return false;
      dispatch({ type: 'busy', busy: 'new-case' });
      dispatch({ type: 'trouble', trouble: null });
      try {
        const item = await api.takeIn({ ...told, clientId });
        open(item.id);
        return true;
      } catch (error) {
        trouble(error, null);
        return false;
      } finally {
        dispatch({ type: 'busy', busy: null });
      }
    },
    async openTicket(ticket) {
      try {
        const item = await api.byTicket(ticket);
        if (!item) throw new ApiError(404, 'no-ticket', `There is no ${ticket}.`);
        open(item.id);
      } catch (error) {
        trouble(error, get().openId);
      }
    },
    async sendLetterAgain(conversation, message) {
      try {
        await api.sendLetterAgain(conversation, message);
      } catch (error) {
        trouble(error, conversation);
      }
      await lookAfterDesk();
    },
  };
}
