/** Narrows a search to a state and to the days when cases were opened; it needs no words. */
import { Button, Field, Select } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useDesk, useDeskState, useSay } from '../context.ts';
import { searchView } from '../model.ts';
import { everyCase, isNarrowed, type Narrowing, queryOf, soughtIn, soughtStates } from '../sought.ts';
import { DayFields } from './DayFields.tsx';

export function NarrowSearch(): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const query = useDeskState((state) => state.query);
  const sought = soughtIn(query);
  const view = useDeskState((state) => state.view);
  /** Among all cases: of those that wait none is closed. */
  const change = (part: Partial<Narrowing>) => {
    desk.search(queryOf({ ...sought, ...part }));
    if (view !== searchView && part !== everyCase) desk.setView(searchView);
  };
  return (
    <search className="fl-narrow" id="narrow" data-testid="narrow-fields">
      <Field label={say('narrowState')} size="small" className="fl-narrow-state">
        <Select
          size="small"
          value={sought.state}
          onChange={(_, { value }) => change({ state: value })}
          data-testid="narrow-state"
        >
          <option value="">{say('narrowAny')}</option>
          {soughtStates.map((state) => (
            <option key={state} value={state}>
              {say(`sought.${state}`)}
            </option>
          ))}
        </Select>
      </Field>
      <DayFields
        days={sought}
        labels={{ from: say('narrowFrom'), to: say('narrowTo') }}
        onChange={change}
        size="small"
        testId="narrow"
      />
      {isNarrowed(query) && (
        <Button appearance="subtle" size="small" onClick={() => change(everyCase)} data-testid="narrow-clear">
          {say('narrowClear')}
        </Button>
      )}
    </search>
  );
}
