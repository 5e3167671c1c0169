/** Where a dialog goes, the keyboard goes back to what opened it. */
import { useEffect, useRef, useState } from 'react';

/** What has the focus before the dialog takes it; for an entry of a menu, which goes with it, the button of that menu. */
function openerNow(): HTMLElement | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement)) return null;
  const button = focused.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return (button ? document.getElementById(button) : null) ?? focused;
}

export function useFocusBack(): void {
  const [opener] = useState(openerNow);
  const isOpen = useRef(false);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
      // Once what was closed is gone, and unless something else has been given the focus by then.
      requestAnimationFrame(() => {
        if (isOpen.current || document.activeElement !== document.body) return;
        const isThere = opener?.isConnected && opener !== document.body && opener.getClientRects().length > 0;
        (isThere ? opener : document.getElementById('thread'))?.focus();
      });
    };
  }, [opener]);
}
