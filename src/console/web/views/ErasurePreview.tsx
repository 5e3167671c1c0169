/** What an erasure would take, and the customer to be typed once more before it does. */
import { Button, Field, Input } from '@fluentui/react-components';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useSay } from '../context.ts';
import type { Preview } from '../trail-model.ts';
import { localeFor } from '../waiting.ts';

/** Conversations that are named one by one. */
const mostNamed = 20;

interface Props {
  readonly customer: string;
  readonly preview: Preview;
  readonly onErase: () => void;
  readonly onCancel: () => void;
}

export function ErasurePreview({ customer, preview, onErase, onCancel }: Props): ReactNode {
  const say = useSay();
  const [typed, setTyped] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { live, archived, tickets, messages, files, conversations } = preview;
  const named = conversations.slice(0, mostNamed);
  const unnamed = live + archived - named.length;
  const names = new Set(conversations.flatMap(({ name }) => (name ? [name] : [])));
  const day = new Intl.DateTimeFormat(localeFor(say.language), { dateStyle: 'medium' });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (typed.trim() === customer) onErase();
    else {
      setIsWrong(true);
      form.current?.querySelector('input')?.focus();
    }
  }
  return (
    <form ref={form} className="fl-erasure" onSubmit={submit} noValidate data-testid="erasure-preview">
      <h3 ref={heading} tabIndex={-1}>
        {say('erasureWould')}
      </h3>
      <p>
        <strong>{say('erasureOf', { customer })}</strong>
      </p>
      <dl className="fl-figures-tiles">
        <Count label={say('erasure.conversations')} count={live + archived} />
        <Count label={say('erasure.archived')} count={archived} />
        <Count label={say('erasure.tickets')} count={tickets} />
        <Count label={say('erasure.messages')} count={messages} />
        <Count label={say('erasure.files')} count={files} />
      </dl>
      <ul className="fl-erasure-list">
        {named.map((one) => (
          <li key={one.id}>
            <span>
              {one.name || say('someone')} · {one.tickets.join(say('comma')) || '–'}
              {one.subject && ` · ${one.subject}`}
            </span>
            <small>
              {day.format(new Date(one.updatedAt))}
              {one.open && <b className="fl-tag fl-tag-high">{say('erasureOpen')}</b>}
              {one.archived && <b className="fl-tag">{say('erasureArchived')}</b>}
            </small>
          </li>
        ))}
        {unnamed > 0 && <li>{say('erasureMore', { count: unnamed })}</li>}
      </ul>
      {names.size > 1 && <p className="fl-verdict fl-verdict-bad">{say('erasureNames')}</p>}
      {conversations.some(({ open }) => open) && <p className="fl-verdict fl-verdict-bad">{say('erasureOpenToo')}</p>}
      <p className="fl-quiet">{say('erasureLimits')}</p>
      <Field
        label={say('erasureConfirm', { customer })}
        required
        {...(isWrong ? { validationMessage: say('erasureConfirmWrong') } : {})}
      >
        <Input
          value={typed}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => {
            setTyped(value);
            setIsWrong(false);
          }}
          data-testid="erasure-confirm"
        />
      </Field>
      <p className="fl-erasure-do">
        <Button onClick={onCancel}>{say('cancel')}</Button>
        <Button type="submit" appearance="primary" className="fl-danger" data-testid="erasure-do">
          {say('erasureDo')}
        </Button>
      </p>
    </form>
  );
}

function Count({ label, count }: { readonly label: string; readonly count: number }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{count}</dd>
    </div>
  );
}
