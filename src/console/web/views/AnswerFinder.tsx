/**
 * Finds an answer of the FAQ and puts it into what is being written. Keys stay in the search field: arrows move, Enter inserts,
 * Escape closes. Before anything is typed it shows what is near the visitor's own question.
 */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import * as api from '../api.ts';
import { useSay } from '../context.ts';
import { createFinder, type Finding } from '../finding.ts';
import type { FoundAnswer, Item } from '../model.ts';

const after = (ms: number, task: () => void) => {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
};
const optionId = (index: number) => `fl-answer-${index}`;

interface Props {
  readonly item: Item;
  readonly onInsert: (text: string) => void;
  readonly onClose: () => void;
}

export function AnswerFinder({ item, onInsert, onClose }: Props): ReactNode {
  const say = useSay();
  const [words, setWords] = useState('');
  const [finding, setFinding] = useState<Finding>({ at: 'looking', items: [] });
  const [at, setAt] = useState(0);
  const { language } = item;
  const finder = useMemo(
    () =>
      createFinder({
        look: (typed) => api.answers(typed, language),
        show: (found) => {
          setFinding(found);
          setAt(0);
        },
        after,
      }),
    [language],
  );
  const asked = item.subject || item.lastMessage;
  useEffect(() => finder.find(words.trim() || asked), [finder, words, asked]);
  useEffect(() => finder.close, [finder]);

  const { items } = finding;
  const chosen = items[at];
  const insert = (answer: FoundAnswer | undefined) => {
    if (!answer) return;
    onInsert(answer.text);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') setAt(items.length ? (at + 1) % items.length : 0);
    else if (event.key === 'ArrowUp') setAt(items.length ? (at + items.length - 1) % items.length : 0);
    else if (event.key === 'Enter') insert(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface className="fl-finder" data-testid="finder">
        <DialogBody>
          <DialogTitle>{say('findAnswer')}</DialogTitle>
          <DialogContent>
            <input
              className="fl-find"
              role="combobox"
              aria-label={say('findLabel')}
              aria-expanded={items.length > 0}
              aria-controls="fl-answers"
              aria-autocomplete="list"
              aria-activedescendant={chosen ? optionId(at) : undefined}
              placeholder={say('findPlaceholder')}
              maxLength={200}
              value={words}
              onChange={(event) => setWords(event.target.value)}
              onKeyDown={onKeyDown}
              data-testid="finder-search"
            />
            <p className="fl-quiet" role="status">
              {finding.at === 'failed' && say('findFailed')}
              {finding.at === 'found' && items.length === 0 && say(words.trim() ? 'findNothing' : 'findFirst')}
              {items.length > 0 && (words.trim() ? say('findCount', { count: items.length }) : say('findForQuestion'))}
            </p>
            <div className="fl-found">
              <div role="listbox" id="fl-answers" aria-label={say('findAnswer')} data-testid="finder-list">
                {items.map((answer, index) => (
                  // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus and points at the options.
                  // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are pressed in the search field.
                  <div
                    key={answer.id}
                    id={optionId(index)}
                    role="option"
                    aria-selected={index === at}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => setAt(index)}
                    onDoubleClick={() => insert(answer)}
                    data-testid="finder-option"
                  >
                    <Title answer={answer} />
                    {answer.language !== language && (
                      <small>{say('findOther', { language: say(`language.${answer.language}`) })}</small>
                    )}
                  </div>
                ))}
              </div>
              {chosen && (
                <p className="fl-preview" lang={chosen.language} data-testid="finder-preview">
                  {chosen.text}
                </p>
              )}
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{say('cancel')}</Button>
            <Button appearance="primary" disabled={!chosen} onClick={() => insert(chosen)} data-testid="finder-insert">
              {say('insertAnswer')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** The title with what was typed marked in it. */
function Title({ answer: { title, highlights } }: { readonly answer: FoundAnswer }): ReactNode {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const [from, to] of highlights) {
    parts.push(title.slice(end, from), <mark key={from}>{title.slice(from, to)}</mark>);
    end = to;
  }
  return (
    <span>
      {parts}
      {title.slice(end)}
    </span>
  );
}
