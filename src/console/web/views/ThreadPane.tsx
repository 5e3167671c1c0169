/** The middle and right of the desk: one conversation with its actions, its talk, the reply box and its packet. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, Spinner } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { isTakenIn } from '../case-model.ts';
import { useDesk, useDeskState, useSay, useSurroundings } from '../context.ts';
import { Composer } from './Composer.tsx';
import { EditDialog } from './EditDialog.tsx';
import { PacketPane } from './PacketPane.tsx';
import { Calls } from './Standing.tsx';
import { ThreadHeader } from './ThreadHeader.tsx';
import { Timeline } from './Timeline.tsx';
import { troubleText } from './trouble.ts';
import { useMedia } from './useMedia.ts';

const wide = '(min-width: 1180px)';

export function ThreadPane({ id }: { readonly id: string | null }): ReactNode {
  const say = useSay();
  const desk = useDesk();
  const { preferences, prefer } = useSurroundings();
  const thread = useDeskState((state) => (id === null ? undefined : state.threads[id]));
  const unopened = useDeskState((state) => state.unopened);
  // Beside the thread the packet is a habit and kept; over it, on a narrow screen, it is a look.
  const [over, setOver] = useState(false);
  const isWide = useMedia(wide);
  const [editing, setEditing] = useState(false);
  const packetShown = isWide ? preferences.packet : over;
  const showPacket = (shown: boolean) => (isWide ? prefer({ packet: shown }) : setOver(shown));
  const edit = () => setEditing(true);

  if (id === null) {
    return (
      <section className="fl-thread fl-empty" id="thread" tabIndex={-1} aria-label={say('thread')}>
        <p>{say('pick')}</p>
        <Troubles />
      </section>
    );
  }
  if (!thread) {
    const failed = unopened?.id === id ? unopened : null;
    return (
      <section className="fl-thread fl-empty" id="thread" tabIndex={-1} aria-label={say('thread')}>
        {failed ? (
          <div role="alert">
            <p>{failed.code === 'not-found' || failed.code === 'http-404' ? say('notFound') : say('threadFailed')}</p>
            <Button onClick={() => void desk.refresh(id)}>{say('tryAgain')}</Button>{' '}
            <Button onClick={() => desk.open(null)}>{say('backToList')}</Button>
          </div>
        ) : (
          <Spinner label={say('loading')} />
        )}
      </section>
    );
  }
  return (
    <>
      <section
        className="fl-thread"
        id="thread"
        tabIndex={-1}
        aria-label={say('thread')}
        data-testid="thread"
        data-id={id}
      >
        <ThreadHeader
          item={thread.item}
          facts={thread.case}
          onEdit={edit}
          packetShown={packetShown}
          onPacket={() => showPacket(!packetShown)}
        />
        <Timeline thread={thread} />
        <Calls item={thread.item} />
        <Troubles />
        <Composer item={thread.item} reaches={!isTakenIn(thread.packet)} />
      </section>
      {packetShown && <PacketPane thread={thread} onEdit={edit} onClose={() => showPacket(false)} />}
      {editing && thread.case && (
        <EditDialog item={thread.item} facts={thread.case} onClose={() => setEditing(false)} />
      )}
    </>
  );
}

function Troubles(): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const trouble = useDeskState((state) => state.trouble);
  return (
    <div role="alert" className="fl-troubles">
      {trouble && (
        <MessageBar intent="warning" data-testid="trouble" data-code={trouble.code}>
          <MessageBarBody>{troubleText(trouble, say)}</MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={desk.dismiss}>
              {say('dismiss')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
    </div>
  );
}
