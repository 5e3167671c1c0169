/**
 * What outlives a reload, in this browser's localStorage: drafts, unsent replies, read marks, preferences.
 * Where storage is refused or full (private windows, quotas) the page works on without it: nothing here throws.
 */
const prefix = 'firstline.console.';

export function read<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(prefix + key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch (error) {
    console.warn('firstline: kept data could not be read', key, error);
    return null;
  }
}

/** Null removes the key. */
export function write(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch (error) {
    console.warn('firstline: data could not be kept', key, error);
  }
}

/** Every kept key that begins with `start`, without the page's own prefix. */
export function keys(start: string): readonly string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix + start))
      .map((key) => key.slice(prefix.length));
  } catch (error) {
    console.warn('firstline: kept data could not be listed', error);
    return [];
  }
}
