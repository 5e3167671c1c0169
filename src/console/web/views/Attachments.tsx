/** Files of a message. Pictures the service checked are shown small; all else is a link. */
import type { ReactNode } from 'react';
import { useSay } from '../context.ts';
import type { Attachment } from '../model.ts';

/** Kinds a browser shows as a picture and never runs; SVG is none of them. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export function Attachments({ attachments }: { readonly attachments: readonly Attachment[] }): ReactNode {
  const say = useSay();
  const files = attachments.filter((file) => file.contentUrl !== undefined);
  if (files.length === 0) return null;
  return (
    <ul className="fl-files">
      {files.map((file) => {
        const name = file.name ?? say('attachment');
        return (
          <li key={file.contentUrl}>
            <a href={file.contentUrl} target="_blank" rel="noopener noreferrer">
              {pictures.has(file.contentType) ? <img src={file.contentUrl} alt={name} loading="lazy" /> : name}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
