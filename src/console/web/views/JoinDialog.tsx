/** Joins the case with another, by its ticket number: as one that has to do with it, or as a duplicate that is closed for it. */
import { Field, Input } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { numberOfTicket, ticketName } from '../../../conversation/ticket-name.ts';
import { useDesk, useSay } from '../context.ts';
import { FormDialog } from './FormDialog.tsx';

interface Props {
  readonly as: 'link' | 'merge';
  readonly onClose: () => void;
}

export function JoinDialog({ as, onClose }: Props): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const [typed, setTyped] = useState('');
  const [checked, setChecked] = useState(false);
  const number = numberOfTicket(typed);

  async function submit(): Promise<boolean> {
    setChecked(true);
    if (number === undefined) return false;
    const other = ticketName(number);
    return as === 'link' ? desk.link(other) : desk.merge(other);
  }
  return (
    <FormDialog title={say(`${as}Title`)} doIt={say(`${as}Do`)} testId={as} onSubmit={submit} onClose={onClose}>
      <Field
        label={say('otherTicket')}
        required
        {...(as === 'merge' ? { hint: say('mergeHint') } : {})}
        {...(checked && number === undefined ? { validationMessage: say('ticketMissing') } : {})}
      >
        <Input
          value={typed}
          maxLength={20}
          placeholder="T-000123"
          onChange={(_, { value }) => setTyped(value)}
          data-testid={`${as}-ticket`}
        />
      </Field>
    </FormDialog>
  );
}
