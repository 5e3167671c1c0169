/** Asks a colleague for advice; the case stays where it is. The question is kept while it is unfinished. */
import { Field, Select, Spinner, Textarea } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useDesk, useDeskState, useSay } from '../context.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import { type Item, longest } from '../model.ts';
import { useColleagues } from './colleagues.ts';
import { FormDialog } from './FormDialog.tsx';

export function ConsultDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const me = useDeskState((state) => state.me?.name) ?? '';
  const colleagues = useColleagues();
  const [agent, setAgent] = useState('');
  const [note, setNote] = useState(() => draftOf(me, item.id, 'consult'));
  const [checked, setChecked] = useState(false);

  async function submit(): Promise<boolean> {
    setChecked(true);
    if (agent === '' || !note.trim()) return false;
    const done = await desk.consult(agent, note.trim());
    if (done) keepDraft(me, item.id, 'consult', '');
    return done;
  }
  return (
    <FormDialog title={say('consultTitle')} doIt={say('ask')} testId="consult" onSubmit={submit} onClose={onClose}>
      {colleagues === undefined ? (
        <Spinner size="tiny" label={say('loading')} />
      ) : (
        <Field
          label={say('colleague')}
          required
          {...(checked && agent === '' ? { validationMessage: say('colleagueMissing') } : {})}
        >
          <Select value={agent} onChange={(_, { value }) => setAgent(value)} data-testid="consult-agent">
            <option value="">{say('choose')}</option>
            {colleagues.map(({ name, displayName, available }) => (
              <option key={name} value={name}>
                {available ? displayName : `${displayName} · ${say('notThere')}`}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field
        label={say('consultQuestion')}
        hint={say('consultHint')}
        required
        {...(checked && !note.trim() ? { validationMessage: say('questionMissing') } : {})}
      >
        <Textarea
          value={note}
          rows={3}
          maxLength={longest.summary}
          resize="vertical"
          onChange={(_, { value }) => {
            setNote(value);
            keepDraft(me, item.id, 'consult', value);
          }}
          data-testid="consult-note"
        />
      </Field>
    </FormDialog>
  );
}
