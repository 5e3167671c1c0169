/** Files of a message. Pictures the service keeps are shown small; all else is a link: a picture elsewhere would tell its host who reads. */
import type { ReactNode } from 'react';
import { useSay } from '../context.ts';
import type { Attachment } from '../model.ts';

/** Kinds a browser shows as a picture and never runs; SVG is none of them. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

const isShown = ({ contentType, contentUrl = '' }: Attachment): boolean =>
  pictures.has(contentType) && !/^https?:/i.test(contentUrl);

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
              {isShown(file) ? <img src={file.contentUrl} alt={name} loading="lazy" /> : name}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
