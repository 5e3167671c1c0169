/** The audit trail: whether it holds, what of it is looked at, and its rows, newest first. */
import { Button, Spinner } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { aboutIn } from '../address.ts';
import * as api from '../api.ts';
import { useSay } from '../context.ts';
import { everything, queryOf, type TrailFilter, type TrailRow } from '../trail-model.ts';
import { ChainCheck } from './ChainCheck.tsx';
import { SideFrame } from './SideFrame.tsx';
import { TrailFilters } from './TrailFilters.tsx';
import { TrailRows } from './TrailRows.tsx';

/** Typing is waited for so long before the trail is asked, ms. */
const settles = 350;
/** Pages that are gone through for the first row that fits. */
const mostEmpty = 40;

interface Shown {
  readonly rows: readonly TrailRow[];
  readonly before: number | null;
  readonly state: 'reading' | 'read' | 'failed';
}

const nothing: Shown = { rows: [], before: null, state: 'reading' };

export function AuditPage({ onBack }: { readonly onBack: () => void }): ReactNode {
  const say = useSay();
  const [filter, setFilter] = useState<TrailFilter>(() => ({ ...everything, about: aboutIn(location.hash) }));
  const [shown, setShown] = useState<Shown>(nothing);
  /** Of the newest reading: an older one that comes later is not shown. */
  const reading = useRef(0);

  async function read(asked: TrailFilter, known: Shown): Promise<void> {
    const mine = ++reading.current;
    let { rows, before } = known;
    setShown({ rows, before, state: 'reading' });
    try {
      for (let pages = 0; pages < mostEmpty; pages += 1) {
        const page = await api.trail(queryOf(asked), before);
        if (mine !== reading.current) return;
        rows = [...rows, ...page.items];
        before = page.before;
        if (before === null || page.items.length > 0) break;
      }
      setShown({ rows, before, state: 'read' });
    } catch (error) {
      if (mine !== reading.current) return;
      console.warn('firstline: the trail was not read', error);
      setShown({ rows, before, state: 'failed' });
    }
  }
  const readNow = useRef(read);
  readNow.current = read;

  useEffect(() => {
    setShown(nothing);
    const timer = setTimeout(() => void readNow.current(filter, nothing), settles);
    return () => clearTimeout(timer);
  }, [filter]);
  useEffect(
    () => () => {
      reading.current += 1;
    },
    [],
  );

  const { rows, before, state } = shown;
  return (
    <SideFrame title={say('trailTitle')} hint={say('trailHint')} testId="audit" onBack={onBack}>
      <ChainCheck />
      <TrailFilters filter={filter} onChange={setFilter} />
      <TrailRows rows={rows} />
      <div className="fl-trail-end" role="status">
        {state === 'reading' && <Spinner size="tiny" label={say(rows.length > 0 ? 'trailLooking' : 'loading')} />}
        {state === 'read' && rows.length === 0 && before === null && <p>{say('trailNone')}</p>}
        {state === 'read' && rows.length > 0 && before === null && <p className="fl-quiet">{say('trailEnd')}</p>}
        {state === 'failed' && <p className="fl-error">{say('trailFailed')}</p>}
      </div>
      {(state === 'failed' || (state === 'read' && before !== null)) && (
        <Button onClick={() => void read(filter, shown)} data-testid="trail-more">
          {say(state === 'failed' ? 'tryAgain' : 'trailMore')}
        </Button>
      )}
    </SideFrame>
  );
}
