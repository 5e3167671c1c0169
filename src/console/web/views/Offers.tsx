/** What the desk offers to this agent, with the time that is left to take it. */
import { Button } from '@fluentui/react-components';
import { type ReactNode, useEffect, useState } from 'react';
import { useDesk, useDeskState, useSay } from '../context.ts';
import type { Item } from '../model.ts';

export function Offers(): ReactNode {
  const say = useSay();
  const { items } = useDeskState((state) => state.lists.offered);
  const now = useSeconds(items.length > 0);
  const standing = items.filter(({ offer }) => offer !== null && Date.parse(offer.until) > now);
  return (
    <div role="status" className="fl-offers" aria-label={say('offers')}>
      {standing.map((item) => (
        <Offer key={item.id} item={item} seconds={Math.ceil((Date.parse(item.offer?.until ?? '') - now) / 1_000)} />
      ))}
    </div>
  );
}

function Offer({ item, seconds }: { readonly item: Item; readonly seconds: number }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const busy = useDeskState((state) => state.busy) !== null;
  return (
    <div className="fl-offer" data-testid="offer" data-id={item.id}>
      <p>
        <b>{say('offeredToYou')}</b> {/* Read out once, not every second. */}
        <span className="fl-clock" aria-hidden="true">
          {say('secondsLeft', { seconds })}
        </span>
      </p>
      <button type="button" className="fl-offer-what" onClick={() => desk.open(item.id)} lang={item.language}>
        {item.subject || item.customer.name || say('noSubject')}
      </button>
      <div className="fl-do">
        <Button
          appearance="primary"
          size="small"
          disabled={busy}
          onClick={() => void desk.accept(item.id)}
          data-testid="accept"
        >
          {say('accept')}
        </Button>
        <Button size="small" disabled={busy} onClick={() => void desk.decline(item.id)} data-testid="decline">
          {say('decline')}
        </Button>
      </div>
    </div>
  );
}

/** Now, ms since 1970, every second while it is asked for. */
function useSeconds(on: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!on) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}
