import type { DeskState } from '../activity.ts';
import type { Signal } from '../link.ts';
import type { Say } from '../texts.ts';
import { useChat } from './chat.ts';
import { CloseIcon, Mark } from './icons.tsx';
import { Menu } from './Menu.tsx';

/** Who the visitor is talking to, in a name and a line. */
function whoIs(desk: DeskState, own: string | null, say: Say): { name: string; line: string } {
  switch (desk.phase) {
    case 'bot':
      return { name: own ?? desk.name ?? say('assistant'), line: say('assistantLine') };
    case 'queued':
      return { name: say('queuedTitle'), line: say('queuedLine') };
    case 'human':
      return { name: desk.agent ?? say('agentUnnamed'), line: say('agentLine') };
    case 'outside':
      return { name: say('outsideTitle'), line: say('outsideLine') };
    case 'closed':
      return { name: say('closedTitle'), line: say('closedLine') };
  }
}

function Avatar({ desk }: { desk: DeskState }) {
  if (desk.phase === 'human' && desk.agent) {
    return (
      <span class="avatar" aria-hidden="true">
        {[...desk.agent][0]}
      </span>
    );
  }
  return (
    <span class="avatar" aria-hidden="true">
      {desk.phase === 'queued' ? <i class="wait" /> : <Mark />}
    </span>
  );
}

export function Header(props: {
  desk: DeskState;
  signal: Signal;
  onPerson: () => void;
  onStopWaiting: () => void;
  onSave: () => void;
  onClose: () => void;
}) {
  const { say, name: own } = useChat();
  const { desk, signal } = props;
  const { name, line } = whoIs(desk, own, say);
  return (
    <div class="header">
      <Avatar desk={desk} />
      <div class="who" aria-live="polite">
        <h2 data-testid="who">{name}</h2>
        <p>
          {signal === 'online' && (
            <span class="lamp" role="img" data-testid="online" aria-label={say('online')} title={say('online')} />
          )}
          {line}
        </p>
      </div>
      <Menu phase={desk.phase} onPerson={props.onPerson} onStopWaiting={props.onStopWaiting} onSave={props.onSave} />
      <button type="button" class="icon" data-testid="close" aria-label={say('close')} onClick={props.onClose}>
        <CloseIcon />
      </button>
    </div>
  );
}
