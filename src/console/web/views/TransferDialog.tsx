/** Hands the case on: to a colleague who is there, or to whoever of a tier and skills is next. */
import { Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useDesk, useSay } from '../context.ts';
import type { Item, TransferTarget } from '../model.ts';
import { ColleagueField } from './ColleagueField.tsx';
import { useColleagues } from './colleagues.ts';
import { FormDialog } from './FormDialog.tsx';
import { NoteField } from './NoteField.tsx';
import { useDraft } from './useDraft.ts';

type Tier = 1 | 2 | 3;
const tiers: readonly Tier[] = [1, 2, 3];

export function TransferDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const colleagues = useColleagues();
  const [to, setTo] = useState<'agent' | 'tier'>('agent');
  const [agent, setAgent] = useState('');
  const [tier, setTier] = useState<Tier>(Math.min(3, item.tier + 1) as Tier);
  const [skills, setSkills] = useState(item.skills.join(', '));
  const [note, setNote, forgetNote] = useDraft(item.id, 'transfer');
  const [checked, setChecked] = useState(false);
  const isMissing = to === 'agent' && agent === '';

  async function submit(): Promise<boolean> {
    setChecked(true);
    if (isMissing) return false;
    const named = skills
      .split(/[,、]/)
      .map((skill) => skill.trim())
      .filter(Boolean);
    const target: TransferTarget = to === 'agent' ? { agent } : { tier, skills: named };
    const done = await desk.transfer(target, note.trim());
    if (done) forgetNote();
    return done;
  }
  return (
    <FormDialog
      title={say('transferTitle')}
      doIt={say('transfer')}
      testId="transfer"
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={say('transferTo')}>
        <RadioGroup layout="horizontal" value={to} onChange={(_, { value }) => setTo(value as 'agent' | 'tier')}>
          <Radio value="agent" label={say('toColleague')} />
          <Radio value="tier" label={say('toTier')} data-testid="to-tier" />
        </RadioGroup>
      </Field>
      {to === 'agent' && (
        <ColleagueField
          colleagues={colleagues}
          value={agent}
          onChange={setAgent}
          optionOf={({ displayName, available, load, capacity }) => ({
            text: `${displayName} · ${available ? say('load', { load, capacity }) : say('notThere')}`,
            disabled: !available,
          })}
          hint={colleagues !== 'failed' && !colleagues?.some(({ available }) => available) ? say('nobodyThere') : ''}
          missing={checked && isMissing}
          testId="transfer-agent"
        />
      )}
      {to === 'tier' && (
        <>
          <Field label={say('tierLabel')}>
            <Select
              value={String(tier)}
              onChange={(_, { value }) => setTier(Number(value) as Tier)}
              data-testid="transfer-tier"
            >
              {tiers.map((one) => (
                <option key={one} value={one}>
                  {say('tier', { tier: one })}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={say('skillsLabel')} hint={say('skillsHint')}>
            <Input value={skills} onChange={(_, { value }) => setSkills(value)} data-testid="transfer-skills" />
          </Field>
        </>
      )}
      <NoteField
        label={say('noteForColleague')}
        hint={say('onlyAgents')}
        value={note}
        onChange={setNote}
        testId="transfer-note"
      />
    </FormDialog>
  );
}
