import type { Signal } from '../link.ts';
import { useChat } from './chat.ts';

/** What is wrong with the line and what becomes of the text meanwhile; empty while all is well. */
export function Connection({ signal, onRestart }: { signal: Signal; onRestart: () => void }) {
  const { say } = useChat();
  const quiet = signal === 'idle' || signal === 'online';
  return (
    <div class="connection" role="status" data-testid="connection" data-signal={signal}>
      {!quiet && <p>{say(signal)}</p>}
      {signal === 'ended' && (
        <button type="button" data-testid="restart" onClick={onRestart}>
          {say('restart')}
        </button>
      )}
    </div>
  );
}
