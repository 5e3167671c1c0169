/**
 * How the case ended: an outcome, one of the house's or of the desk's own, and a summary, both required; and the desk's required fields
 * that are still empty. The summary is kept while it is unfinished.
 */
import { Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import type { CaseFacts, Values } from '../case-model.ts';
import { useDesk, useDeskState, useSay } from '../context.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import { emptyOf, givenTo, noFaults, type Refused } from '../forms.ts';
import { longest, resolutionCodes } from '../model.ts';
import { codeText } from '../notices.ts';
import { FormDialog } from './FormDialog.tsx';
import { RuleFields } from './RuleFields.tsx';
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
  const me = useDeskState((state) => state.me?.name) ?? '';
  const [code, setCode] = useState<string | null>(null);
  const [summary, setSummary] = useState(() => draftOf(me, id, 'summary'));
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
    if (done) keepDraft(me, id, 'summary', '');
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
      <Field
        label={say('summary')}
        hint={say('summaryHint')}
        required
        {...(checked && !summary.trim() ? { validationMessage: say('summaryMissing') } : {})}
      >
        <Textarea
          value={summary}
          rows={3}
          maxLength={longest.summary}
          resize="vertical"
          onChange={(_, { value }) => {
            setSummary(value);
            keepDraft(me, id, 'summary', value);
          }}
          data-testid="resolve-summary"
        />
      </Field>
      {asked.length > 0 && <h3 className="fl-form-part">{say('fieldsToClose')}</h3>}
      <RuleFields fields={asked} values={fields} refused={refused} onChange={setFields} />
    </FormDialog>
  );
}
