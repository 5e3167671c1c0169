/** The bar on top: how the connection stands, whether I take new cases, and how I like the page. */
import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemCheckbox,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Switch,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { type ReactNode, useState } from 'react';
import type { Language } from '../../../conversation/language.ts';
import { goTo, hashOfSide } from '../address.ts';
import { useDesk, useDeskState, useSay, useSurroundings } from '../context.ts';
import { chime, mayAnnounce } from '../notify.ts';
import type { Preferences } from '../preferences.ts';
import { FiguresDialog } from './FiguresDialog.tsx';
import { NewCaseDialog } from './NewCaseDialog.tsx';
import { Problems } from './Problems.tsx';
import { ServingDialog } from './ServingDialog.tsx';
import { maySee } from './useSidePage.ts';
import { Wordmark } from './Wordmark.tsx';

export function Header({ onHelp }: { readonly onHelp: () => void }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const me = useDeskState((state) => state.me);
  const load = useDeskState((state) => (state.lists.mine.loaded ? state.lists.mine.total : (state.me?.load ?? 0)));
  const [taking, setTaking] = useState(false);
  if (!me) return null;
  return (
    <header className="fl-header">
      <Wordmark />
      <DeskName />
      <Connection />
      <Problems />
      <span className="fl-grow" />
      <Button
        appearance="subtle"
        size="small"
        icon={<AddRegular />}
        aria-label={say('newCase')}
        onClick={() => setTaking(true)}
        data-testid="new-case"
      >
        <span className="fl-wordy">{say('newCase')}</span>
      </Button>
      <span className="fl-load" title={say('load', { load, capacity: me.capacity })}>
        {say('load', { load, capacity: me.capacity })}
      </span>
      <Switch
        checked={me.presence === 'available'}
        onChange={(_, { checked }) => void desk.presence(checked ? 'available' : 'away')}
        label={me.presence === 'available' ? say('available') : say('away')}
        aria-label={say('presence')}
        data-testid="presence"
      />
      <Settings onHelp={onHelp} who={me.displayName} />
      {taking && <NewCaseDialog onClose={() => setTaking(false)} />}
    </header>
  );
}

/** Whose desk this is, as desk.yaml calls it. */
function DeskName(): ReactNode {
  const say = useSay();
  const name = useDeskState((state) => state.rules?.name);
  const shown = name?.[say.language] ?? say('title');
  return (
    <h1 className={name ? 'fl-desk-name' : 'fl-hidden'} title={shown} data-testid="desk-name">
      {shown}
    </h1>
  );
}

function Connection(): ReactNode {
  const say = useSay();
  const connection = useDeskState((state) => state.connection);
  const long = connection === 'live' ? say('live') : connection === 'lost' ? say('lost') : say('connecting');
  const short = connection === 'lost' ? say('lostShort') : long;
  return (
    <span
      className={`fl-connection fl-${connection}`}
      role="status"
      data-testid="connection"
      data-state={connection}
      title={long}
    >
      <i aria-hidden="true" />
      <span className="fl-long">{long}</span>
      <span className="fl-short" aria-hidden="true">
        {short}
      </span>
    </span>
  );
}

function Settings({ onHelp, who }: { readonly onHelp: () => void; readonly who: string }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const { preferences, prefer } = useSurroundings();
  const role = useDeskState((state) => state.me?.role);
  const [refused, setRefused] = useState(false);
  const [serving, setServing] = useState(false);
  const [figures, setFigures] = useState(false);

  async function chooseAlerts(names: readonly string[]): Promise<void> {
    const wants = names.includes('notifications');
    const allowed = !wants || preferences.notifications || (await mayAnnounce());
    setRefused(!allowed);
    const sound = names.includes('sound');
    if (sound && !preferences.sound) chime();
    prefer({ sound, notifications: wants && allowed });
  }

  const checked = {
    language: [preferences.language],
    theme: [preferences.theme],
    alerts: [...(preferences.sound ? ['sound'] : []), ...(preferences.notifications ? ['notifications'] : [])],
    keyboard: preferences.shortcuts ? ['shortcuts'] : [],
  };
  return (
    <>
      <Menu
        checkedValues={checked}
        onCheckedValueChange={(_, { name, checkedItems }) => {
          const first = checkedItems[0];
          if (name === 'language' && first) prefer({ language: first as Language });
          if (name === 'theme' && first) prefer({ theme: first as Preferences['theme'] });
          if (name === 'alerts') void chooseAlerts(checkedItems);
          if (name === 'keyboard') prefer({ shortcuts: checkedItems.includes('shortcuts') });
        }}
      >
        <MenuTrigger disableButtonEnhancement>
          <Button
            className="fl-settings"
            appearance="subtle"
            icon={<SettingsRegular />}
            aria-label={say('settings')}
            data-testid="settings"
          >
            <span className="fl-who">{who}</span>
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuGroup>
              <MenuGroupHeader>{say('language')}</MenuGroupHeader>
              <MenuItemRadio name="language" value="ja" lang="ja">
                日本語
              </MenuItemRadio>
              <MenuItemRadio name="language" value="en" lang="en">
                English
              </MenuItemRadio>
            </MenuGroup>
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>{say('theme')}</MenuGroupHeader>
              <MenuItemRadio name="theme" value="system">
                {say('system')}
              </MenuItemRadio>
              <MenuItemRadio name="theme" value="light">
                {say('light')}
              </MenuItemRadio>
              <MenuItemRadio name="theme" value="dark">
                {say('dark')}
              </MenuItemRadio>
            </MenuGroup>
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>{say('alerts')}</MenuGroupHeader>
              <MenuItemCheckbox name="alerts" value="sound">
                {say('sound')}
              </MenuItemCheckbox>
              <MenuItemCheckbox name="alerts" value="notifications">
                {say('notifications')}
              </MenuItemCheckbox>
              {refused && (
                <p className="fl-menu-hint" role="alert">
                  {say('notificationsRefused')}
                </p>
              )}
            </MenuGroup>
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>{say('keyboard')}</MenuGroupHeader>
              <MenuItemCheckbox name="keyboard" value="shortcuts">
                {say('shortcutsOn')}
              </MenuItemCheckbox>
              <MenuItem onClick={onHelp} data-testid="help">
                {say('shortcutsHelp')}
              </MenuItem>
            </MenuGroup>
            <MenuDivider />
            <MenuItem onClick={() => setFigures(true)} data-testid="show-figures">
              {say('figures')}
            </MenuItem>
            <MenuItem onClick={() => setServing(true)} data-testid="show-serving">
              {say('serving')}
            </MenuItem>
            {maySee('audit', role) && (
              <MenuItem onClick={() => goTo(hashOfSide('audit'))} data-testid="show-audit">
                {say('trail')}
              </MenuItem>
            )}
            {maySee('erasure', role) && (
              <MenuItem onClick={() => goTo(hashOfSide('erasure'))} data-testid="show-erasure">
                {say('erasure')}
              </MenuItem>
            )}
            <MenuItem onClick={() => void desk.signOut()} data-testid="signout">
              {say('signOut')}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {figures && <FiguresDialog onClose={() => setFigures(false)} />}
      {serving && <ServingDialog onClose={() => setServing(false)} />}
    </>
  );
}
