/** Handing the conversation to a colleague by account name. */
import { Field, Input } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useDesk, useSay } from '../context.ts';
import { FormDialog } from './FormDialog.tsx';

export function TransferDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const [agent, setAgent] = useState('');
  const [checked, setChecked] = useState(false);

  async function submit(): Promise<boolean> {
    setChecked(true);
    return agent.trim() !== '' && desk.transfer(agent.trim());
  }
  return (
    <FormDialog
      title={say('transferTitle')}
      doIt={say('transferTitle')}
      testId="transfer"
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={say('transferTo')}
        required
        {...(checked && !agent.trim() ? { validationMessage: say('transferMissing') } : {})}
      >
        <Input value={agent} onChange={(_, { value }) => setAgent(value)} autoCapitalize="none" spellCheck={false} />
      </Field>
    </FormDialog>
  );
}
