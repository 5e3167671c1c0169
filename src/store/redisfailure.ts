/** What Redis and its client say when something is wrong, in the port's terms. */
import { Unavailable } from './store.ts';

/** Replies that are about the server and not about what was asked. */
const serverTrouble =
  /^(LOADING|READONLY|OOM|MISCONF|NOREPLICAS|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|BUSY|UNKILLABLE|NOAUTH|WRONGPASS|NOPERM|EXECABORT|MOVED|ASK)\b/;

/** Unavailable for all that lies at the connection or the server; a reply to what was asked stays what it is. */
export function failureOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Unavailable) return error;
  if (error.name === 'ReplyError' && !serverTrouble.test(error.message)) return error;
  const written = error as Error & { code?: string; errors?: readonly { code?: string }[] };
  const why = error.message || (written.code ?? written.errors?.[0]?.code ?? error.name);
  return new Unavailable(`Redis does not answer: ${why}`, { cause: error });
}

/**
 * True when asking again is safe: it was never sent, the server was not yet ready for it, or the link broke amid a batch. In the last
 * case it may have been carried out; a commit then meets its own version, a reserved number is skipped, a count may be one too high.
 */
export function isWorthAnother(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === 'AbortError' ||
    error.message.startsWith("Stream isn't writeable") ||
    error.message.startsWith('LOADING') ||
    error.message === 'Connection is closed.'
  );
}

/** The server turned the sign-in down: waiting does not help. */
export const isSignInRefused = (error: Error): boolean =>
  /^(WRONGPASS|NOAUTH|ERR (AUTH|invalid password))/i.test(error.message);

/** The server does not know the script it was to run. */
export const isUnknownScript = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOSCRIPT');
