/** What colleagues note down about the case: subject, priority, category, tags and the desk's own fields. Only what changed is sent. */
import { Field, Input, Select } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import type { CaseFacts, Changes } from '../case-model.ts';
import { useDesk, useSay } from '../context.ts';
import { changedIn, noFaults, type Refused, tagsIn } from '../forms.ts';
import { type Item, longest, type Priority, priorities } from '../model.ts';
import { FormDialog } from './FormDialog.tsx';
import { RuleFields } from './RuleFields.tsx';
import { useRules } from './useRules.ts';

interface Props {
  readonly item: Item;
  readonly facts: CaseFacts;
  readonly onClose: () => void;
}

export function EditDialog({ item, facts, onClose }: Props): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const rules = useRules();
  const [subject, setSubject] = useState(item.subject);
  const [priority, setPriority] = useState<Priority>(item.priority);
  const [category, setCategory] = useState(facts.category ?? '');
  const [tags, setTags] = useState(facts.tags.join(say('comma')));
  const [fields, setFields] = useState(facts.fields);
  const [refused, setRefused] = useState<Refused | null>(null);
  // Nobody must fill in all of them to correct one.
  const asked = (rules?.fields ?? []).map((field) => ({ ...field, required: false }));

  async function submit(): Promise<boolean> {
    if (!subject.trim()) return false;
    const changed = changedIn(asked, facts.fields, fields);
    const changes: Changes = {
      ...(subject.trim() === item.subject ? {} : { subject: subject.trim() }),
      ...(priority === item.priority ? {} : { priority }),
      ...(category === (facts.category ?? '') ? {} : { category: category || null }),
      ...(tagsIn(tags).join() === facts.tags.join() ? {} : { tags: tagsIn(tags) }),
      ...(Object.keys(changed).length === 0 ? {} : { fields: changed }),
    };
    if (Object.keys(changes).length === 0) return true;
    const done = await desk.edit(changes);
    if (!done) setRefused({ ...(desk.store.get().trouble?.faults ?? noFaults), values: fields });
    return done;
  }
  return (
    <FormDialog title={say('editTitle')} doIt={say('save')} testId="edit" onSubmit={submit} onClose={onClose}>
      <Field label={say('subject')} required {...(subject.trim() ? {} : { validationMessage: say('subjectMissing') })}>
        <Input
          value={subject}
          maxLength={longest.subject}
          onChange={(_, { value }) => setSubject(value)}
          data-testid="edit-subject"
        />
      </Field>
      <Field label={say('priority')}>
        <Select
          value={priority}
          onChange={(_, { value }) => setPriority(value as Priority)}
          data-testid="edit-priority"
        >
          {priorities.map((one) => (
            <option key={one} value={one}>
              {say(`level.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {rules !== null && rules.categories.length > 0 && (
        <Field label={say('category')}>
          <Select value={category} onChange={(_, { value }) => setCategory(value)} data-testid="edit-category">
            <option value="">{say('none')}</option>
            {rules.categories.map(({ id, label }) => (
              <option key={id} value={id}>
                {label[say.language]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={say('tags')} hint={say('tagsHint')}>
        <Input value={tags} maxLength={800} onChange={(_, { value }) => setTags(value)} data-testid="edit-tags" />
      </Field>
      <RuleFields fields={asked} values={fields} refused={refused} onChange={setFields} />
    </FormDialog>
  );
}
