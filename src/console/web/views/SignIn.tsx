/** Name and password; says what to do when they are wrong or were tried too often. */
import { Button, Field, Input } from '@fluentui/react-components';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ApiError } from '../api.ts';
import { useDesk, useDeskState, useSay, useSurroundings } from '../context.ts';
import { Wordmark } from './Wordmark.tsx';

/** What stands in the way: a missing field, a refusal, or a wait until a moment (ms). */
type Obstacle =
  | { readonly kind: 'name' | 'password' | 'wrong' | 'network' }
  | { readonly kind: 'wait'; readonly until: number | null }
  | { readonly kind: 'other'; readonly message: string };

function obstacleOf(error: unknown): Obstacle {
  if (!(error instanceof ApiError)) return { kind: 'other', message: String(error) };
  if (error.status === 401) return { kind: 'wrong' };
  if (error.status === 429 || error.status === 423)
    return { kind: 'wait', until: error.retryAfter === null ? null : Date.now() + error.retryAfter * 1000 };
  if (error.status === 0) return { kind: 'network' };
  return { kind: 'other', message: error.message };
}

export function SignIn(): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const { preferences, prefer } = useSurroundings();
  const [name, setName] = useState(useDeskState((state) => state.me?.name) ?? '');
  const [password, setPassword] = useState('');
  const [obstacle, setObstacle] = useState<Obstacle | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const seconds = useSecondsUntil(obstacle?.kind === 'wait' ? obstacle.until : null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!name.trim()) return setObstacle({ kind: 'name' });
    if (!password) return setObstacle({ kind: 'password' });
    setBusy(true);
    setObstacle(null);
    try {
      await desk.signIn(name.trim(), password);
    } catch (error) {
      setObstacle(obstacleOf(error));
      form.current?.querySelector<HTMLInputElement>('input[type=password]')?.select();
    } finally {
      setBusy(false);
    }
  }

  const sentence = (o: Obstacle): string | null => {
    switch (o.kind) {
      case 'name':
      case 'password':
        return null;
      case 'wrong':
        return say('wrongPassword');
      case 'network':
        return say('unreachable');
      case 'wait':
        if (o.until === null) return say('waitToSignInUnknown');
        return seconds > 0 ? say('waitToSignIn', { seconds }) : null;
      case 'other':
        return say('trouble.other', { message: o.message });
    }
  };
  const said = obstacle && sentence(obstacle);
  return (
    <main className="fl-signin">
      <form ref={form} onSubmit={(event) => void submit(event)} aria-labelledby="signin-title" data-testid="signin">
        <Wordmark />
        <h1 id="signin-title">{say('signIn')}</h1>
        <p className="fl-quiet">{say('signInHint')}</p>
        <Field label={say('name')} {...(obstacle?.kind === 'name' ? { validationMessage: say('nameMissing') } : {})}>
          <Input
            value={name}
            onChange={(_, { value }) => setName(value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            data-testid="signin-name"
          />
        </Field>
        <Field
          label={say('password')}
          {...(obstacle?.kind === 'password' ? { validationMessage: say('passwordMissing') } : {})}
        >
          <Input
            type="password"
            value={password}
            onChange={(_, { value }) => setPassword(value)}
            autoComplete="current-password"
            data-testid="signin-password"
          />
        </Field>
        <p role="alert" className="fl-error" data-testid="signin-error">
          {said}
        </p>
        <Button type="submit" appearance="primary" disabled={busy || seconds > 0} data-testid="signin-submit">
          {say('signIn')}
        </Button>
      </form>
      <Button
        appearance="subtle"
        size="small"
        lang={preferences.language === 'ja' ? 'en' : 'ja'}
        onClick={() => prefer({ language: preferences.language === 'ja' ? 'en' : 'ja' })}
      >
        {preferences.language === 'ja' ? 'English' : '日本語'}
      </Button>
    </main>
  );
}

/** Whole seconds left until a moment (ms), counting down; 0 when it is over or null. */
function useSecondsUntil(until: number | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (until === null) return setLeft(0);
    const look = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    look();
    const timer = setInterval(look, 500);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
