/** What whoever runs the desk should put right, such as a broken FAQ file: a mark in the header that opens the list. */
import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import type { ReactNode } from 'react';
import { useDeskState, useSay } from '../context.ts';

export function Problems(): ReactNode {
  const say = useSay();
  const problems = useDeskState((state) => state.problems);
  if (problems.length === 0) return null;
  return (
    <Popover trapFocus positioning="below-start">
      <PopoverTrigger disableButtonEnhancement>
        <Button
          className="fl-problems"
          appearance="subtle"
          size="small"
          icon={<WarningRegular />}
          data-testid="problems"
        >
          {say('problems', { count: problems.length })}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className="fl-problem-list" aria-label={say('problemsTitle')}>
        <h2>{say('problemsTitle')}</h2>
        <p className="fl-quiet">{say('problemsHint')}</p>
        <ul>
          {problems.map((problem) => (
            <li key={problem}>
              <code>{problem}</code>
            </li>
          ))}
        </ul>
      </PopoverSurface>
    </Popover>
  );
}
