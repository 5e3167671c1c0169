/** Messages to other systems that were given up: each with its case, its reason, and a way to send it again. */
import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useDesk, useDeskState, useSay } from '../context.ts';
import { targetText } from '../notices.ts';

export function DeadLetters(): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const letters = useDeskState((state) => state.deadLetters);
  if (letters.length === 0) return null;
  return (
    <>
      <h2>{say('deadLetters')}</h2>
      <ul data-testid="dead-letters">
        {letters.map(({ conversation, ticket, message, to, reason }) => (
          <li key={message}>
            {say('deadLetter', { ticket: ticket ?? conversation, team: targetText(to, say), reason })}{' '}
            <Button size="small" onClick={() => desk.open(conversation)}>
              {say('openLinked', { ticket: ticket ?? '' })}
            </Button>{' '}
            <Button size="small" onClick={() => void desk.sendLetterAgain(conversation, message)}>
              {say('sendLetterAgain')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
