/** How the case ended: an outcome and a summary, both required. The summary is kept while it is unfinished. */
import { Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useDesk, useDeskState, useSay } from '../context.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import { longest, type ResolutionCode, resolutionCodes } from '../model.ts';
import { FormDialog } from './FormDialog.tsx';

export function ResolveDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const me = useDeskState((state) => state.me?.name) ?? '';
  const [code, setCode] = useState<ResolutionCode | null>(null);
  const [summary, setSummary] = useState(() => draftOf(me, id, 'summary'));
  const [checked, setChecked] = useState(false);

  async function submit(): Promise<boolean> {
    setChecked(true);
    if (code === null || !summary.trim()) return false;
    const done = await desk.resolve(code, summary.trim());
    if (done) keepDraft(me, id, 'summary', '');
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
          onChange={(_, { value }) => setCode(value as ResolutionCode)}
          data-testid="resolve-code"
        >
          {resolutionCodes.map((one) => (
            <Radio key={one} value={one} label={say(`code.${one}`)} />
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
    </FormDialog>
  );
}
