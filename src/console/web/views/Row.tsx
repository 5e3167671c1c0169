/** One conversation in the list: who, about what, how long it has waited, and what is unread. */
import { memo, type ReactNode } from 'react';
import { standOf } from '../clocks.ts';
import { useNow, useSay } from '../context.ts';
import type { Item } from '../model.ts';
import { targetText } from '../notices.ts';
import { type State, unreadOf } from '../state.ts';
import { withoutMarks } from '../thread.ts';
import { formatClock, formatDuration } from '../waiting.ts';

interface Props {
  readonly item: Item;
  readonly current: boolean;
  readonly seen: State['seen'];
  /** A reply of mine was refused and waits for me. */
  readonly unsent: boolean;
  /** The signed-in agent's name. */
  readonly me: string;
  readonly onOpen: (id: string) => void;
}

export const Row = memo(function Row({ item, current, seen, unsent, me, onOpen }: Props): ReactNode {
  const say = useSay();
  const unread = unreadOf(item, seen);
  const name = item.customer.name || say('someone');
  const last = withoutMarks(item.lastMessage);
  return (
    <button
      type="button"
      className={`fl-row fl-priority-${item.priority}${unread > 0 ? ' fl-unread' : ''}`}
      aria-current={current ? 'true' : undefined}
      onClick={() => onOpen(item.id)}
      data-testid="row"
      data-id={item.id}
      data-ticket={item.ticket ?? ''}
    >
      <span className="fl-row-top">
        <span className="fl-name">{name}</span>
        <Clock item={item} />
      </span>
      <span className="fl-subject" lang={item.language}>
        {item.subject || say('noSubject')}
      </span>
      {last && last !== item.subject && (
        <span className="fl-last" lang={item.language}>
          {last}
        </span>
      )}
      <span className="fl-row-facts">
        {item.ticket && <span className="fl-ticket">{item.ticket}</span>}
        {item.priority !== 'normal' && (
          <span className={`fl-tag fl-tag-${item.priority}`}>{say(`priority.${item.priority}`)}</span>
        )}
        <span className="fl-tag" title={say(`language.${item.language}`)}>
          {item.language.toUpperCase()}
        </span>
        {item.tier > 1 && <span className="fl-tag">{say('tier', { tier: item.tier })}</span>}
        {item.state === 'bot' && <span className="fl-tag">{say('bot')}</span>}
        {item.team && <span className="fl-tag">{targetText(item.team, say)}</span>}
        <Waited item={item} />
        {item.owner && <span className="fl-owner">{item.owner.name === me ? say('me') : item.owner.displayName}</span>}
        {unsent && <span className="fl-tag fl-tag-urgent">{say('unsent')}</span>}
        {unread > 0 && (
          <span className="fl-badge" data-testid="unread">
            <span aria-hidden="true">{unread}</span>
            <span className="fl-hidden">{say('unread', { count: unread })}</span>
          </span>
        )}
      </span>
    </button>
  );
});

/** By when something is due, or by how much it is over; the time of its last change where no time limit runs. */
function Clock({ item }: { readonly item: Item }): ReactNode {
  const say = useSay();
  const now = useNow();
  if (!item.clock)
    return <span className="fl-clock">{formatClock(Date.parse(item.updatedAt), now, say.language)}</span>;
  const { urgency, key, time } = standOf(item.clock, now, say.language);
  return (
    <span
      className={`fl-clock fl-${urgency}`}
      title={say('dueWith', { clock: say(`clock.${item.clock.name}`), due: say(key, { time }) })}
      data-testid="row-clock"
    >
      {say(key, { time })}
    </span>
  );
}

/** How long its visitor has waited for a person. */
function Waited({ item }: { readonly item: Item }): ReactNode {
  const say = useSay();
  const now = useNow();
  if (item.state !== 'queued' || !item.waitingSince) return null;
  const time = formatDuration(now - Date.parse(item.waitingSince), say.language);
  return (
    <span className="fl-owner" data-testid="waiting-time">
      {say('waitingFor', { time })}
    </span>
  );
}
