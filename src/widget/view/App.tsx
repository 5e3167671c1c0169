import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { composing } from '../keyboard.ts';
import { transcript } from '../transcript.ts';
import { Composer, type Draft } from './Composer.tsx';
import { Connection } from './Connection.tsx';
import { useChat, useSnapshot } from './chat.ts';
import { Header } from './Header.tsx';
import { Launcher } from './Launcher.tsx';
import { Queue } from './Queue.tsx';
import { Thread } from './Thread.tsx';

/** Small enough that the chat covers the page; the style sheet has the same number. */
const small = '(max-width: 480px)';

/** What this tab remembers across a reload: whether the chat is open and what stands in the field. */
export interface TabMemory {
  get(name: 'open' | 'draft'): string;
  set(name: 'open' | 'draft', value: string): void;
}

export interface Remote {
  open(): void;
  close(): void;
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  link.download = name;
  link.click();
  // The click has only begun the download; the address must live until the browser has taken it up.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const focusable = 'button:not([disabled], [tabindex="-1"]), a[href], textarea, [tabindex="0"]';

/** While the chat covers the page, Tab goes round inside it: what lies beneath cannot be seen. */
function keepInside(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(focusable)].filter((stop) => stop.offsetParent !== null);
  const [first, last] = [stops[0], stops.at(-1)];
  const edge = event.shiftKey ? first : last;
  if (event.target !== edge) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

export function App({ tab, expose }: { tab: TabMemory; expose: (remote: Remote) => void }) {
  const { client, say, region } = useChat();
  const snapshot = useSnapshot(client);
  const [open, setOpen] = useState(() => tab.get('open') === 'yes');
  const [draft, setDraft] = useState<Draft>(() => ({ text: tab.get('draft'), files: [] }));
  const [dragging, setDragging] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const launcher = useRef<HTMLButtonElement>(null);
  /** Where the focus goes once the screen has changed; null after a reload, which must not take it from the page. */
  const focus = useRef<'chat' | 'launcher' | null>(null);

  /** On a touch screen the field would bring up the keyboard over what there is to read. */
  const toField = () => (matchMedia('(pointer: coarse)').matches ? panel : field).current?.focus();

  const change = useCallback(
    (next: boolean) => {
      focus.current = next ? 'chat' : 'launcher';
      tab.set('open', next ? 'yes' : '');
      if (next) client.start();
      setOpen(next);
    },
    [client, tab],
  );

  useEffect(() => {
    if (open) client.start();
  }, [client, open]);

  // At once, not after the next paint: a page that waits for the script's load may call it then.
  useLayoutEffect(() => {
    expose({ open: () => change(true), close: () => change(false) });
  }, [change, expose]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: focus moves when the chat opens or closes, at no other time.
  useLayoutEffect(() => {
    if (focus.current === 'launcher') launcher.current?.focus();
    if (focus.current === 'chat') toField();
    focus.current = null;
  }, [open]);

  // Ends in the moment the chat closes: what comes right after has not been seen.
  useLayoutEffect(() => {
    const read = () => {
      if (open && document.visibilityState === 'visible') client.markRead();
    };
    read();
    const stop = client.subscribe(read);
    document.addEventListener('visibilitychange', read);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', read);
    };
  }, [client, open]);

  const write = (next: Draft) => {
    setDraft(next);
    tab.set('draft', next.text);
  };
  const send = () => {
    client.send(draft.text, draft.files);
    write({ text: '', files: [] });
    field.current?.focus();
  };
  const choose = (question: string) => {
    client.send(question);
    write({ text: '', files: [] });
    field.current?.focus();
  };
  /** Says what a button stands for. The button goes with that, and the focus must not go with it. */
  const sayFor = (text: string) => {
    client.send(text);
    toField();
  };
  const askPerson = () => sayFor(say('personPhrase'));
  const stopWaiting = () => sayFor(say('stopWaiting'));
  const save = () => {
    const said = snapshot.lines.flatMap((line) => (line.kind === 'said' ? [line.message] : []));
    download(`${say('saveFile')}.txt`, transcript(said, say, region));
  };

  return (
    <>
      <Launcher unread={snapshot.unread} hidden={open} onOpen={() => change(true)} buttonRef={launcher} />
      {open && (
        <section
          ref={panel}
          class="panel"
          role="dialog"
          aria-label={say('panel')}
          tabIndex={-1}
          data-testid="panel"
          data-phase={snapshot.desk.phase}
          data-signal={snapshot.signal}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !composing(event)) change(false);
            if (event.key === 'Tab' && panel.current && matchMedia(small).matches) keepInside(panel.current, event);
          }}
          onDragOver={(event) => {
            if (!event.dataTransfer?.types.includes('Files')) return;
            event.preventDefault();
            setDragging(true);
          }}
          onDragLeave={(event) => {
            const to = event.relatedTarget;
            if (!(to instanceof Node) || !panel.current?.contains(to)) setDragging(false);
          }}
          onDrop={(event) => {
            setDragging(false);
            const files = event.dataTransfer?.files;
            if (!files || files.length === 0) return;
            event.preventDefault();
            write({ ...draft, files: [...draft.files, ...files] });
          }}
        >
          <div class="top">
            <Header
              desk={snapshot.desk}
              signal={snapshot.signal}
              onPerson={askPerson}
              onStopWaiting={stopWaiting}
              onSave={save}
              onClose={() => change(false)}
            />
            {snapshot.desk.ticket !== null && (
              <p class="ticket" data-testid="ticket">
                {say('ticket', { ticket: snapshot.desk.ticket })}
              </p>
            )}
            <Queue desk={snapshot.desk} />
          </div>
          <Thread snapshot={snapshot} onSuggestion={sayFor} />
          <Connection signal={snapshot.signal} onRestart={() => client.restart()} />
          <Composer
            draft={draft}
            onDraft={write}
            onSend={send}
            onChoose={choose}
            desk={snapshot.desk}
            onPerson={askPerson}
            onStopWaiting={stopWaiting}
            fieldRef={field}
          />
          {dragging && <div class="drop">{say('drop')}</div>}
        </section>
      )}
    </>
  );
}
