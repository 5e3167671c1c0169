import type { Ref } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DeskState } from '../activity.ts';
import { sizeOf } from '../attachment.ts';
import { sends } from '../keyboard.ts';
import { useChat } from './chat.ts';
import { AttachIcon, CloseIcon, SendIcon } from './icons.tsx';

export interface Draft {
  readonly text: string;
  readonly files: readonly File[];
}

/** The field one writes in: grows with its text up to a third of the screen, takes files by button and by paste. */
export function Composer(props: {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onSend: () => void;
  phase: DeskState['phase'];
  onPerson: () => void;
  onStopWaiting: () => void;
  fieldRef: Ref<HTMLTextAreaElement> & { current: HTMLTextAreaElement | null };
}) {
  const { client, say } = useChat();
  const { draft, onDraft, onSend, phase, onPerson, onStopWaiting, fieldRef } = props;
  const picker = useRef<HTMLInputElement>(null);
  const add = (files: FileList | null | undefined) => {
    if (files && files.length > 0) onDraft({ ...draft, files: [...draft.files, ...files] });
  };
  const empty = draft.text.trim() === '' && draft.files.length === 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height.
  useLayoutEffect(() => {
    const field = fieldRef.current;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }, [draft.text, fieldRef]);

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {draft.files.length > 0 && (
        <ul class="chosen" aria-label={say('chosen')} data-testid="chosen">
          {draft.files.map((file, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two chosen files may bear one name, and a row keeps no state.
            <li key={`${index}:${file.name}`}>
              <span>{file.name}</span>
              <small>{sizeOf(file.size)}</small>
              <button
                type="button"
                aria-label={say('detach', { name: file.name })}
                onClick={() => onDraft({ ...draft, files: draft.files.filter((one) => one !== file) })}
              >
                <CloseIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="field">
        <button
          type="button"
          class="icon"
          data-testid="attach"
          aria-label={say('attach')}
          onClick={() => picker.current?.click()}
        >
          <AttachIcon />
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          data-testid="file"
          onChange={(event) => {
            add(event.currentTarget.files);
            // The same file can be chosen again after it was removed.
            event.currentTarget.value = '';
          }}
        />
        <textarea
          ref={fieldRef}
          rows={1}
          data-testid="compose"
          aria-label={say('compose')}
          placeholder={say('placeholder')}
          enterkeyhint="send"
          value={draft.text}
          onInput={(event) => {
            onDraft({ ...draft, text: event.currentTarget.value });
            if (event.currentTarget.value !== '') client.noteTyping();
          }}
          onKeyDown={(event) => {
            if (!sends(event)) return;
            event.preventDefault();
            onSend();
          }}
          onPaste={(event) => {
            const files = event.clipboardData?.files;
            if (!files || files.length === 0) return;
            event.preventDefault();
            add(files);
          }}
        />
        <button type="submit" class="send" data-testid="send" aria-label={say('send')} disabled={empty}>
          <SendIcon />
        </button>
      </div>
      <div class="hints">
        {(phase === 'bot' || phase === 'closed') && (
          <button type="button" data-testid="person" onClick={onPerson}>
            {say('person')}
          </button>
        )}
        {phase === 'queued' && (
          <button type="button" data-testid="stop-waiting" onClick={onStopWaiting}>
            {say('stopWaiting')}
          </button>
        )}
        <span>{say('hint')}</span>
      </div>
    </form>
  );
}
