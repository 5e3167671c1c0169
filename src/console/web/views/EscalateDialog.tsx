/** Passes the case on, with what the next team must know. What is written is kept while it is unfinished, for each target by itself. */
import { Field, Radio, RadioGroup, Spinner, Textarea } from '@fluentui/react-components';
import { type ReactNode, useRef, useState } from 'react';
import { type EscalationTarget, escalationTargets } from '../../../conversation/rules.ts';
import type { Values } from '../case-model.ts';
import { newClientId } from '../client-id.ts';
import { useDesk, useDeskState, useSay } from '../context.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import { emptyOf, givenTo, noFaults, type Refused } from '../forms.ts';
import { type Item, longest } from '../model.ts';
import { FormDialog } from './FormDialog.tsx';
import { RuleFields } from './RuleFields.tsx';
import { useRules } from './useRules.ts';

interface Draft {
  readonly to: EscalationTarget | null;
  readonly reason: string;
  readonly fields: Values;
}

const blank: Draft = { to: null, reason: '', fields: {} };

export function EscalateDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const rules = useRules();
  const me = useDeskState((state) => state.me?.name) ?? '';
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = draftOf(me, item.id, 'escalation');
    return kept ? { ...blank, ...(JSON.parse(kept) as Partial<Draft>) } : blank;
  });
  const [checked, setChecked] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  // Sent again after a failure it is the same, unless it was changed meanwhile.
  const sent = useRef({ what: '', id: '' });
  const { to, reason, fields } = draft;
  const target = to && rules?.escalation[to];
  const asked = target?.fields ?? [];

  function write(change: Partial<Draft>): void {
    const next = { ...draft, ...change };
    setDraft(next);
    keepDraft(me, item.id, 'escalation', JSON.stringify(next));
  }

  async function submit(): Promise<boolean> {
    setChecked(true);
    const missing = emptyOf(asked, fields);
    setRefused({ ...noFaults, missing, values: fields });
    if (to === null || !reason.trim() || missing.length > 0) return false;
    const given = givenTo(asked, fields);
    const what = JSON.stringify([to, reason, given]);
    if (sent.current.what !== what) sent.current = { what, id: newClientId() };
    const done = await desk.escalate(to, reason.trim(), given, sent.current.id);
    if (done) keepDraft(me, item.id, 'escalation', '');
    else setRefused({ ...(desk.store.get().trouble?.faults ?? noFaults), values: fields });
    return done;
  }
  return (
    <FormDialog
      title={say('escalateTitle')}
      doIt={say('escalate')}
      testId="escalate"
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={say('escalateTo')}
        required
        {...(checked && to === null ? { validationMessage: say('targetMissing') } : {})}
      >
        <RadioGroup
          className="fl-codes"
          value={to ?? ''}
          onChange={(_, { value }) => write({ to: value as EscalationTarget })}
          data-testid="escalate-to"
        >
          {escalationTargets.map((target) => {
            const isThere = target.startsWith('tier') && item.tier >= Number(target.slice('tier'.length));
            const name = say(`target.${target}`);
            return (
              <Radio
                key={target}
                value={target}
                disabled={isThere}
                label={isThere ? `${name} (${say('tierReached')})` : name}
              />
            );
          })}
        </RadioGroup>
      </Field>
      <Field
        label={say('escalateReason')}
        hint={say('escalateReasonHint')}
        required
        {...(checked && !reason.trim() ? { validationMessage: say('reasonMissing') } : {})}
      >
        <Textarea
          value={reason}
          rows={2}
          maxLength={longest.summary}
          resize="vertical"
          onChange={(_, { value }) => write({ reason: value })}
          data-testid="escalate-reason"
        />
      </Field>
      {to !== null && !to.startsWith('tier') && target?.connected === false && (
        <p className="fl-quiet" role="status" data-testid="tell-them">
          {say('tellThem')}
        </p>
      )}
      {rules === null && <Spinner size="tiny" label={say('loading')} />}
      <RuleFields fields={asked} values={fields} refused={refused} onChange={(values) => write({ fields: values })} />
    </FormDialog>
  );
}
