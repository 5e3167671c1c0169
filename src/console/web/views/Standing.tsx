/** What an agent must see of a case at a glance: that its visitor waits for an answer, that advice is asked, and who else looks at it. */
import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useDesk, useDeskState, useSay } from '../context.ts';
import type { Item } from '../model.ts';

export function Calls({ item }: { readonly item: Item }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const me = useDeskState((state) => state.me?.name);
  const busy = useDeskState((state) => state.busy) !== null;
  const isAsked = item.consulted.some(({ name }) => name === me);
  return (
    <div role="status" className="fl-calls">
      {item.reminded && item.owner?.name === me && (
        <MessageBar intent="warning" data-testid="reminded">
          <MessageBarBody>{say('answerOwed')}</MessageBarBody>
        </MessageBar>
      )}
      {isAsked && (
        <MessageBar data-testid="asked">
          <MessageBarBody>{say('adviceAsked', { name: item.owner?.displayName ?? say('somebody') })}</MessageBarBody>
          <MessageBarActions>
            <Button size="small" disabled={busy} onClick={() => void desk.advise()} data-testid="advise">
              {say('adviceGiven')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
    </div>
  );
}

/** Colleagues who have the case before their eyes now. */
export function Viewers({ id }: { readonly id: string }): ReactNode {
  const say = useSay();
  const viewing = useDeskState((state) => state.viewing[id]);
  const names = Object.values(viewing ?? {}).map(({ by }) => by.displayName ?? by.name ?? say('somebody'));
  if (names.length === 0) return null;
  return (
    <span className="fl-viewers" data-testid="viewers">
      {say('viewers', { names: names.join(say('comma')) })}
    </span>
  );
}
