/** The inputs of fields that the desk's rules ask for, each with what is wrong with it. */
import { Field, Input, Radio, RadioGroup, Select, Textarea } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Field as Asked } from '../../../conversation/rules.ts';
import type { Values } from '../case-model.ts';
import { useSay } from '../context.ts';
import { faultOf, type Refused } from '../forms.ts';
import { longest } from '../model.ts';

interface Props {
  readonly fields: readonly Asked[];
  readonly values: Values;
  readonly refused: Refused | null;
  readonly onChange: (values: Values) => void;
}

export function RuleFields({ fields, values, refused, onChange }: Props): ReactNode {
  const say = useSay();
  return fields.map((field) => {
    const fault = faultOf(field.id, values, refused);
    const message =
      fault === 'missing' ? say('fieldMissing') : fault === 'wrong' ? say(`fieldWrong.${field.type}`) : undefined;
    return (
      <Field
        key={field.id}
        label={field.label[say.language]}
        required={field.required}
        {...(message ? { validationMessage: message } : {})}
        data-testid={`field-${field.id}`}
      >
        <RuleInput
          field={field}
          value={values[field.id] ?? ''}
          onChange={(value) => onChange({ ...values, [field.id]: value })}
        />
      </Field>
    );
  });
}

interface InputProps {
  readonly field: Asked;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Fluent's Field gives its input these. */
  readonly id?: string;
}

function RuleInput({ field, value, onChange, ...labelling }: InputProps): ReactNode {
  const say = useSay();
  const given = (_: unknown, data: { readonly value: string }) => onChange(data.value);
  switch (field.type) {
    case 'text':
      return (
        <Textarea {...labelling} rows={1} resize="vertical" value={value} maxLength={longest.field} onChange={given} />
      );
    case 'number':
      return <Input {...labelling} inputMode="decimal" value={value} maxLength={longest.field} onChange={given} />;
    case 'date':
      return <Input {...labelling} type="date" value={value} onChange={given} />;
    case 'choice':
      return (
        <Select {...labelling} value={value} onChange={given}>
          <option value="">{field.required ? say('choose') : say('none')}</option>
          {(field.choices ?? []).map(({ id, label }) => (
            <option key={id} value={id}>
              {label[say.language]}
            </option>
          ))}
        </Select>
      );
    case 'confirm':
      return (
        <RadioGroup {...labelling} layout="horizontal" value={value} onChange={given}>
          <Radio value="yes" label={say('yes')} />
          <Radio value="no" label={say('no')} />
        </RadioGroup>
      );
  }
}
