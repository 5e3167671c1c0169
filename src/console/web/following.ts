/** What the service tells of while the page is open, taken into the state: a log that grew, who writes, who looks on, who is there. */
import * as api from './api.ts';
import { follow } from './events.ts';
import type { DeskEvent } from './model.ts';
import type { Reader } from './reader.ts';
import type { Action, State } from './state.ts';
import type { Store } from './store.ts';

/** Typing is shown for 6 s after it was last told. */
const typingShownMs = 6_000;
/** Who looks at a case tells so at each beat (15 s); one missed is no end of it. */
const viewingShownMs = 35_000;

export interface Following {
  begin(): void;
  end(): void;
  /** Reads everything anew: what happened meanwhile is not known. */
  catchUp(): void;
  /** Colleagues see who else looks at a case. */
  tellViewing(): void;
}

interface Means {
  readonly store: Store<State, Action>;
  readonly reader: Pick<Reader, 'reload' | 'refresh' | 'lookAfterDesk'>;
  /** Replies that wait are sent now. */
  readonly hasten: () => void;
  /** The stream was refused: whether the session still stands is to be found out. */
  readonly refused: () => void;
}

export function createFollowing({ store, reader, hasten, refused }: Means): Following {
  const { dispatch, get } = store;
  const { reload, refresh, lookAfterDesk } = reader;

  function tellViewing(): void {
    const { openId, session } = get();
    if (openId === null || session !== 'in' || document.hidden) return;
    api.viewing(openId).catch((error) => console.warn('firstline: viewing not told', error));
  }

  /** The service asks whether this agent is there; an answer that is lost is made good by the next. */
  function answerBeat(): void {
    dispatch({ type: 'looked-away', now: Date.now() });
    api.alive().catch((error) => console.warn('firstline: a beat was not answered', error));
    tellViewing();
  }

  function happened(event: DeskEvent): void {
    const { me, openId } = get();
    if ('presence' in event) {
      if (event.agent === me?.name) dispatch({ type: 'presence', presence: event.presence });
      return;
    }
    if ('by' in event) {
      if (event.by.name === me?.name) return;
      if (event.type === 'viewing') {
        dispatch({ type: 'viewing', id: event.conversation, by: event.by, until: Date.now() + viewingShownMs });
        return;
      }
      if (event.type !== 'typing') return;
      const until = Date.now() + typingShownMs;
      dispatch({ type: 'writing', id: event.conversation, by: event.by, until });
      setTimeout(() => dispatch({ type: 'still', now: Date.now() }), typingShownMs + 50);
      return;
    }
    const { type, conversation: id, state, ticket, owner } = event;
    if (type === 'webhook-failed' || type === 'webhook-retried') void lookAfterDesk();
    dispatch({ type: 'moved', id, state, ticket, owner });
    dispatch({ type: 'still', now: Number.POSITIVE_INFINITY, id });
    if (id === openId) void refresh(id);
    reload();
  }

  function catchUp(): void {
    reload();
    void lookAfterDesk();
    const { openId } = get();
    if (openId !== null) void refresh(openId);
  }

  /** Asks whether the service is there before reading everything from it; while it is away, the header says so already. */
  async function lookWithoutStream(): Promise<void> {
    if (document.hidden) return;
    try {
      dispatch({ type: 'me', me: await api.me() });
      catchUp();
    } catch (error) {
      console.warn('firstline: no stream, and no answer', error);
    }
  }

  let unfollow = () => {};
  return {
    begin() {
      unfollow();
      unfollow = follow('/console/api/events?beats=1', {
        connection: (connection) => dispatch({ type: 'connection', connection }),
        opened: () => {
          catchUp();
          hasten();
        },
        event: happened,
        refused,
        beat: answerBeat,
        refresh: catchUp,
        blind: () => void lookWithoutStream(),
      });
    },
    end: () => unfollow(),
    catchUp,
    tellViewing,
  };
}
