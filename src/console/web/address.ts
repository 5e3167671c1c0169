/** What the page's address names: a conversation, `#/c/<id>`, or a page beside them. Links can be shared, and the browser's back button works. */
export const hashOf = (id: string | null): string => (id === null ? '#/' : `#/c/${encodeURIComponent(id)}`);

/** Null where the address names none, or was damaged on its way. */
export function idIn(hash: string): string | null {
  const encoded = /^#\/c\/(.+)$/.exec(hash)?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** Pages beside the desk's own. */
export type SidePage = 'audit' | 'erasure';

/** Null where the address is the desk's own. */
export function sidePageIn(hash: string): SidePage | null {
  const name = /^#\/(\w+)(?:\?|$)/.exec(hash)?.[1];
  return name === 'audit' || name === 'erasure' ? name : null;
}

/** @param about what of the trail is looked at. */
export const hashOfSide = (page: SidePage, about?: string): string =>
  about === undefined ? `#/${page}` : `#/${page}?${new URLSearchParams({ about })}`;

/** What a link to the trail asks of it; empty: all. */
export const aboutIn = (hash: string): string =>
  new URLSearchParams(/\?(.*)$/.exec(hash)?.[1] ?? '').get('about') ?? '';

export function goTo(hash: string): void {
  location.hash = hash;
}
