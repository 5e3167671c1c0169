/** Who and what the conversation is, who has it, and what can be done with it now. */
import { Button } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { PanelRightRegular } from '@fluentui/react-icons/svg/panel-right';
import type { ReactNode } from 'react';
import type { CaseFacts } from '../case-model.ts';
import { standOf } from '../clocks.ts';
import { useDesk, useDeskState, useNow, useSay } from '../context.ts';
import type { Item } from '../model.ts';
import { targetText } from '../notices.ts';
import { formatDuration } from '../waiting.ts';
import { Actions } from './Actions.tsx';
import { Viewers } from './Standing.tsx';

interface Props {
  readonly item: Item;
  readonly facts: CaseFacts | null;
  readonly onEdit: () => void;
  readonly packetShown: boolean;
  readonly onPacket: () => void;
}

export function ThreadHeader({ item, facts, onEdit, packetShown, onPacket }: Props): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const name = item.customer.name || say('someone');
  return (
    <div className="fl-thread-header">
      <Button
        className="fl-back"
        appearance="subtle"
        icon={<ArrowLeftRegular />}
        aria-label={say('backToList')}
        onClick={() => desk.open(null)}
        data-testid="back"
      />
      <div className="fl-thread-title">
        <h2 lang={item.language}>{item.subject || name}</h2>
        <p>
          {item.ticket && <span className="fl-ticket">{item.ticket}</span>}
          <span>{name}</span>
          <Standing item={item} />
          <Viewers id={item.id} />
        </p>
      </div>
      <Actions item={item} facts={facts} onEdit={onEdit} />
      <Button
        appearance="subtle"
        icon={<PanelRightRegular />}
        aria-label={say('showPacket')}
        aria-expanded={packetShown}
        onClick={onPacket}
        data-testid="packet"
      />
    </div>
  );
}

function Standing({ item }: { readonly item: Item }): ReactNode {
  const say = useSay();
  const now = useNow();
  const me = useDeskState((state) => state.me?.name);
  // Who writes to the bot after the end has no case by that.
  const state = item.state === 'bot' && item.ticket !== null && !item.ticketOpen ? 'closed' : item.state;
  const clock = item.clock && standOf(item.clock, now, say.language);
  const owner = item.owner?.name === me ? say('me') : (item.owner?.displayName ?? say('somebody'));
  return (
    <>
      <span className={`fl-standing fl-standing-${item.state}`} data-testid="standing" data-state={item.state}>
        {say(`state.${state}`, { name: owner, team: targetText(item.team ?? '', say) })}
        {item.state === 'queued' && item.waitingSince && (
          <> · {formatDuration(now - Date.parse(item.waitingSince), say.language)}</>
        )}
      </span>
      {item.clock && clock && (
        <span className={`fl-clock fl-${clock.urgency}`} data-testid="standing-clock">
          {say('dueWith', { clock: say(`clock.${item.clock.name}`), due: say(clock.key, { time: clock.time }) })}
        </span>
      )}
    </>
  );
}
