import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DeskState } from '../activity.ts';
import { useChat } from './chat.ts';
import { MenuIcon } from './icons.tsx';

/** The header's menu, worked like a desktop menu: arrows move, Escape and Tab close, focus comes back to its button. */
export function Menu(props: {
  phase: DeskState['phase'];
  onPerson: () => void;
  onStopWaiting: () => void;
  onSave: () => void;
}) {
  const { say } = useChat();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const withPerson = props.phase === 'human';

  // In the moment it appears: a key pressed right after must already find the menu.
  useLayoutEffect(() => {
    if (!open) return;
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const root = list.current?.getRootNode();
    const outside = (event: Event) => {
      if (!(event.target instanceof Node) || !list.current?.parentElement?.contains(event.target)) setOpen(false);
    };
    root?.addEventListener('pointerdown', outside);
    return () => root?.removeEventListener('pointerdown', outside);
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const choose = (action: () => void) => () => {
    close();
    action();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Tab') setOpen(false);
    if (event.key === 'Escape') close();
    if (to !== undefined) items[to % items.length]?.focus();
    if (to !== undefined || event.key === 'Escape') {
      event.preventDefault();
      // Escape closes one thing at a time: the menu, not the chat behind it.
      event.stopPropagation();
    }
  };

  return (
    <div class="menu-place">
      <button
        ref={button}
        type="button"
        class="icon"
        data-testid="menu"
        aria-label={say('menu')}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <MenuIcon />
      </button>
      {open && (
        <div ref={list} class="menu" role="menu" tabIndex={-1} aria-label={say('menu')} onKeyDown={onKeyDown}>
          {props.phase === 'queued' ? (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-testid="menu-stop-waiting"
              onClick={choose(props.onStopWaiting)}
            >
              {say('stopWaiting')}
            </button>
          ) : (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-testid="talk-to-person"
              aria-disabled={withPerson}
              onClick={withPerson ? close : choose(props.onPerson)}
            >
              {say(withPerson ? 'personHere' : 'person')}
            </button>
          )}
          <button type="button" role="menuitem" tabIndex={-1} data-testid="save" onClick={choose(props.onSave)}>
            {say('save')}
          </button>
        </div>
      )}
    </div>
  );
}
