/** A stretch of days: two date fields, either of which may be empty. */
import { Field, Input } from '@fluentui/react-components';
import type { ReactNode } from 'react';

interface Props {
  readonly days: { readonly from: string; readonly to: string };
  readonly labels: { readonly from: string; readonly to: string };
  readonly onChange: (part: { readonly from: string } | { readonly to: string }) => void;
  readonly size?: 'small' | 'medium';
  /** Before `-from` and `-to`. */
  readonly testId: string;
}

export function DayFields({ days, labels, onChange, size = 'medium', testId }: Props): ReactNode {
  return (
    <>
      <Field label={labels.from} size={size}>
        <Input
          size={size}
          type="date"
          value={days.from}
          max={days.to}
          onChange={(_, { value }) => onChange({ from: value })}
          data-testid={`${testId}-from`}
        />
      </Field>
      <Field label={labels.to} size={size}>
        <Input
          size={size}
          type="date"
          value={days.to}
          min={days.from}
          onChange={(_, { value }) => onChange({ to: value })}
          data-testid={`${testId}-to`}
        />
      </Field>
    </>
  );
}
