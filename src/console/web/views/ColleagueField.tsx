/** Which colleague it goes to. */
import { Field, Select, Spinner } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useSay } from '../context.ts';
import type { Colleague } from '../model.ts';
import type { Colleagues } from './colleagues.ts';

interface Props {
  readonly colleagues: Colleagues;
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** Of each: how it reads, and whether it can be chosen. */
  readonly optionOf: (colleague: Colleague) => { readonly text: string; readonly disabled?: boolean };
  readonly hint?: string;
  /** Nobody was chosen, and the form was sent. */
  readonly missing: boolean;
  readonly testId: string;
}

export function ColleagueField(props: Props): ReactNode {
  const say = useSay();
  const { colleagues, value, onChange, optionOf, hint = '', missing, testId } = props;
  if (!colleagues) return <Spinner size="tiny" label={say('loading')} />;
  if (colleagues === 'failed')
    return (
      <p role="alert" className="fl-error">
        {say('colleaguesFailed')}
      </p>
    );
  return (
    <Field
      label={say('colleague')}
      required
      hint={hint}
      {...(missing ? { validationMessage: say('colleagueMissing') } : {})}
    >
      <Select value={value} onChange={(_, { value: chosen }) => onChange(chosen)} data-testid={testId}>
        <option value="">{say('choose')}</option>
        {colleagues.map((colleague) => {
          const { text, disabled = false } = optionOf(colleague);
          return (
            <option key={colleague.name} value={colleague.name} disabled={disabled}>
              {text}
            </option>
          );
        })}
      </Select>
    </Field>
  );
}
