import { Fragment, type ReactNode } from 'react';
import { useSay } from '../context.ts';
import { shortcuts } from '../keys.ts';
import { ShowDialog } from './ShowDialog.tsx';

/** Every key and what it does. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const say = useSay();
  return (
    <ShowDialog title={say('helpTitle')} testId="shortcuts" readOnly onClose={onClose}>
      <dl className="fl-keys">
        {shortcuts.map(({ key, command }) => (
          <Fragment key={key}>
            <dt>
              <kbd>{key === 'Escape' ? 'Esc' : key}</kbd>
            </dt>
            <dd>{say(`key.${command}`)}</dd>
          </Fragment>
        ))}
        <dt>
          <kbd>Ctrl+K</kbd> <kbd>⌘K</kbd>
        </dt>
        <dd>{say('key.find')}</dd>
        <dt>
          <kbd>Enter</kbd> <kbd>Ctrl+Enter</kbd>
        </dt>
        <dd>{say('key.send')}</dd>
        <dt>
          <kbd>Shift+Enter</kbd>
        </dt>
        <dd>{say('key.newline')}</dd>
      </dl>
    </ShowDialog>
  );
}
