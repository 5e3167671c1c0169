/** How a case changes hands: the page's commands for taking it, giving it on, asking about it and giving it back. */
import * as api from './api.ts';
import type { Means } from './means.ts';
import type { TransferTarget, View } from './model.ts';

export interface Hands {
  take(): Promise<void>;
  takeNext(): Promise<'taken' | 'none' | 'failed'>;
  release(): Promise<void>;
  accept(id: string): Promise<void>;
  decline(id: string): Promise<void>;
  transfer(to: TransferTarget, note: string): Promise<boolean>;
  consult(agent: string, note: string): Promise<boolean>;
  /** The advice that was asked for is given. */
  advise(): Promise<void>;
  giveBack(): Promise<void>;
  reopen(): Promise<void>;
}

interface HandsMeans extends Means {
  readonly setView: (view: View) => void;
  readonly reloadNow: () => void;
}

export function createHands({ store, command, trouble, epoch, open, setView, reloadNow }: HandsMeans): Hands {
  const { dispatch, get } = store;
  async function take(): Promise<void> {
    await command('take', async (id) => {
      const { epoch: claimed } = await api.claim(id);
      dispatch({ type: 'claimed', id, epoch: claimed });
      // It has left this list; the agent finds it, and what else is theirs, where it went.
      if (get().view === 'waiting' && !get().query) setView('mine');
    });
  }
  return {
    take,
    async takeNext() {
      if (get().busy !== null) return 'failed';
      dispatch({ type: 'busy', busy: 'next' });
      dispatch({ type: 'trouble', trouble: null });
      try {
        const item = await api.next();
        if (!item) return 'none';
        setView('mine');
        open(item.id);
        reloadNow();
        return 'taken';
      } catch (error) {
        trouble(error, null);
        return 'failed';
      } finally {
        dispatch({ type: 'busy', busy: null });
      }
    },
    async release() {
      await command('release', (id) => api.release(id, epoch(id)));
    },
    async accept(id) {
      open(id);
      await take();
    },
    async decline(id) {
      try {
        await api.decline(id);
      } catch (error) {
        trouble(error, id);
      }
      reloadNow();
    },
    transfer: (to, note) => command('transfer', (id) => api.transfer(id, to, note, epoch(id))),
    consult: (agent, note) => command('consult', (id) => api.consult(id, agent, note, epoch(id))),
    async advise() {
      await command('advise', api.advise);
    },
    async giveBack() {
      await command('give-back', (id) => api.giveBack(id, epoch(id)));
    },
    async reopen() {
      await command('reopen', api.reopen);
    },
  };
}
