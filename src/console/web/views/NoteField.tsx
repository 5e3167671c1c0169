/** A few sentences of a form. */
import { Field, Textarea } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { longest } from '../model.ts';

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly required?: boolean;
  /** What is wrong with it; empty: nothing. */
  readonly fault?: string;
  readonly testId: string;
}

export function NoteField({ label, hint, value, onChange, required = false, fault, testId }: Props): ReactNode {
  return (
    <Field label={label} hint={hint} required={required} {...(fault ? { validationMessage: fault } : {})}>
      <Textarea
        value={value}
        rows={3}
        maxLength={longest.summary}
        resize="vertical"
        onChange={(_, { value: changed }) => onChange(changed)}
        data-testid={testId}
      />
    </Field>
  );
}
