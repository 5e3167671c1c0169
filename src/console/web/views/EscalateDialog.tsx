/** Passing the case on to who can do more: where to, and why. */
import { Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useDesk, useSay } from '../context.ts';
import { type EscalationGoal, escalationGoals } from '../model.ts';
import { FormDialog } from './FormDialog.tsx';

export function EscalateDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const [to, setTo] = useState<EscalationGoal | null>(null);
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);

  async function submit(): Promise<boolean> {
    setChecked(true);
    if (to === null || !reason.trim()) return false;
    return desk.escalate(to, reason.trim());
  }
  return (
    <FormDialog
      title={say('escalateTitle')}
      doIt={say('escalateTitle')}
      testId="escalate"
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={say('escalateTo')}
        required
        {...(checked && to === null ? { validationMessage: say('goalMissing') } : {})}
      >
        <RadioGroup className="fl-codes" value={to ?? ''} onChange={(_, { value }) => setTo(value as EscalationGoal)}>
          {escalationGoals.map((goal) => (
            <Radio key={goal} value={goal} label={say(`goal.${goal}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Field
        label={say('reason')}
        required
        {...(checked && !reason.trim() ? { validationMessage: say('reasonMissing') } : {})}
      >
        <Textarea value={reason} rows={3} resize="vertical" onChange={(_, { value }) => setReason(value)} />
      </Field>
    </FormDialog>
  );
}
