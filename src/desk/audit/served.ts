/** Notes when an edited file begins to serve: which version, on which process. */
import { hostname } from 'node:os';
import type { Store } from '../../store/store.ts';
import type { Trail } from './trail.ts';

export interface ServedOptions {
  readonly store: Store;
  readonly trail: Trail;
  /** By name, such as `faq`: the version that is served now, a short hash of the files. */
  readonly sources: Readonly<Record<string, () => string>>;
  readonly onError: (error: unknown) => void;
}

/** How often it looks, ms. */
const lookEvery = 1_000;

/** Resolves when what is served now is noted. A version that this desk noted last is not noted again. */
export async function watchServed({
  store,
  trail,
  sources,
  onError,
}: ServedOptions): Promise<{ stop(): Promise<void> }> {
  const noted = new Map<string, string>();
  const look = async (): Promise<void> => {
    for (const [name, versionOf] of Object.entries(sources)) {
      const version = versionOf();
      if (noted.get(name) === version) continue;
      if ((await store.records.get('audit-served', name)) !== version) {
        const facts = { version, process: `${hostname()}:${process.pid}` };
        await trail.append({ at: Date.now(), who: 'desk', what: 'version-served', subject: name, facts });
        await store.records.put('audit-served', name, version);
      }
      noted.set(name, version);
    }
  };
  await look();
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch(onError)
      .finally(() => {
        looking = undefined;
      });
  }, lookEvery).unref();
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
