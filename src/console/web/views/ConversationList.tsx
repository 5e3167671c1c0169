/** The left column: take the next, what is offered, the views with their counts, the search, the rows. */
import { Button, SearchBox, Spinner, Tab, TabList } from '@fluentui/react-components';
import { ArrowRightRegular } from '@fluentui/react-icons/svg/arrow-right';
import { FilterRegular } from '@fluentui/react-icons/svg/filter';
import { type ReactNode, useState } from 'react';
import { useDesk, useDeskState, useSay } from '../context.ts';
import { searchView, type View, views } from '../model.ts';
import { isNarrowed, queryOf, soughtIn } from '../sought.ts';
import { type List, shownList } from '../state.ts';
import { NarrowSearch } from './NarrowSearch.tsx';
import { Offers } from './Offers.tsx';
import { Row } from './Row.tsx';

const countOf = (list: List): string => (list.loaded ? String(list.total) : '');

export function ConversationList(): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const view = useDeskState((state) => state.view);
  const query = useDeskState((state) => state.query);
  const lists = useDeskState((state) => state.lists);
  const busy = useDeskState((state) => state.busy);
  const [noneFits, setNoneFits] = useState(false);
  const [narrows, setNarrows] = useState(false);
  const sought = soughtIn(query);
  const isAsked = view === 'consulted' || lists.consulted.total > 0;
  const isSearch = query !== '' || view === searchView;
  const shown: readonly View[] = [
    ...views.slice(0, 2),
    ...(isAsked ? (['consulted'] as const) : []),
    ...views.slice(2),
    ...(isSearch ? [searchView] : []),
  ];

  return (
    <nav className="fl-list" aria-label={say('conversations')}>
      <div className="fl-list-top">
        <Button
          appearance="primary"
          icon={busy === 'next' ? <Spinner size="tiny" /> : <ArrowRightRegular />}
          onClick={async () => setNoneFits((await desk.takeNext()) === 'none')}
          data-testid="take-next"
        >
          {say('takeNext')}
        </Button>
        <SearchBox
          value={sought.words}
          onChange={(_, { value }) => desk.search(queryOf({ ...sought, words: value }))}
          placeholder={say('search')}
          aria-label={say('searchIn')}
          title={say('searchIn')}
          dismiss={{ 'aria-label': say('clearSearch') }}
          data-testid="search"
        />
        <Button
          appearance={isNarrowed(query) ? 'primary' : 'subtle'}
          icon={<FilterRegular />}
          aria-label={say('narrow')}
          title={say('narrow')}
          aria-expanded={narrows}
          aria-controls="narrow"
          onClick={() => setNarrows(!narrows)}
          data-testid="narrow"
        />
      </div>
      {narrows && <NarrowSearch />}
      <p className="fl-none-fits" role="status" data-testid="none-fits">
        {noneFits && say('noneFits')}
      </p>
      <Offers />
      <TabList
        size="small"
        className="fl-views"
        selectedValue={view}
        onTabSelect={(_, { value }) => {
          setNoneFits(false);
          desk.setView(value as View);
        }}
      >
        {shown.map((one) => (
          <Tab key={one} value={one} id={`view-${one}`} aria-controls="rows" data-testid={`view-${one}`}>
            {say(`view.${one}`)}{' '}
            <span className="fl-count" data-testid={`count-${one}`}>
              {countOf(lists[one])}
            </span>
          </Tab>
        ))}
      </TabList>
      <Rows view={view} query={query} />
    </nav>
  );
}

function Rows({ view, query }: { readonly view: View; readonly query: string }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const list = useDeskState(shownList);
  const openId = useDeskState((state) => state.openId);
  const seen = useDeskState((state) => state.seen);
  const me = useDeskState((state) => state.me?.name);
  const outbox = useDeskState((state) => state.outbox);
  const { words } = soughtIn(query);
  const nothingSaid = () => (words ? say('nothingFound', { query: words }) : query ? say('nothingSo') : undefined);
  const refused = new Set(
    outbox.filter((o) => o.state.kind === 'refused' && o.agent === me).map((o) => o.conversation),
  );
  return (
    <div id="rows" role="tabpanel" aria-labelledby={`view-${view}`} className="fl-rows" data-testid="rows">
      {list.failed && (
        <p className="fl-list-note" role="alert">
          {say('listFailed')}{' '}
          <Button size="small" onClick={desk.reload}>
            {say('tryAgain')}
          </Button>
        </p>
      )}
      {list.unreadable.length > 0 && (
        <p className="fl-list-note fl-error" role="alert" data-testid="unreadable">
          {say('unreadable', { count: list.unreadable.length, ids: list.unreadable.join(', ') })}
        </p>
      )}
      <ul>
        {list.items.map((item) => (
          <li key={item.id}>
            <Row
              item={item}
              current={item.id === openId}
              seen={seen}
              unsent={refused.has(item.id)}
              me={me ?? ''}
              onOpen={desk.open}
            />
          </li>
        ))}
      </ul>
      {!list.loaded && !list.failed && <Spinner size="tiny" label={say('loading')} className="fl-list-note" />}
      {list.loaded && list.items.length === 0 && (
        <p className="fl-list-note">{nothingSaid() ?? say(`empty.${view}`)}</p>
      )}
      {list.cursor !== null && (
        <Button appearance="subtle" size="small" className="fl-more" onClick={() => void desk.more()}>
          {say('more')}
        </Button>
      )}
    </div>
  );
}
