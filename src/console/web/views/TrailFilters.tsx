/** What of the trail is looked at, and taking that along. */
import { Button, Field, Input, Select } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import * as api from '../api.ts';
import { useSay } from '../context.ts';
import { type DeedGroup, deedGroups, everything, queryOf, type TrailFilter } from '../trail-model.ts';
import { useColleagues } from './colleagues.ts';
import { DayFields } from './DayFields.tsx';

interface Props {
  readonly filter: TrailFilter;
  readonly onChange: (filter: TrailFilter) => void;
}

const others = ['visitor', 'bot', 'desk', 'unknown'] as const;

export function TrailFilters({ filter, onChange }: Props): ReactNode {
  const say = useSay();
  const colleagues = useColleagues();
  const isNarrowed = queryOf(filter).size > 0;
  const change = (part: Partial<TrailFilter>) => onChange({ ...filter, ...part });
  return (
    <search className="fl-trail-filters">
      <Field label={say('trailWho')}>
        <Input
          value={filter.who}
          list="trail-names"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={say('trailWhoHint')}
          onChange={(_, { value }) => change({ who: value })}
          data-testid="trail-who"
        />
      </Field>
      <datalist id="trail-names">
        {Array.isArray(colleagues) &&
          colleagues.map(({ name, displayName }) => <option key={name} value={name} label={displayName} />)}
        {others.map((name) => (
          <option key={name} value={name} label={say(`by.${name}`)} />
        ))}
      </datalist>
      <Field label={say('trailWhat')}>
        <Select
          value={filter.group}
          onChange={(_, { value }) => change({ group: value as DeedGroup })}
          data-testid="trail-what"
        >
          {(Object.keys(deedGroups) as DeedGroup[]).map((group) => (
            <option key={group} value={group}>
              {say(`deeds.${group}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={say('trailAbout')}>
        <Input
          value={filter.about}
          autoCapitalize="none"
          spellCheck={false}
          placeholder={say('trailAboutHint')}
          onChange={(_, { value }) => change({ about: value })}
          data-testid="trail-about"
        />
      </Field>
      <DayFields
        days={filter}
        labels={{ from: say('trailFrom'), to: say('trailTo') }}
        onChange={change}
        testId="trail"
      />
      <p className="fl-trail-takes">
        {isNarrowed && (
          <Button appearance="subtle" size="small" onClick={() => onChange(everything)} data-testid="trail-clear">
            {say('trailClear')}
          </Button>
        )}
        <span>
          {say('trailExport')}{' '}
          {(['csv', 'ndjson'] as const).map((format) => (
            <a
              key={format}
              href={api.trailExport(queryOf(filter), format)}
              download={`audit.${format}`}
              data-testid={`trail-${format}`}
            >
              {format.toUpperCase()}
            </a>
          ))}
        </span>
      </p>
    </search>
  );
}
