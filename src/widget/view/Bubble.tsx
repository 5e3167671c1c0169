import { useMemo } from 'preact/hooks';
import type { Message } from '../activity.ts';
import type { Signal } from '../link.ts';
import { findLinks } from '../links.ts';
import { renderMarkdown } from '../markdown.ts';
import type { Entry, Progress } from '../outbox.ts';
import type { Say } from '../texts.ts';
import { nameOf } from '../transcript.ts';
import { Attachments, OutgoingFiles } from './Attachments.tsx';
import { useChat } from './chat.ts';

/** Text as it was typed, its web addresses made links. */
function Plain({ text }: { text: string }) {
  const pieces = useMemo(() => findLinks(text), [text]);
  return (
    <p class="text plain">
      {pieces.map((piece) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <a key={piece.at} href={piece.text} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
}

function Text({ message }: { message: Message }) {
  const marked = message.markdown && message.by !== 'visitor';
  const html = useMemo(() => (marked ? renderMarkdown(message.text) : ''), [marked, message.text]);
  if (message.text === '') return null;
  if (!marked) return <Plain text={message.text} />;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderMarkdown escapes the source's HTML and its tests hold it to that.
  return <div class="text" dangerouslySetInnerHTML={{ __html: html }} />;
}

/** One message of the log. `first` and `last` tell its place in a run of one author's; `sent` marks the visitor's newest. */
export function Said(props: { message: Message; first: boolean; last: boolean; sent: boolean; token: string | null }) {
  const { say, region } = useChat();
  const { message, first, last, sent, token } = props;
  const time = useMemo(
    () => new Intl.DateTimeFormat(region, { hour: 'numeric', minute: '2-digit' }).format(message.at),
    [region, message.at],
  );
  const name = nameOf(message, say);
  if (message.by === 'desk') {
    return (
      <div class="line notice" data-testid="notice" data-by="desk">
        <Text message={message} />
        <Attachments attachments={message.attachments} token={token} />
      </div>
    );
  }
  return (
    <div class="line" data-testid="message" data-by={message.by} data-id={message.id}>
      {first && message.by === 'agent' && (
        <span class="knot" aria-hidden="true">
          {[...name][0]}
        </span>
      )}
      <p class={first && message.by === 'agent' ? 'name' : 'unseen'}>{name}</p>
      <div class="bubble">
        <Text message={message} />
        <Attachments attachments={message.attachments} token={token} />
      </div>
      {last && (
        <p class="meta">
          {sent && <span data-testid="state">{say('sent')} · </span>}
          <time dateTime={new Date(message.at).toISOString()}>{time}</time>
        </p>
      )}
    </div>
  );
}

function whyRefused({ by, reason }: Extract<Progress, { at: 'refused' }>, say: Say): string {
  if (by === 'files') return ` – ${say('fileLost')}`;
  if (by === 'size') return ` – ${say('tooLarge')}`;
  if (by === 'length') return ` – ${say('tooLong')}`;
  return reason && ` – ${reason}`;
}

/** One message on its way, with what has become of it and what the visitor can do. */
export function Outgoing({ entry, signal }: { entry: Entry; signal: Signal }) {
  const { client, say } = useChat();
  const { progress } = entry;
  const stuck = progress.at === 'waiting' || progress.at === 'refused';
  return (
    <div class="line outgoing" data-testid="message" data-by="visitor" data-state={progress.at}>
      <p class="unseen">{say('you')}</p>
      <div class="bubble">
        {entry.text !== '' && <Plain text={entry.text} />}
        <OutgoingFiles files={entry.files} />
      </div>
      <p class="meta" data-testid="state">
        {progress.at === 'refused' && (
          <span class="alert">
            {say('refused')}
            {whyRefused(progress, say)}
          </span>
        )}
        {progress.at === 'delivered' && say('sent')}
        {progress.at === 'waiting' && <span class="pending">{say('retrying')}</span>}
        {progress.at === 'sending' && say('sending')}
        {progress.at === 'queued' &&
          (signal === 'online' || signal === 'connecting' ? (
            say('sending')
          ) : (
            <span class="pending">{say(signal === 'ended' ? 'keptForNew' : 'kept')}</span>
          ))}
      </p>
      {stuck && (
        <p class="remedies">
          {(progress.at !== 'refused' || progress.by === 'service') && (
            <button type="button" data-testid="retry" onClick={() => client.retry(entry.clientId)}>
              {say('retry')}
            </button>
          )}
          <button type="button" data-testid="discard" onClick={() => client.discard(entry.clientId)}>
            {say('discard')}
          </button>
        </p>
      )}
    </div>
  );
}
