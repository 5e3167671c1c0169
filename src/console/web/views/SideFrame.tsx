/** A page beside the desk's own: its title, what it is, and the way back. */
import { Button } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { type ReactNode, useEffect, useRef } from 'react';
import { useSay } from '../context.ts';

interface Props {
  readonly title: string;
  readonly hint: string;
  readonly testId: string;
  readonly children: ReactNode;
  readonly onBack: () => void;
}

export function SideFrame({ title, hint, testId, children, onBack }: Props): ReactNode {
  const say = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  // What was there before is gone: reading begins at the title.
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="fl-side" id="thread" tabIndex={-1} aria-label={title} data-testid={testId}>
      <div className="fl-side-inner">
        <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={onBack} data-testid="back-to-desk">
          {say('backToDesk')}
        </Button>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p className="fl-quiet">{hint}</p>
        {children}
      </div>
    </section>
  );
}
