/** Which conversation the page's address names: `#/c/<id>`. Links can be shared, and the browser's back button works. */
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
