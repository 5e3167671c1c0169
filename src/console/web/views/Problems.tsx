/** What whoever runs the desk should put right, such as a broken FAQ file: a mark in the header that opens the list. */
import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import { type ReactNode, useState } from 'react';
import { useDeskState, useSay } from '../context.ts';
import { differs } from '../serving.ts';
import { DeadLetters } from './DeadLetters.tsx';
import { ServingDialog } from './ServingDialog.tsx';

export function Problems(): ReactNode {
  const say = useSay();
  const problems = useDeskState((state) => state.problems);
  const apart = useDeskState((state) => differs(state.processes));
  const [serving, setServing] = useState(false);
  const dead = useDeskState((state) => state.deadLetters.length);
  const count = problems.length + (apart ? 1 : 0) + dead;
  if (count === 0 && !serving) return null;
  return (
    <>
      <Popover trapFocus positioning="below-start">
        <PopoverTrigger disableButtonEnhancement>
          <Button
            className="fl-problems"
            appearance="subtle"
            size="small"
            icon={<WarningRegular />}
            data-testid="problems"
          >
            {say('problems', { count })}
          </Button>
        </PopoverTrigger>
        <PopoverSurface className="fl-problem-list" aria-label={say('problemsTitle')}>
          {count > dead && (
            <>
              <h2>{say('problemsTitle')}</h2>
              <p className="fl-quiet">{say('problemsHint')}</p>
            </>
          )}
          <ul>
            {apart && (
              <li>
                {say('servingDiffers')}{' '}
                <Button size="small" onClick={() => setServing(true)} data-testid="differs">
                  {say('serving')}
                </Button>
              </li>
            )}
            {problems.map((problem) => (
              <li key={problem}>
                <code>{problem}</code>
              </li>
            ))}
          </ul>
          <DeadLetters />
        </PopoverSurface>
      </Popover>
      {serving && <ServingDialog onClose={() => setServing(false)} />}
    </>
  );
}
