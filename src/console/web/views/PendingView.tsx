/** A reply that the log does not show yet: on its way, waiting for a connection, or refused and why. */
import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useDesk, useSay } from '../context.ts';
import type { Outgoing } from '../outbox.ts';
import { troubleText } from './trouble.ts';

export function PendingView({ reply }: { readonly reply: Outgoing }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const { state, clientId } = reply;
  const waits = state.kind === 'queued' && reply.attempts > 0;
  return (
    <li
      className="fl-said fl-by-agent fl-pending"
      data-testid="pending"
      data-state={state.kind}
      data-client-id={clientId}
    >
      <p className="fl-by">
        <b>{say('me')}</b>
        <span className="fl-quiet">
          {waits ? say('waitingToSend') : state.kind === 'refused' ? '' : say('sendingNow')}
        </span>
      </p>
      <p className="fl-words fl-plain">{reply.text}</p>
      {state.kind === 'refused' && (
        <p className="fl-refused" role="alert" data-testid="not-sent">
          <span>{say('notSent', { reason: troubleText(state.refusal, say) })}</span>
          <Button size="small" onClick={() => desk.retry(clientId)}>
            {say('sendAgain')}
          </Button>
          <Button size="small" appearance="subtle" onClick={() => desk.discard(clientId)}>
            {say('discard')}
          </Button>
        </p>
      )}
    </li>
  );
}
