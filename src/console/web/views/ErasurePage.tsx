/** Erases one customer's data: who it is, what would go, the customer once more by hand, how far it is, and the proof. */
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../api.ts';
import { newClientId } from '../client-id.ts';
import { useDeskState, useSay } from '../context.ts';
import { erasingNow, forgetErasing, keepErasing } from '../erasing.ts';
import type { Erased, Preview } from '../trail-model.ts';
import { beginWork, followWork, type Standing } from '../works.ts';
import { ErasurePreview } from './ErasurePreview.tsx';
import { ErasureProof } from './ErasureProof.tsx';
import { FindCustomer } from './FindCustomer.tsx';
import { Progress } from './Progress.tsx';
import { SideFrame } from './SideFrame.tsx';
import { troubleText } from './trouble.ts';

type Stage =
  | { readonly at: 'find'; readonly trouble?: ApiError }
  | { readonly at: 'preview'; readonly customer: string; readonly preview: Preview }
  | { readonly at: 'work'; readonly standing: Standing }
  | { readonly at: 'proof'; readonly erased: Erased };

export function ErasurePage({ onBack }: { readonly onBack: () => void }): ReactNode {
  const say = useSay();
  const me = useDeskState((state) => state.me?.name) ?? '';
  const [stage, setStage] = useState<Stage>({ at: 'find' });
  const isShown = useRef(true);

  /** Shows a work to its end. What the page shows meanwhile is of no matter to it. */
  const follow = useCallback(
    async (working: (told: (standing: Standing) => void) => Promise<Erased>) => {
      const show = (next: Stage) => isShown.current && setStage(next);
      show({ at: 'work', standing: { at: 'running', done: 0, of: null } });
      try {
        show({ at: 'proof', erased: await working((standing) => show({ at: 'work', standing })) });
      } catch (error) {
        // Who is signed out meanwhile looks again after signing in.
        if (!(error instanceof ApiError && error.status === 401)) forgetErasing(me);
        show({ at: 'find', trouble: error instanceof ApiError ? error : new ApiError(0, 'page', String(error)) });
      }
    },
    [me],
  );
  useEffect(() => {
    isShown.current = true;
    const id = erasingNow(me, Date.now());
    if (id) void follow((told) => followWork<Erased>(id, told));
    return () => {
      isShown.current = false;
    };
  }, [me, follow]);

  function erase(customer: string): void {
    const id = newClientId();
    keepErasing(me, id, Date.now());
    void follow((told) => beginWork<Erased>('/erase', { customer, confirm: customer }, id, told));
  }
  return (
    <SideFrame title={say('erasureTitle')} hint={say('erasureHint')} testId="erasure" onBack={onBack}>
      {stage.at === 'find' && (
        <>
          {stage.trouble && (
            <p role="alert" className="fl-error">
              {say('erasureFailed', { reason: troubleText({ ...stage.trouble, message: stage.trouble.message }, say) })}{' '}
              {say('erasureAgain')}
            </p>
          )}
          <FindCustomer onFound={(customer, preview) => setStage({ at: 'preview', customer, preview })} />
        </>
      )}
      {stage.at === 'preview' && (
        <ErasurePreview
          customer={stage.customer}
          preview={stage.preview}
          onErase={() => erase(stage.customer)}
          onCancel={() => setStage({ at: 'find' })}
        />
      )}
      {stage.at === 'work' && (
        <section data-testid="erasing">
          <Progress standing={stage.standing} unknown="erasureDoing" known="erasureDoingOf" />
          <p className="fl-quiet">{say('erasureGoesOn')}</p>
        </section>
      )}
      {stage.at === 'proof' && (
        <ErasureProof
          erased={stage.erased}
          onAnother={() => {
            forgetErasing(me);
            setStage({ at: 'find' });
          }}
        />
      )}
    </SideFrame>
  );
}
