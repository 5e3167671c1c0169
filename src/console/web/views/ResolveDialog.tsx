/**
 * How the case ended: an outcome, one of the house's or of the desk's own, and a summary, both required; and the desk's required fields
 * that are still empty.
 */
import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import type { CaseFacts, Values } from '../case-model.ts';
import { useDesk, useSay } from '../context.ts';
import { emptyOf, givenTo, noFaults, type Refused } from '../forms.ts';
import { resolutionCodes } from '../model.ts';
import { codeText } from '../notices.ts';
import { FormDialog } from './FormDialog.tsx';
import { NoteField } from './NoteField.tsx';
import { RuleFields } from './RuleFields.tsx';
import { useDraft } from './useDraft.ts';
import { useRules } from './useRules.ts';

interface Props {
  readonly id: string;
  readonly facts: CaseFacts | null;
  readonly onClose: () => void;
}

export function ResolveDialog({ id, facts, onClose }: Props): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const rules = useRules();
  const [code, setCode] = useState<string | null>(null);
  const [summary, setSummary, forgetSummary] = useDraft(id, 'summary');
  const [fields, setFields] = useState<Values>({});
  const [checked, setChecked] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  // As it was when the dialog opened: a field must not go while it is written.
  const [known] = useState(facts?.fields ?? {});
  const empty = emptyOf(rules?.fields ?? [], known);
  // What is a duplicate is closed as it is.
  const asked = code === 'duplicate' ? [] : (rules?.fields ?? []).filter((field) => empty.includes(field.id));

  async function submit(): Promise<boolean> {
    setChecked(true);
    const missing = emptyOf(asked, fields);
    setRefused({ ...noFaults, missing, values: fields });
    if (code === null || !summary.trim() || missing.length > 0) return false;
    const given = givenTo(asked, fields);
    const done = await desk.resolve(code, summary.trim(), Object.keys(given).length > 0 ? given : undefined);
    if (done) forgetSummary();
    else setRefused({ ...(desk.store.get().trouble?.faults ?? noFaults), values: fields });
    return done;
  }
  return (
    <FormDialog title={say('resolveTitle')} doIt={say('resolve')} testId="resolve" onSubmit={submit} onClose={onClose}>
      <Field
        label={say('resolveCode')}
        required
        {...(checked && code === null ? { validationMessage: say('codeMissing') } : {})}
      >
        <RadioGroup
          className="fl-codes"
          value={code ?? ''}
          onChange={(_, { value }) => setCode(value)}
          data-testid="resolve-code"
        >
          {[...resolutionCodes, ...(rules?.codes ?? []).map((own) => own.id)].map((one) => (
            <Radio key={one} value={one} label={codeText(one, rules, say)} />
          ))}
        </RadioGroup>
      </Field>
      <NoteField
        label={say('summary')}
        hint={say('summaryHint')}
        value={summary}
        onChange={setSummary}
        required
        fault={checked && !summary.trim() ? say('summaryMissing') : ''}
        testId="resolve-summary"
      />
      {asked.length > 0 && <h3 className="fl-form-part">{say('fieldsToClose')}</h3>}
      <RuleFields fields={asked} values={fields} refused={refused} onChange={setFields} />
    </FormDialog>
  );
}
