/** A dialog that holds a form: title, fields, cancel and one button that does it. It closes when `onSubmit` says it is done. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useDesk, useDeskState, useSay } from '../context.ts';
import { troubleText } from './trouble.ts';
import { useFocusBack } from './useFocusBack.ts';

interface Props {
  readonly title: string;
  readonly doIt: string;
  readonly testId: string;
  readonly children: ReactNode;
  /** True when it was done, false when it was not (then the trouble is shown here). */
  readonly onSubmit: () => Promise<boolean>;
  readonly onClose: () => void;
}

export function FormDialog({ title, doIt, testId, children, onSubmit, onClose }: Props): ReactNode {
  const desk = useDesk();
  const say = useSay();
  useFocusBack();
  const trouble = useDeskState((state) => state.trouble);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const toFault = useRef(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setTried(true);
    const done = await onSubmit();
    setBusy(false);
    if (done) onClose();
    else toFault.current = true;
  }
  // Where something is still to be put right, writing goes on there.
  useEffect(() => {
    if (busy || !toFault.current) return;
    toFault.current = false;
    const fault = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const input = fault?.matches('input, textarea, select') ? fault : fault?.querySelector('input');
    input?.focus();
  });
  function leave(): void {
    // What was wrong with the form has been read in it.
    if (tried) desk.dismiss();
    onClose();
  }
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && leave()}>
      <DialogSurface data-testid={`${testId}-dialog`}>
        <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className="fl-form">
              {children}
              <p role="alert" className="fl-error">
                {tried && !busy && trouble ? troubleText(trouble, say) : ''}
              </p>
            </DialogContent>
            <DialogActions>
              <Button onClick={leave}>{say('cancel')}</Button>
              <Button type="submit" appearance="primary" disabled={busy} data-testid={`${testId}-submit`}>
                {doIt}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
