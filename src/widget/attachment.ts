import type { Attachment } from './activity.ts';

/** Pictures a browser shows by itself. SVG is not among them: it is a document, and is offered as a file. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export const isPicture = (attachment: Attachment): boolean => pictures.has(attachment.contentType.toLowerCase());

/**
 * Where an attachment can be fetched, or null where it cannot. The visitor's token goes along only to the service itself
 * (`origins`): another host that an activity names must not learn it.
 */
export function addressOf(attachment: Attachment, token: string | null, origins: readonly string[]): string | null {
  if (attachment.contentUrl === null) return null;
  if (!URL.canParse(attachment.contentUrl)) return null;
  const url = new URL(attachment.contentUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (token !== null && origins.includes(url.origin)) url.searchParams.set('t', token);
  return url.href;
}

/** `12 KB`, `3.4 MB`: 1 KB is 1,024 bytes. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
