import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { numberedKey, textKey } from '../../src/store/keys.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import { storeContract } from './store.contract.ts';

storeContract('LMDB', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-lmdb-'));
  return {
    open: (options) => openLmdb(directory, options),
    damage: async (id, what) => {
      const env = open({ path: join(directory, 'desk.mdb'), overlappingSync: false });
      const name = what === 'state' ? 'states' : 'events';
      const db = env.openDB<string, Buffer>(name, {
        encoding: 'string',
        keyEncoding: 'binary',
        useVersions: what === 'state',
      });
      if (what === 'state') await db.put(textKey(id), '{"half": ', 2);
      else await db.put(numberedKey(id, what), '{"half": ');
      await env.close();
    },
    dispose: () => rm(directory, { recursive: true, force: true }),
  };
});
