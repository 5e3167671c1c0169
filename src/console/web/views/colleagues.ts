/** Colleagues to hand a case to or to ask, read when a dialog opens; undefined until they are there. */
import { useEffect, useState } from 'react';
import * as api from '../api.ts';
import { useDeskState } from '../context.ts';
import type { Colleague } from '../model.ts';

export function useColleagues(): readonly Colleague[] | undefined {
  const me = useDeskState((state) => state.me?.name);
  const [colleagues, setColleagues] = useState<readonly Colleague[]>();
  useEffect(() => {
    let isShown = true;
    api.colleagues().then(
      (all) => isShown && setColleagues(all.filter(({ name }) => name !== me)),
      (error) => {
        console.warn('firstline: colleagues not loaded', error);
        if (isShown) setColleagues([]);
      },
    );
    return () => {
      isShown = false;
    };
  }, [me]);
  return colleagues;
}
