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
import { ThreadPane } from './ThreadPane.tsx';

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
      back: () => desk.open(null),
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
      if (!command) return;
      event.preventDefault();
      commands[command]();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [desk, preferences.shortcuts]);

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
      <ConversationList />
      <ThreadPane key={openId ?? ''} id={openId} />
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </div>
  );
}
