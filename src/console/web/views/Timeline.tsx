/** The talk itself, newest below; it follows new messages while its end is on screen, and offers the way down otherwise. */
import { Button } from '@fluentui/react-components';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Say, useDeskState, useSay } from '../context.ts';
import type { Author } from '../model.ts';
import { pendingIn } from '../outbox.ts';
import type { Thread } from '../state.ts';
import { blocksOf } from '../thread.ts';
import { BlockView } from './BlockView.tsx';
import { PendingView } from './PendingView.tsx';

/** Blocks shown at first, and with each press of "earlier": a log may run to thousands. */
const step = 120;
/** Within so many pixels of the end counts as at the end. */
const nearEnd = 60;

export function Timeline({ thread }: { readonly thread: Thread }): ReactNode {
  const say = useSay();
  const { id } = thread.item;
  const outbox = useDeskState((state) => state.outbox);
  const writing = useDeskState((state) => state.writing[id]);
  const me = useDeskState((state) => state.me?.name);
  const [shown, setShown] = useState(step);
  const [below, setBelow] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const top = useRef(0);
  const blocks = useMemo(() => blocksOf(thread.timeline), [thread.timeline]);
  const pending = pendingIn(outbox, me ?? '', id, thread.timeline);
  const hidden = Math.max(0, blocks.length - shown);
  const last = thread.timeline.at(-1)?.version ?? 0;

  // What can be added at the end: an entry, a reply on its way, a typing sign.
  const end = `${last}/${pending.length}/${writing !== undefined}`;
  const shownEnd = useRef(end);
  const ownPending = useRef(pending.length);
  useLayoutEffect(() => {
    if (shownEnd.current === end) return;
    shownEnd.current = end;
    // Who has just written wants to see it.
    if (pending.length > ownPending.current && scroller.current)
      scroller.current.scrollTop = scroller.current.scrollHeight;
    else if (!atEnd.current) setBelow(true);
    ownPending.current = pending.length;
  });
  // Pictures load late and the reply box grows: whatever changes a height, the end stays in sight if it was.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const stick = () => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    };
    stick();
    const observer = new ResizeObserver(stick);
    observer.observe(element);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, []);

  function onScroll(): void {
    const element = scroller.current;
    if (!element) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
    // Only scrolling up leaves the end: being far from it may mean no more than that the talk has grown or its box has shrunk.
    if (near) atEnd.current = true;
    else if (element.scrollTop < top.current) atEnd.current = false;
    top.current = element.scrollTop;
    if (near) setBelow(false);
  }

  return (
    <div className="fl-talk">
      <div
        className="fl-scroll"
        ref={scroller}
        onScroll={onScroll}
        role="log"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard.
        tabIndex={0}
        aria-label={say('messages')}
        data-testid="timeline"
      >
        <div ref={content}>
          {hidden > 0 && (
            <Button appearance="subtle" size="small" className="fl-more" onClick={() => setShown(shown + step)}>
              {say('earlier', { count: hidden })}
            </Button>
          )}
          <ol className="fl-blocks">
            {blocks.slice(hidden).map((block) => (
              <BlockView key={block.key} block={block} language={thread.item.language} mine={me ?? ''} />
            ))}
            {pending.map((reply) => (
              <PendingView key={reply.clientId} reply={reply} />
            ))}
          </ol>
          {writing && (
            <p className="fl-writing" data-testid="writing">
              {say('writing', { name: writerName(writing.by, say) })}
            </p>
          )}
        </div>
      </div>
      {below && (
        <Button
          className="fl-below"
          size="small"
          icon={<ArrowDownRegular />}
          onClick={() => scroller.current?.scrollTo({ top: scroller.current.scrollHeight })}
        >
          {say('newBelow')}
        </Button>
      )}
      <Spoken thread={thread} />
    </div>
  );
}

function writerName(by: Author, say: Say): string {
  const name = by.displayName || by.name;
  return name ? say('named', { name }) : say('theVisitor');
}

/** Reads out what the visitor says while the conversation is open; its past is not read out on opening. */
function Spoken({ thread }: { readonly thread: Thread }): ReactNode {
  const say = useSay();
  const from = useRef(thread.timeline.at(-1)?.version ?? 0);
  const [text, setText] = useState('');
  useEffect(() => {
    const fresh = thread.timeline.filter(
      (e) => e.version > from.current && e.type === 'message' && e.by.role === 'visitor',
    );
    from.current = thread.timeline.at(-1)?.version ?? 0;
    const name = thread.item.customer.name || say('someone');
    if (fresh.length > 0) setText(fresh.map((e) => say('said', { name, text: e.text ?? say('attachment') })).join(' '));
  }, [thread, say]);
  return (
    <p className="fl-hidden" aria-live="polite">
      {text}
    </p>
  );
}
