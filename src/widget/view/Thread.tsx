import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Author, DeskState } from '../activity.ts';
import type { Snapshot } from '../client.ts';
import type { Line } from '../timeline.ts';
import { Outgoing, Said } from './Bubble.tsx';
import { useChat } from './chat.ts';
import { useFollow } from './follow.ts';
import { DownIcon } from './icons.tsx';

const authorOf = (line: Line | undefined): Author | null => {
  if (!line) return null;
  return line.kind === 'said' ? line.message.by : 'visitor';
};

/** Messages of one author within five minutes read as one run. */
const runGap = 300_000;
const together = (one: Line | undefined, other: Line | undefined): boolean => {
  if (authorOf(one) === null || authorOf(one) !== authorOf(other)) return false;
  const at = (line: Line | undefined) => (line?.kind === 'said' ? line.message.at : 0);
  return Math.abs(at(one) - at(other)) < runGap || at(one) === 0 || at(other) === 0;
};

const dayOf = (line: Line): string =>
  line.kind === 'said' && line.message.at > 0 ? new Date(line.message.at).toDateString() : '';

/** Whose line runs past each row: that of the bot or the person who speaks next, for what is said before is said to them. */
function holdersOf(lines: readonly Line[], phase: DeskState['phase']): readonly Author[] {
  const speaker = (line: Line) => ['bot', 'agent'].includes(authorOf(line) ?? '');
  const last = phase === 'closed' ? authorOf(lines.findLast(speaker)) : null;
  let holder: Author = last ?? (phase === 'human' ? 'agent' : 'bot');
  return lines
    .toReversed()
    .map((line) => {
      if (speaker(line)) holder = authorOf(line) ?? holder;
      return holder;
    })
    .reverse();
}

export function Thread({ snapshot, onSuggestion }: { snapshot: Snapshot; onSuggestion: (text: string) => void }) {
  const { say, region } = useChat();
  const { lines, actions, typing, desk, signal, loaded } = snapshot;
  const own = lines.filter((line) => line.kind === 'outgoing').length;
  const { scroller, content, behind, toEnd, onScroll } = useFollow(lines.length);
  const written = useRef(own);
  useLayoutEffect(() => {
    // Whoever writes wants to see it, even from far up in the thread.
    if (own > written.current) toEnd();
    written.current = own;
  }, [own, toEnd]);

  const day = new Intl.DateTimeFormat(region, { month: 'long', day: 'numeric', weekday: 'short' });
  const lastOwn = lines.findLast((line) => authorOf(line) === 'visitor');
  const holders = holdersOf(lines, desk.phase);
  return (
    <div class="thread">
      <div class="scroller" ref={scroller} onScroll={onScroll}>
        <div ref={content} class="content">
          {lines.length === 0 && (
            <div class="welcome" data-testid="welcome">
              {signal === 'idle' || loaded || signal !== 'connecting' ? (
                <>
                  <h3>{say('welcomeTitle')}</h3>
                  <p>{say('welcome')}</p>
                </>
              ) : (
                <p>{say('loading')}</p>
              )}
            </div>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1). */}
          <div role="log" aria-live="polite" aria-label={say('log')} aria-busy={!loaded} data-testid="log" tabIndex={0}>
            {lines.map((line, index) => {
              const before = lines[index - 1];
              const newDay = dayOf(line) !== '' && (!before || (dayOf(before) !== '' && dayOf(before) !== dayOf(line)));
              const opensDay = newDay && (index > 0 || dayOf(line) !== new Date().toDateString());
              return (
                <div class="row" key={line.key} data-holder={holders[index]}>
                  {opensDay && line.kind === 'said' && <p class="day">{day.format(line.message.at)}</p>}
                  {line.kind === 'outgoing' ? (
                    <Outgoing entry={line.entry} signal={signal} />
                  ) : (
                    <Said
                      message={line.message}
                      first={opensDay || !together(before, line)}
                      last={!together(line, lines[index + 1])}
                      sent={line === lastOwn}
                      token={snapshot.session?.token ?? null}
                    />
                  )}
                </div>
              );
            })}
          </div>
          {typing !== null && (
            <p class="typing" role="status" data-testid="typing">
              <i aria-hidden="true" />
              <i aria-hidden="true" />
              <i aria-hidden="true" />
              <span class="unseen">{say('typing', { name: typing || desk.agent || say('assistant') })}</span>
            </p>
          )}
          {actions.length > 0 && (
            <ul class="actions" aria-label={say('suggestions')} data-testid="suggestions">
              {actions.map((action) => (
                <li key={`${action.kind}:${action.value}:${action.title}`}>
                  {action.kind === 'link' ? (
                    <a href={action.value} target="_blank" rel="noopener noreferrer">
                      {action.title}
                      <span class="unseen">{say('newTab')}</span>
                    </a>
                  ) : (
                    <button type="button" data-testid="suggestion" onClick={() => onSuggestion(action.value)}>
                      {action.title}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      {behind && (
        <button type="button" class="to-newest" data-testid="to-newest" onClick={toEnd}>
          <DownIcon />
          {say('toNewest')}
        </button>
      )}
    </div>
  );
}
