import type { DeskState } from '../activity.ts';
import type { Say } from '../texts.ts';
import { useChat } from './chat.ts';

const place = (position: number | null, say: Say): string => {
  if (position === null) return say('queueUnknown');
  return position <= 1 ? say('queueFirst') : say('queuePosition', { position });
};

/** How the waiting goes: the place in line, the time it may take, the ticket's number, and that nothing written is in vain. */
export function Queue({ desk }: { desk: DeskState }) {
  const { say } = useChat();
  if (desk.phase !== 'queued') return null;
  return (
    <div class="queue" role="status" data-testid="queue">
      <p class="queue-place">
        <strong data-testid="position">{place(desk.position, say)}</strong>
        {desk.estimate !== null && (
          <span data-testid="estimate">
            {desk.estimate < 60 ? say('queueSoon') : say('queueEstimate', { minutes: Math.ceil(desk.estimate / 60) })}
          </span>
        )}
      </p>
      <p>{say('queuePassedOn')}</p>
    </div>
  );
}
