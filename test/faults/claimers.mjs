/**
 * A process of 25 agents who all want every case: `node claimers.mjs URL DESK NAME CONVERSATIONS CAPACITY`. Says `ready`, begins at
 * the first line on stdin, and writes what each agent was told to have won, as JSON.
 */
import { once } from 'node:events';
import { texts } from '../../dist/bot/texts.js';
import { Rejected } from '../../dist/conversation/rejected.js';
import { Desk } from '../../dist/desk/desk.js';
import { openRedis } from '../../dist/store/redis.js';

const [url, deskId, process_, conversations, capacity] = process.argv.slice(2);
const store = await openRedis(url, deskId);
const desk = new Desk({ store, notices: texts });
const ids = Array.from({ length: Number(conversations) }, (_, n) => `race-${n}`);

async function claimAll(name) {
  const worker = { name, displayName: name, tier: 1, skills: [], languages: ['en'], capacity: Number(capacity) };
  const won = [];
  const refused = {};
  // Each begins somewhere else, and all of them everywhere.
  const start = Math.floor(Math.random() * ids.length);
  for (let n = 0; n < ids.length; n++) {
    const id = ids[(start + n) % ids.length];
    try {
      await desk.claim(id, worker, { mustFit: true });
      won.push(id);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      refused[error.code] = (refused[error.code] ?? 0) + 1;
    }
  }
  return [name, { won, refused }];
}

console.log('ready');
await once(process.stdin, 'data');
const names = Array.from({ length: 25 }, (_, n) => `${process_}-${n}`);
console.log(JSON.stringify(Object.fromEntries(await Promise.all(names.map(claimAll)))));
await store.close();
process.exit(0);
