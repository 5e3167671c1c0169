/** A dialog that shows something: its title, what there is to see, and the way out. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useSay } from '../context.ts';
import { useFocusBack } from './useFocusBack.ts';

interface Props {
  readonly title: string;
  readonly testId: string;
  /** Takes the room of a table with many columns. */
  readonly wide?: boolean;
  /** There is nothing in it to press: it is scrolled by keys itself. */
  readonly readOnly?: boolean;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

export function ShowDialog({ title, testId, wide = false, readOnly = false, children, onClose }: Props): ReactNode {
  const say = useSay();
  useFocusBack();
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface className={wide ? 'fl-wide-surface' : ''} data-testid={testId}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className="fl-shown" {...(readOnly ? { tabIndex: 0 } : {})}>
            {children}
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
