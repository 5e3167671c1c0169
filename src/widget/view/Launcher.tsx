import type { Ref } from 'preact';
import { useChat } from './chat.ts';
import { ChatIcon } from './icons.tsx';

/** The button in the page's corner. Its name tells how much is unread; so does the badge. */
export function Launcher(props: {
  unread: number;
  hidden: boolean;
  onOpen: () => void;
  buttonRef: Ref<HTMLButtonElement>;
}) {
  const { say } = useChat();
  const { unread, hidden, onOpen, buttonRef } = props;
  return (
    <button
      ref={buttonRef}
      type="button"
      class="launcher"
      data-testid="launcher"
      hidden={hidden}
      aria-label={unread > 0 ? say('openUnread', { count: unread }) : say('open')}
      aria-expanded={!hidden ? 'false' : 'true'}
      onClick={onOpen}
    >
      <ChatIcon />
      <span class="launcher-label">{say('launcher')}</span>
      {unread > 0 && (
        <span class="badge" data-testid="unread">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </button>
  );
}
