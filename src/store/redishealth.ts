/** What a Redis promises, read from what it says of itself. */
import type { Health } from './store.ts';

/** Clocks may differ by so much before it is worth a word, ms. */
const mostAstray = 30_000;

export interface ServerVersion {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

/** @param info the reply of INFO. */
export function serverVersion(info: string): ServerVersion | undefined {
  const match = /^redis_version:((\d+)\.(\d+)\S*)/m.exec(info);
  return match?.[1] ? { text: match[1], major: Number(match[2]), minor: Number(match[3]) } : undefined;
}

/**
 * @param info the reply of INFO.
 * @param appendfsync as CONFIG GET says it; undefined where the server forbids to ask.
 * @param ahead by how much this machine's clock is before the server's, ms; negative where it is behind.
 */
export function healthOf(info: string, appendfsync: string | undefined, ahead: number): Health {
  const field = (name: string): string | undefined => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const version = serverVersion(info)?.text ?? 'of unknown version';
  const policy = field('maxmemory_policy');
  const aof = field('aof_enabled');
  const written = field('aof_last_write_status') !== 'err';
  const warnings = [
    ...(aof === '0'
      ? ['Redis keeps nothing durably: set "appendonly yes", or a restart of Redis loses what was acknowledged.']
      : []),
    ...(written ? [] : ['Redis cannot write its append-only file: look at its log and its disk.']),
    ...(policy !== undefined && policy !== 'noeviction'
      ? [`Redis may drop conversations when its memory is full (maxmemory-policy ${policy}): set it to noeviction.`]
      : []),
    ...(Math.abs(ahead) > mostAstray
      ? [
          `The clock of this machine is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead of' : 'behind'} that of Redis: set both by NTP. What is timed goes by Redis; tokens and the log's times go by this machine.`,
        ]
      : []),
    ...(field('role') === 'slave' ? ['This Redis is a replica: REDIS_URL must name the primary.'] : []),
  ];
  return { ...promise(version, aof, appendfsync, written), warnings };
}

function promise(
  version: string,
  aof: string | undefined,
  appendfsync: string | undefined,
  written: boolean,
): Pick<Health, 'durability' | 'detail'> {
  if (aof === '1' && !written) {
    return { durability: 'none', detail: `Redis ${version}, whose append-only file cannot be written.` };
  }
  if (aof === '1' && appendfsync === 'always') {
    return { durability: 'power-loss', detail: `Redis ${version} with an append-only file, flushed at every write.` };
  }
  if (aof === '1') {
    const flushed = { everysec: 'flushed every second', no: 'flushed when the system likes' }[appendfsync ?? ''];
    return {
      durability: 'process-crash',
      detail: `Redis ${version} with an append-only file, ${flushed ?? 'how often it is flushed is unknown (CONFIG is not allowed)'}.`,
    };
  }
  const why = aof === '0' ? 'without an append-only file' : 'which does not say whether it has an append-only file';
  return { durability: 'none', detail: `Redis ${version}, ${why}.` };
}
