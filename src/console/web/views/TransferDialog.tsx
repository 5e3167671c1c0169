/** Hands the case on: to a colleague who is there, or to whoever of a tier and skills is next. The note is kept while it is unfinished. */
import { Field, Input, Radio, RadioGroup, Select, Spinner, Textarea } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useDesk, useDeskState, useSay } from '../context.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import { type Item, longest, type TransferTarget } from '../model.ts';
import { useColleagues } from './colleagues.ts';
import { FormDialog } from './FormDialog.tsx';

type Tier = 1 | 2 | 3;
const tiers: readonly Tier[] = [1, 2, 3];

export function TransferDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const me = useDeskState((state) => state.me?.name) ?? '';
  const colleagues = useColleagues();
  const [to, setTo] = useState<'agent' | 'tier'>('agent');
  const [agent, setAgent] = useState('');
  const [tier, setTier] = useState<Tier>(Math.min(3, item.tier + 1) as Tier);
  const [skills, setSkills] = useState(item.skills.join(', '));
  const [note, setNote] = useState(() => draftOf(me, item.id, 'transfer'));
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
    if (done) keepDraft(me, item.id, 'transfer', '');
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
      {to === 'agent' && colleagues === undefined && <Spinner size="tiny" label={say('loading')} />}
      {to === 'agent' && colleagues !== undefined && (
        <Field
          label={say('colleague')}
          required
          hint={colleagues.some(({ available }) => available) ? '' : say('nobodyThere')}
          {...(checked && isMissing ? { validationMessage: say('colleagueMissing') } : {})}
        >
          <Select value={agent} onChange={(_, { value }) => setAgent(value)} data-testid="transfer-agent">
            <option value="">{say('choose')}</option>
            {colleagues.map(({ name, displayName, available, load, capacity }) => (
              <option key={name} value={name} disabled={!available}>
                {displayName} · {available ? say('load', { load, capacity }) : say('notThere')}
              </option>
            ))}
          </Select>
        </Field>
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
      <Field label={say('noteForColleague')} hint={say('onlyAgents')}>
        <Textarea
          value={note}
          rows={3}
          maxLength={longest.summary}
          resize="vertical"
          onChange={(_, { value }) => {
            setNote(value);
            keepDraft(me, item.id, 'transfer', value);
          }}
          data-testid="transfer-note"
        />
      </Field>
    </FormDialog>
  );
}
