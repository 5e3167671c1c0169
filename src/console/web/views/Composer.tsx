/**
 * The box below the talk: a reply to the visitor, or a note for colleagues, told apart by colour, label and button. Each keeps its
 * own draft. Where the agent may not reply it says why, and notes stay possible.
 */
import { Button, Tab, TabList } from '@fluentui/react-components';
import { BookSearchRegular } from '@fluentui/react-icons/svg/book-search';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { SendRegular } from '@fluentui/react-icons/svg/send';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { newClientId } from '../client-id.ts';
import { type Say, useDesk, useDeskState, useSay } from '../context.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import { inserted } from '../finding.ts';
import { finds, sends } from '../keys.ts';
import { type Item, longest } from '../model.ts';
import { AnswerFinder } from './AnswerFinder.tsx';
import { CannedReplies } from './CannedReplies.tsx';

type Kind = 'reply' | 'note';

/** Why no reply can be sent now; null when it can. */
function whyNot(item: Item, me: string, say: Say): string | null {
  switch (item.state) {
    case 'queued':
      return say('takeToReply');
    case 'bot':
      return say(item.ticket !== null && !item.ticketOpen ? 'closedReply' : 'withBot');
    case 'outside':
      return say('outsideReply');
    case 'closed':
      return say('closedReply');
    case 'human':
      return item.owner?.name === me ? null : say('ownedBy', { name: item.owner?.displayName ?? say('somebody') });
  }
}

interface Props {
  readonly item: Item;
  /** Where what is written reaches the visitor. False for a case that came by phone, say: it is kept with the case alone. */
  readonly reaches: boolean;
}

export function Composer({ item, reaches }: Props): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const me = useDeskState((state) => state.me?.name) ?? '';
  const busy = useDeskState((state) => state.busy) !== null;
  const [kind, setKind] = useState<Kind>('reply');
  const [text, setText] = useState(() => draftOf(me, item.id, 'reply'));
  const [finding, setFinding] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  /** Where writing goes on, once an inserted answer stands in the box. */
  const caret = useRef<number | null>(null);
  const focusNext = useRef(false);
  // A note sent again after a failure is the same note, unless it was edited meanwhile.
  const note = useRef({ words: '', id: '' });
  const name = item.customer.name ? say('named', { name: item.customer.name }) : say('theVisitor');
  const refusal = kind === 'reply' ? whyNot(item, me, say) : null;
  const canSend = refusal === null && text.trim() !== '' && !(kind === 'note' && busy);

  function write(value: string): void {
    setText(value);
    keepDraft(me, item.id, kind, value);
    if (kind === 'reply' && value.trim()) desk.typing();
  }

  function turnTo(to: Kind): void {
    focusNext.current = true;
    setKind(to);
    setText(draftOf(me, item.id, to));
    box.current?.focus();
  }

  // Who has just taken the conversation wants to write; the button that had the focus is gone.
  const couldWrite = useRef(refusal === null);
  useEffect(() => {
    if (refusal === null && !couldWrite.current && document.activeElement === document.body) box.current?.focus();
    couldWrite.current = refusal === null;
  }, [refusal]);

  useEffect(() => {
    // The box may have been disabled when the tab was pressed.
    if (focusNext.current) box.current?.focus();
    focusNext.current = false;
  });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  });

  useEffect(() => {
    if (refusal !== null) return;
    function onKey(event: globalThis.KeyboardEvent): void {
      if (!finds(event) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      event.preventDefault();
      setFinding(true);
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [refusal]);

  useLayoutEffect(() => {
    const place = caret.current;
    if (place === null || finding) return;
    caret.current = null;
    box.current?.focus();
    box.current?.setSelectionRange(place, place);
  });

  function insert(answer: string): void {
    const { selectionStart = text.length, selectionEnd = text.length } = box.current ?? {};
    const next = inserted(text, answer, selectionStart, selectionEnd);
    write(next.text.slice(0, longest.message));
    caret.current = next.end;
  }

  async function submit(): Promise<void> {
    const words = text.trim();
    if (!canSend) return;
    if (kind === 'reply') {
      if (desk.reply(words)) write('');
      return;
    }
    if (note.current.words !== words) note.current = { words, id: newClientId() };
    if (await desk.note(words, note.current.id)) {
      note.current = { words: '', id: '' };
      keepDraft(me, item.id, 'note', '');
      setText('');
    }
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (!sends(event.nativeEvent)) return;
    event.preventDefault();
    void submit();
  }

  return (
    <section
      className={`fl-composer fl-write-${kind}`}
      aria-label={say('writeTo')}
      data-testid="composer"
      data-kind={kind}
    >
      <TabList size="small" selectedValue={kind} onTabSelect={(_, { value }) => turnTo(value as Kind)}>
        <Tab value="reply" data-testid="tab-reply" id="tab-reply" aria-controls="box">
          {say('reply')}
        </Tab>
        <Tab value="note" icon={<LockClosedRegular />} data-testid="tab-note" id="tab-note" aria-controls="box">
          {say('note')}
        </Tab>
      </TabList>
      <div id="box" role="tabpanel" aria-labelledby={`tab-${kind}`} className="fl-box">
        {refusal === null ? (
          <textarea
            ref={box}
            rows={2}
            maxLength={longest.message}
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            aria-label={kind === 'reply' ? say('replyLabel', { name }) : say('noteLabel')}
            placeholder={kind === 'reply' ? say('replyPlaceholder', { name }) : say('notePlaceholder')}
            data-testid={`${kind}-box`}
          />
        ) : (
          <p className="fl-why-not" data-testid="why-not">
            {refusal}
            {text && <span className="fl-kept-draft">{text}</span>}
          </p>
        )}
        <div className="fl-send">
          {refusal === null && (
            <Button
              appearance="subtle"
              size="small"
              icon={<BookSearchRegular />}
              onClick={() => setFinding(true)}
              title="Ctrl+K / ⌘K"
              aria-label={say('findAnswer')}
              data-testid="find-answer"
            >
              <span className="fl-wordy">{say('findAnswer')}</span>
            </Button>
          )}
          {refusal === null && kind === 'reply' && <CannedReplies language={item.language} onInsert={insert} />}
          <span className="fl-quiet">
            {refusal === null && say(reaches || kind === 'note' ? 'enterSends' : 'reachesNobody')}
          </span>
          {refusal === null && (
            <Button
              appearance="primary"
              icon={<SendRegular />}
              disabled={!canSend}
              onClick={() => void submit()}
              data-testid={kind === 'reply' ? 'send' : 'add-note'}
            >
              {kind === 'reply' ? say('send') : say('addNote')}
            </Button>
          )}
        </div>
      </div>
      {finding && refusal === null && <AnswerFinder item={item} onInsert={insert} onClose={() => setFinding(false)} />}
    </section>
  );
}
