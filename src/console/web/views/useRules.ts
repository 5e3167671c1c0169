/** The desk's rules for a form, read anew when it opens: an edit of desk.yaml holds at once. Null until they are there. */
import { useEffect } from 'react';
import type { Rules } from '../case-model.ts';
import { useDesk, useDeskState } from '../context.ts';

export function useRules(): Rules | null {
  const desk = useDesk();
  useEffect(() => void desk.lookAfterDesk(), [desk]);
  return useDeskState((state) => state.rules);
}
