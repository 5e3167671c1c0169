/** Asks a colleague for advice; the case stays where it is. */
import { type ReactNode, useState } from 'react';
import { useDesk, useSay } from '../context.ts';
import type { Item } from '../model.ts';
import { ColleagueField } from './ColleagueField.tsx';
import { useColleagues } from './colleagues.ts';
import { FormDialog } from './FormDialog.tsx';
import { NoteField } from './NoteField.tsx';
import { useDraft } from './useDraft.ts';

export function ConsultDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const colleagues = useColleagues();
  const [agent, setAgent] = useState('');
  const [note, setNote, forgetNote] = useDraft(item.id, 'consult');
  const [checked, setChecked] = useState(false);

  async function submit(): Promise<boolean> {
    setChecked(true);
    if (agent === '' || !note.trim()) return false;
    const done = await desk.consult(agent, note.trim());
    if (done) forgetNote();
    return done;
  }
  return (
    <FormDialog title={say('consultTitle')} doIt={say('ask')} testId="consult" onSubmit={submit} onClose={onClose}>
      <ColleagueField
        colleagues={colleagues}
        value={agent}
        onChange={setAgent}
        optionOf={({ displayName, available }) => ({
          text: available ? displayName : `${displayName} · ${say('notThere')}`,
        })}
        missing={checked && agent === ''}
        testId="consult-agent"
      />
      <NoteField
        label={say('consultQuestion')}
        hint={say('consultHint')}
        value={note}
        onChange={setNote}
        required
        fault={checked && !note.trim() ? say('questionMissing') : ''}
        testId="consult-note"
      />
    </FormDialog>
  );
}
