/**
 * Pages beside the desk's own, loaded when one is asked for: few look at them. One that cannot be loaded, the line being down or the
 * service renewed meanwhile, says so and leaves the desk as it is.
 */
import { Button, Spinner } from '@fluentui/react-components';
import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react';
import type { SidePage } from '../address.ts';
import { useSay } from '../context.ts';

type View = ComponentType<{ readonly onBack: () => void }>;

const views: Readonly<Record<SidePage, () => Promise<View>>> = {
  audit: async () => (await import('./AuditPage.tsx')).AuditPage,
  erasure: async () => (await import('./ErasurePage.tsx')).ErasurePage,
};

type Loaded = { readonly at: 'loading' | 'failed' } | { readonly at: 'there'; readonly View: View };

interface Props {
  readonly page: SidePage;
  readonly onBack: () => void;
}

export function SidePages({ page, onBack }: Props): ReactNode {
  const say = useSay();
  const [loaded, setLoaded] = useState<Loaded>({ at: 'loading' });
  const load = useCallback((): (() => void) => {
    let isWanted = true;
    setLoaded({ at: 'loading' });
    views[page]().then(
      (View) => isWanted && setLoaded({ at: 'there', View }),
      (error) => {
        console.warn('firstline: a page was not loaded', error);
        if (isWanted) setLoaded({ at: 'failed' });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [page]);
  useEffect(load, [load]);

  if (loaded.at === 'there') return <loaded.View onBack={onBack} />;
  return (
    <section className="fl-side fl-blank" id="thread" tabIndex={-1} aria-label={say('loading')}>
      {loaded.at === 'loading' && <Spinner label={say('loading')} />}
      {loaded.at === 'failed' && (
        <div role="alert" data-testid="side-failed">
          <p>{say('sideFailed')}</p>
          {/* A browser remembers that a script failed: only the whole page anew asks for it again. */}
          <Button appearance="primary" onClick={() => location.reload()}>
            {say('tryAgain')}
          </Button>{' '}
          <Button onClick={onBack}>{say('backToDesk')}</Button>
        </div>
      )}
    </section>
  );
}
