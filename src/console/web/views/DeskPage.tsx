/** The desk: header, list, thread and packet. On narrow screens list and thread are two pages, and the packet opens over the thread. */
import { Button } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useDesk, useDeskState, useSay, useSurroundings } from '../context.ts';
import { type Command, commandOf } from '../keys.ts';
import { views } from '../model.ts';
import { shownList } from '../state.ts';
import { ConversationList } from './ConversationList.tsx';
import { Header } from './Header.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { SidePages } from './SidePages.tsx';
import { ThreadPane } from './ThreadPane.tsx';
import { useSidePage } from './useSidePage.ts';

/** What a key still does while a page beside the desk's own is looked at: nothing that would leave it unawares. */
const everywhere: readonly Command[] = ['help', 'back', 'presence', 'new-case'];

/** Where the style sheet shows one page at a time. */
const narrow = '(max-width: 759px)';

const inText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** A press of the button that does a thing, if it can be pressed now: what a key does is exactly what its button does. */
function press(testId: string): void {
  const button = document.querySelector<HTMLButtonElement>(`[data-testid="${testId}"]`);
  if (button && !button.disabled) button.click();
}

export function DeskPage(): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const { preferences } = useSurroundings();
  const openId = useDeskState((state) => state.openId);
  const [help, setHelp] = useState(false);
  const side = useSidePage();

  useEffect(() => {
    function step(by: 1 | -1): void {
      const state = desk.store.get();
      const { items } = shownList(state);
      const at = items.findIndex((item) => item.id === state.openId);
      const to = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by];
      if (to) desk.open(to.id);
    }
    const button = (testId: Command | `tab-${'reply' | 'note'}`) => () => press(testId);
    const toView = (index: number) => () => desk.setView(views[index] ?? 'waiting');
    const commands: Record<Command, () => void> = {
      'next-row': () => step(1),
      'previous-row': () => step(-1),
      'view-1': toView(0),
      'view-2': toView(1),
      'view-3': toView(2),
      'view-4': toView(3),
      search: () => document.querySelector<HTMLInputElement>('[data-testid="search"]')?.focus(),
      help: () => setHelp(true),
      back: () => (side === null ? desk.open(null) : leaveSide.current()),
      presence: button('presence'),
      'take-next': button('take-next'),
      take: button('take'),
      release: button('release'),
      'give-back': button('give-back'),
      resolve: button('resolve'),
      escalate: button('escalate'),
      'new-case': button('new-case'),
      transfer: button('transfer'),
      consult: button('consult'),
      accept: button('accept'),
      decline: button('decline'),
      packet: button('packet'),
      reply: button('tab-reply'),
      note: button('tab-note'),
    };
    function onKeyDown(event: KeyboardEvent): void {
      // An open dialog or menu has the keyboard to itself.
      if (event.defaultPrevented || document.querySelector('[role="dialog"], [role="menu"]')) return;
      if (inText(event.target)) {
        if (event.key === 'Escape' && !event.isComposing) (event.target as HTMLElement).blur();
        return;
      }
      const command = preferences.shortcuts || event.key === 'Escape' ? commandOf(event) : null;
      if (!command || (side !== null && !everywhere.includes(command))) return;
      event.preventDefault();
      commands[command]();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [desk, preferences.shortcuts, side]);

  // Whoever comes back from a page beside finds the conversation that was open.
  const wasOpen = useRef(openId);
  if (openId !== null) wasOpen.current = openId;
  else if (side === null) wasOpen.current = null;
  const leaveSide = useRef(() => desk.open(wasOpen.current));

  // On narrow screens list and thread take turns, and the focus must go with what is shown.
  const cameFrom = useRef(openId);
  useEffect(() => {
    const before = cameFrom.current;
    cameFrom.current = openId;
    if (before === openId || !matchMedia(narrow).matches) return;
    if (openId !== null) document.getElementById('thread')?.focus();
    else document.querySelector<HTMLElement>(`[data-testid="row"][data-id="${CSS.escape(before ?? '')}"]`)?.focus();
  }, [openId]);

  return (
    <div className={openId === null ? 'fl-desk' : 'fl-desk fl-opened'}>
      <Button className="fl-skip" onClick={() => document.getElementById('thread')?.focus()}>
        {say('skipToThread')}
      </Button>
      <Header onHelp={() => setHelp(true)} />
      <main className="fl-main">
        {side === null ? (
          <>
            <ConversationList />
            <ThreadPane key={openId ?? ''} id={openId} />
          </>
        ) : (
          <SidePages key={location.hash} page={side} onBack={leaveSide.current} />
        )}
      </main>
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </div>
  );
}
