/** A case that came by phone, mail or a form of the website. What is written is kept while it is unfinished. */
import { Field, Input, Radio, RadioGroup, Select, Textarea } from '@fluentui/react-components';
import { type ReactNode, useRef, useState } from 'react';
import type { Language } from '../../../conversation/language.ts';
import { type TakenIn, takenInBy } from '../case-model.ts';
import { newClientId } from '../client-id.ts';
import { useDesk, useDeskState, useSay } from '../context.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import { longest, type Priority, priorities } from '../model.ts';
import { FormDialog } from './FormDialog.tsx';

const languages = ['ja', 'en'] as const satisfies readonly Language[];

export function NewCaseDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const me = useDeskState((state) => state.me?.name) ?? '';
  const [draft, setDraft] = useState<TakenIn>(() => {
    const blank: TakenIn = {
      channel: 'phone',
      customer: { name: '', email: '' },
      subject: '',
      details: '',
      language: say.language,
      priority: 'normal',
    };
    const kept = draftOf(me, '', 'intake');
    return kept ? { ...blank, ...(JSON.parse(kept) as Partial<TakenIn>) } : blank;
  });
  const [checked, setChecked] = useState(false);
  // Sent again after a failure it is the same case, unless it was changed meanwhile.
  const sent = useRef({ what: '', id: '' });
  const { channel, customer, subject, details, language, priority } = draft;
  const isNobody = !customer.name.trim() && !customer.email.trim();

  function write(change: Partial<TakenIn>): void {
    const next = { ...draft, ...change };
    setDraft(next);
    keepDraft(me, '', 'intake', JSON.stringify(next));
  }

  async function submit(): Promise<boolean> {
    setChecked(true);
    if (!subject.trim() || isNobody) return false;
    const what = JSON.stringify(draft);
    if (sent.current.what !== what) sent.current = { what, id: newClientId() };
    const done = await desk.takeIn(draft, sent.current.id);
    if (done) keepDraft(me, '', 'intake', '');
    return done;
  }
  return (
    <FormDialog title={say('newCaseTitle')} doIt={say('create')} testId="new-case" onSubmit={submit} onClose={onClose}>
      <Field label={say('cameBy')}>
        <RadioGroup
          layout="horizontal"
          value={channel}
          onChange={(_, { value }) => write({ channel: value as TakenIn['channel'] })}
        >
          {takenInBy.map((one) => (
            <Radio key={one} value={one} label={say(`channel.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Field label={say('customerName')} {...(checked && isNobody ? { validationMessage: say('whoMissing') } : {})}>
        <Input
          value={customer.name}
          maxLength={200}
          autoComplete="off"
          onChange={(_, { value }) => write({ customer: { ...customer, name: value } })}
          data-testid="new-case-name"
        />
      </Field>
      <Field label={say('customerMail')}>
        <Input
          type="email"
          value={customer.email}
          maxLength={320}
          autoComplete="off"
          onChange={(_, { value }) => write({ customer: { ...customer, email: value } })}
          data-testid="new-case-mail"
        />
      </Field>
      <Field
        label={say('subject')}
        required
        {...(checked && !subject.trim() ? { validationMessage: say('subjectMissing') } : {})}
      >
        <Input
          value={subject}
          maxLength={longest.subject}
          onChange={(_, { value }) => write({ subject: value })}
          data-testid="new-case-subject"
        />
      </Field>
      <Field label={say('whatWasSaid')}>
        <Textarea
          value={details}
          rows={4}
          maxLength={longest.message}
          resize="vertical"
          onChange={(_, { value }) => write({ details: value })}
          data-testid="new-case-details"
        />
      </Field>
      <div className="fl-beside">
        <Field label={say('language.speaks')}>
          <Select value={language} onChange={(_, { value }) => write({ language: value as Language })}>
            {languages.map((one) => (
              <option key={one} value={one}>
                {say(`language.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={say('priority')}>
          <Select
            value={priority}
            onChange={(_, { value }) => write({ priority: value as Priority })}
            data-testid="new-case-priority"
          >
            {priorities.map((one) => (
              <option key={one} value={one}>
                {say(`level.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </FormDialog>
  );
}
