/** Finds the customer that is meant: by mail address or id at once, by a case's number or a name from those it may be. */
import { Button, Field, Input, Spinner } from '@fluentui/react-components';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import * as api from '../api.ts';
import { ApiError } from '../api.ts';
import { useSay } from '../context.ts';
import type { Item } from '../model.ts';
import type { Preview } from '../trail-model.ts';
import { troubleText } from './trouble.ts';

type Search =
  | { readonly at: 'rest' | 'looking' | 'missing' }
  | { readonly at: 'none'; readonly customer: string }
  | { readonly at: 'some'; readonly customers: readonly Item['customer'][] }
  | { readonly at: 'failed'; readonly error: ApiError };

interface Props {
  readonly onFound: (customer: string, preview: Preview) => void;
}

export function FindCustomer({ onFound }: Props): ReactNode {
  const say = useSay();
  const [text, setText] = useState('');
  const [search, setSearch] = useState<Search>({ at: 'rest' });
  const form = useRef<HTMLFormElement>(null);

  async function look(customer: string): Promise<void> {
    setSearch({ at: 'looking' });
    try {
      const preview = await api.erasePreview(customer);
      if (preview.live + preview.archived > 0) return onFound(customer, preview);
      const customers = differing((await api.casesOf(customer)).map((item) => item.customer));
      setSearch(customers.length > 0 ? { at: 'some', customers } : { at: 'none', customer });
    } catch (error) {
      const told = error instanceof ApiError ? error : new ApiError(0, 'page', String(error));
      setSearch({ at: 'failed', error: told });
    }
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim()) void look(text.trim());
    else {
      setSearch({ at: 'missing' });
      form.current?.querySelector('input')?.focus();
    }
  }
  return (
    <form ref={form} className="fl-find-customer" onSubmit={submit} noValidate>
      <Field
        label={say('erasureFind')}
        hint={say('erasureFindHint')}
        required
        {...(search.at === 'missing' ? { validationMessage: say('erasureFindMissing') } : {})}
      >
        <Input
          value={text}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => setText(value)}
          data-testid="erasure-find"
        />
      </Field>
      <Button type="submit" appearance="primary" disabled={search.at === 'looking'} data-testid="erasure-look">
        {say('erasureLook')}
      </Button>
      <div role="status">
        {search.at === 'looking' && <Spinner size="tiny" label={say('loading')} />}
        {search.at === 'none' && <p>{say('erasureNone', { customer: search.customer })}</p>}
        {search.at === 'failed' && (
          <p className="fl-error">{troubleText({ ...search.error, message: search.error.message }, say)}</p>
        )}
        {search.at === 'some' && (
          <>
            <h3>{say('erasureWhich')}</h3>
            <ul className="fl-customers">
              {search.customers.map(({ id, name, email }) => (
                <li key={id}>
                  <Button onClick={() => void look(email ?? id)} data-testid="erasure-customer">
                    {name || say('someone')} · {email ?? id}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </form>
  );
}

/** Each once: by mail address where there is one, for one person may come under several ids. */
function differing(customers: readonly Item['customer'][]): readonly Item['customer'][] {
  const known = new Map(customers.map((one) => [one.email?.toLowerCase() ?? one.id, one]));
  return [...known.values()];
}
