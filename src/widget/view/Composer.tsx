import type { Ref } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DeskState } from '../activity.ts';
import { sizeOf } from '../attachment.ts';
import { sends } from '../keyboard.ts';
import { useChat } from './chat.ts';
import { AttachIcon, CloseIcon, SendIcon } from './icons.tsx';
import { listId, optionId, SuggestionList, useSuggestions } from './Suggestions.tsx';

export interface Draft {
  readonly text: string;
  readonly files: readonly File[];
}

/** The field one writes in: grows with its text up to a third of the screen, takes files by button and by paste. */
export function Composer(props: {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onSend: () => void;
  /** A question was chosen instead of what was being written. */
  onChoose: (question: string) => void;
  desk: DeskState;
  onPerson: () => void;
  onStopWaiting: () => void;
  fieldRef: Ref<HTMLTextAreaElement> & { current: HTMLTextAreaElement | null };
}) {
  const { client, say } = useChat();
  const { draft, onDraft, onSend, onChoose, desk, onPerson, onStopWaiting, fieldRef } = props;
  const { phase } = desk;
  const picker = useRef<HTMLInputElement>(null);
  const add = (files: FileList | null | undefined) => {
    if (files && files.length > 0) onDraft({ ...draft, files: [...draft.files, ...files] });
  };
  const empty = draft.text.trim() === '' && draft.files.length === 0;
  // Only where the bot is asked something: not while a person listens, nor in answer to the bot's own questions.
  const asking =
    (phase === 'bot' || phase === 'outside' || phase === 'closed') && !desk.guided && draft.files.length === 0;
  const suggesting = useSuggestions(asking, onChoose);
  const { suggestions, at } = suggesting;

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
        suggesting.close();
        onSend();
      }}
      onFocusOut={() => suggesting.close()}
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
      <SuggestionList
        suggestions={suggestions}
        at={at}
        onChoose={(question) => {
          suggesting.close();
          onChoose(question);
        }}
      />
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
          // A text area may not be called a combobox; as a text box with a list it says the same.
          aria-autocomplete="list"
          aria-controls={suggestions.length > 0 ? listId : undefined}
          aria-activedescendant={at === null ? undefined : optionId(at)}
          value={draft.text}
          onCompositionStart={() => suggesting.close()}
          onCompositionEnd={(event) => suggesting.typed(event.currentTarget.value)}
          onInput={(event) => {
            onDraft({ ...draft, text: event.currentTarget.value });
            if (!event.isComposing) suggesting.typed(event.currentTarget.value);
            if (event.currentTarget.value !== '') client.noteTyping();
          }}
          onKeyDown={(event) => {
            if (suggesting.pressed(event)) {
              event.preventDefault();
              // Escape has closed the list and must not close the chat as well.
              event.stopPropagation();
              return;
            }
            if (!sends(event)) return;
            event.preventDefault();
            suggesting.close();
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
        {(phase === 'bot' || phase === 'outside' || phase === 'closed') && (
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
