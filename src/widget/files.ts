/**
 * The bytes of files that are not sent yet. They lie in IndexedDB beside the outbox in localStorage, so that a file survives a reload as
 * text does. A browser without IndexedDB (some private windows) keeps them until the page is closed.
 */
export interface FileShelf {
  put(clientId: string, files: readonly File[]): Promise<void>;
  /** The files in the order given; null when they are gone. */
  get(clientId: string): Promise<readonly File[] | null>;
  drop(clientId: string): Promise<void>;
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const storeName = 'files';

async function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  return settled(request);
}

export function fileShelf(name: string): FileShelf {
  const here = new Map<string, readonly File[]>();
  let database: Promise<IDBDatabase | null> | null = null;
  const store = async (mode: IDBTransactionMode) => {
    // A refusal is not an error to show: the files are in `here` and go out as long as the page lives.
    database ??= open(name).catch(() => null);
    return (await database)?.transaction(storeName, mode).objectStore(storeName) ?? null;
  };
  return {
    async put(clientId, files) {
      here.set(clientId, files);
      const target = await store('readwrite');
      if (target) await settled(target.put(files, clientId)).catch(() => null);
    },
    async get(clientId) {
      const kept = here.get(clientId);
      if (kept) return kept;
      const source = await store('readonly');
      const found: unknown = source && (await settled(source.get(clientId)).catch(() => null));
      return Array.isArray(found) ? (found as readonly File[]) : null;
    },
    async drop(clientId) {
      here.delete(clientId);
      const target = await store('readwrite');
      if (target) await settled(target.delete(clientId)).catch(() => null);
    },
  };
}
