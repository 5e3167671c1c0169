/** Whether the trail is what was written: a button, how far the check is, and what it found. */
import { Button, Spinner } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ApiError } from '../api.ts';
import { newClientId } from '../client-id.ts';
import { sayIfKnown, useSay } from '../context.ts';
import type { Verdict } from '../trail-model.ts';
import { beginWork, type Standing } from '../works.ts';
import { Progress } from './Progress.tsx';
import { troubleText } from './trouble.ts';

type Check =
  | { readonly at: 'rest' }
  | { readonly at: 'work'; readonly standing: Standing | null }
  | { readonly at: 'verdict'; readonly verdict: Verdict }
  | { readonly at: 'failed'; readonly error: ApiError };

export function ChainCheck(): ReactNode {
  const say = useSay();
  const [check, setCheck] = useState<Check>({ at: 'rest' });
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  async function begin(): Promise<void> {
    const show = (next: Check) => isShown.current && setCheck(next);
    show({ at: 'work', standing: null });
    try {
      const verdict = await beginWork<Verdict>('/audit/verify', {}, newClientId(), (standing) =>
        show({ at: 'work', standing }),
      );
      show({ at: 'verdict', verdict });
    } catch (error) {
      show({ at: 'failed', error: error instanceof ApiError ? error : new ApiError(0, 'page', String(error)) });
    }
  }
  return (
    <section className="fl-chain" aria-label={say('chainCheck')}>
      <Button onClick={() => void begin()} disabled={check.at === 'work'} data-testid="chain-check">
        {say('chainCheck')}
      </Button>
      {check.at === 'rest' && <p className="fl-quiet">{say('chainHint')}</p>}
      {check.at === 'work' && check.standing === null && <Spinner size="tiny" label={say('chainChecking')} />}
      {check.at === 'work' && check.standing !== null && (
        <Progress standing={check.standing} unknown="chainChecking" known="chainCheckingOf" />
      )}
      <div role="status" data-testid="chain-verdict">
        {check.at === 'verdict' && <Found verdict={check.verdict} />}
        {check.at === 'failed' && (
          <p className="fl-error">
            {say('chainFailed', { reason: troubleText({ ...check.error, message: check.error.message }, say) })}
          </p>
        )}
      </div>
    </section>
  );
}

function Found({ verdict: { rows, hash, fault, kind } }: { readonly verdict: Verdict }): ReactNode {
  const say = useSay();
  const count = new Intl.NumberFormat(say.language).format(rows);
  if (fault !== null)
    return (
      <div className="fl-verdict fl-verdict-bad" data-testid="chain-broken">
        <strong>{say('chainBroken', { row: rows + 1 })}</strong>
        <p>{sayIfKnown(say, `chain.${kind}`, fault)}</p>
        <p>{say('chainBefore', { rows: count })}</p>
      </div>
    );
  if (rows === 0) return <p>{say('chainEmpty')}</p>;
  return (
    <div className="fl-verdict fl-verdict-good" data-testid="chain-holds">
      <strong>{say('chainHolds', { rows: count })}</strong>
      <p>
        {say('chainHead')} <code>{`${rows}:${hash}`}</code>
      </p>
    </div>
  );
}
