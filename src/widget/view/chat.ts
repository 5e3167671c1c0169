import { createContext } from 'preact';
import { useContext, useLayoutEffect, useState } from 'preact/hooks';
import type { ChatClient, Snapshot } from '../client.ts';
import type { Clock } from '../clock.ts';
import type { Say } from '../texts.ts';
import type { Suggestion } from '../typeahead.ts';

/** What every part of the screen may need. */
export interface Chat {
  readonly client: ChatClient;
  readonly say: Say;
  /** BCP 47: how dates and times are written. */
  readonly region: string;
  readonly clock: Clock;
  /** Questions that may be meant by what is typed so far. */
  readonly look: (typed: string) => Promise<readonly Suggestion[]>;
  /** Origins that the visitor's token may go to. */
  readonly origins: readonly string[];
  /** What the page wants the chat to be called; null: as the desk is called. */
  readonly name: string | null;
}

const ChatContext = createContext<Chat | null>(null);

export const ChatProvider = ChatContext.Provider;

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error('useChat is called outside of a ChatProvider');
  return chat;
}

/** The client's present picture; renders again when it changes. */
export function useSnapshot(client: ChatClient): Snapshot {
  const [snapshot, setSnapshot] = useState(() => client.snapshot());
  useLayoutEffect(() => {
    const show = () => setSnapshot(client.snapshot());
    show();
    return client.subscribe(show);
  }, [client]);
  return snapshot;
}
