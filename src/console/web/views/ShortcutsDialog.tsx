import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { Fragment, type ReactNode } from 'react';
import { useSay } from '../context.ts';
import { shortcuts } from '../keys.ts';

/** Every key and what it does. */
export function ShortcutsDialog({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const say = useSay();
  return (
    <Dialog open={open} onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface data-testid="shortcuts">
        <DialogBody>
          <DialogTitle>{say('helpTitle')}</DialogTitle>
          <DialogContent>
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
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {say('close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
