/** The whole page: theme and language around either the sign-in or the desk. */
import { Button, FluentProvider, Spinner } from '@fluentui/react-components';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { Surrounding, type Surroundings, useDesk, useDeskState, useSay } from '../context.ts';
import type { Desk } from '../desk.ts';
import { keepPreferences, type Preferences } from '../preferences.ts';
import { dark, light } from '../theme.ts';
import { DeskPage } from './DeskPage.tsx';
import { SignIn } from './SignIn.tsx';

const night = matchMedia('(prefers-color-scheme: dark)');
const onNight = (listener: () => void) => {
  night.addEventListener('change', listener);
  return () => night.removeEventListener('change', listener);
};

interface Props {
  readonly desk: Desk;
  readonly start: Preferences;
  readonly onPreferences: (preferences: Preferences) => void;
}

export function App({ desk, start, onPreferences }: Props): ReactNode {
  const [preferences, setPreferences] = useState(start);
  const systemDark = useSyncExternalStore(onNight, () => night.matches);
  const isDark = preferences.theme === 'system' ? systemDark : preferences.theme === 'dark';

  useEffect(() => {
    onPreferences(preferences);
    keepPreferences(preferences);
    // Also decides which glyphs of a shared code point a font shows, Japanese or Chinese.
    document.documentElement.lang = preferences.language;
  }, [preferences, onPreferences]);
  // On the root element, because dialogs and menus stand beside the page's own tree.
  useLayoutEffect(() => {
    const { classList, style } = document.documentElement;
    classList.toggle('fl-dark', isDark);
    classList.toggle('fl-light', !isDark);
    style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);

  const surroundings = useMemo<Surroundings>(
    () => ({ desk, preferences, prefer: (change) => setPreferences((now) => ({ ...now, ...change })) }),
    [desk, preferences],
  );
  return (
    <Surrounding value={surroundings}>
      {/* The provider's own classes are copied to every dialog and menu: the page's ground is a child of it. */}
      <FluentProvider theme={isDark ? dark : light}>
        <div className="fl-app">
          <Page />
        </div>
      </FluentProvider>
    </Surrounding>
  );
}

function Page(): ReactNode {
  const session = useDeskState((state) => state.session);
  const desk = useDesk();
  const say = useSay();
  switch (session) {
    case 'checking':
      return (
        <main className="fl-blank">
          <Spinner label={say('checking')} />
        </main>
      );
    case 'unreachable':
      return (
        <main className="fl-blank">
          <div role="alert">
            <h1>{say('unreachable')}</h1>
          </div>
          <Button appearance="primary" onClick={() => void desk.check()}>
            {say('tryAgain')}
          </Button>
        </main>
      );
    case 'out':
      return <SignIn />;
    case 'in':
      return <DeskPage />;
  }
}
