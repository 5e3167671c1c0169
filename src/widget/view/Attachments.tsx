import { useState } from 'preact/hooks';
import type { Attachment } from '../activity.ts';
import { addressOf, isPicture, sizeOf } from '../attachment.ts';
import type { FileFact } from '../outbox.ts';
import { useChat } from './chat.ts';
import { FileIcon } from './icons.tsx';

function One({ attachment, token }: { attachment: Attachment; token: string | null }) {
  const { say, origins } = useChat();
  const [broken, setBroken] = useState(false);
  const name = attachment.name ?? say('unnamedFile');
  // The token is renewed now and then; a picture on the screen must not be fetched again for that.
  const [address] = useState(() => addressOf(attachment, token, origins));
  if (address === null) {
    return (
      <span class="file">
        <FileIcon />
        {name}
      </span>
    );
  }
  const current = addressOf(attachment, token, origins) ?? address;
  const picture = isPicture(attachment) && !broken;
  return (
    <a
      class={picture ? 'picture' : 'file'}
      href={current}
      target="_blank"
      rel="noopener noreferrer"
      data-testid="attachment"
    >
      {picture ? (
        <img src={address} alt={say('picture', { name })} onError={() => setBroken(true)} />
      ) : (
        <>
          <FileIcon />
          {name}
        </>
      )}
      <span class="unseen">{say('newTab')}</span>
    </a>
  );
}

export function Attachments({ attachments, token }: { attachments: readonly Attachment[]; token: string | null }) {
  if (attachments.length === 0) return null;
  return (
    <div class="files">
      {attachments.map((attachment, index) => (
        <One key={attachment.contentUrl ?? index} attachment={attachment} token={token} />
      ))}
    </div>
  );
}

/** Files on their way: nothing to open yet. */
export function OutgoingFiles({ files }: { files: readonly FileFact[] }) {
  if (files.length === 0) return null;
  return (
    <div class="files">
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may bear one name, and a sent message's files never change.
        <span class="file" key={`${index}:${file.name}`}>
          <FileIcon />
          {file.name}
          <small>{sizeOf(file.size)}</small>
        </span>
      ))}
    </div>
  );
}
