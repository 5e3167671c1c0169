/** Colleagues to hand a case to or to ask, read when a dialog opens. */
import { useEffect, useState } from 'react';
import * as api from '../api.ts';
import { useDeskState } from '../context.ts';
import type { Colleague } from '../model.ts';

/** Undefined until they are there. */
export type Colleagues = readonly Colleague[] | 'failed' | undefined;

export function useColleagues(): Colleagues {
  const me = useDeskState((state) => state.me?.name);
  const [colleagues, setColleagues] = useState<Colleagues>();
  useEffect(() => {
    let isShown = true;
    api.colleagues().then(
      (all) => isShown && setColleagues(all.filter(({ name }) => name !== me)),
      (error) => {
        console.warn('firstline: colleagues not loaded', error);
        if (isShown) setColleagues('failed');
      },
    );
    return () => {
      isShown = false;
    };
  }, [me]);
  return colleagues;
}
