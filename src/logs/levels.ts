/** How grave an entry says it is; where it says nothing, how it sounds. */
import type { LogLevel } from '../conversation/logs.ts';

const words: Readonly<Record<string, LogLevel>> = {
  fatal: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
  alert: 'fatal',
  panic: 'fatal',
  重大: 'fatal',
  致命的: 'fatal',
  severe: 'error',
  error: 'error',
  err: 'error',
  エラー: 'error',
  異常: 'error',
  障害: 'error',
  warning: 'warn',
  warn: 'warn',
  警告: 'warn',
  注意: 'warn',
  notice: 'info',
  info: 'info',
  information: 'info',
  informational: 'info',
  情報: 'info',
  debug: 'debug',
  trace: 'debug',
  verbose: 'debug',
  fine: 'debug',
  finer: 'debug',
  finest: 'debug',
  詳細: 'debug',
};

/** A level by its name in a field of its own; undefined for what is none. */
export function levelNamed(name: string): LogLevel | undefined {
  const word = name.trim().toLowerCase();
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

/** pino's and bunyan's numbers: 10 trace … 60 fatal. */
export function levelNumbered(level: number): LogLevel | undefined {
  if (level >= 60) return 'fatal';
  if (level >= 50) return 'error';
  if (level >= 40) return 'warn';
  if (level >= 30) return 'info';
  return level >= 10 ? 'debug' : undefined;
}

/** Syslog's severities (RFC 5424, 6.2.1): 0 emergency … 7 debug. */
export function levelOfSeverity(severity: number): LogLevel {
  if (severity <= 2) return 'fatal';
  if (severity === 3) return 'error';
  if (severity === 4) return 'warn';
  return severity <= 6 ? 'info' : 'debug';
}

const capitals =
  /(?:^|[^A-Za-z0-9_])(FATAL|CRITICAL|CRIT|EMERG(?:ENCY)?|ALERT|PANIC|SEVERE|ERROR|ERR|WARN(?:ING)?|NOTICE|INFO(?:RMATION)?|DEBUG|TRACE|VERBOSE|FINE(?:R|ST)?)(?![A-Za-z0-9_])/;
const delimited =
  /(?:^|[[(<|\s:]|level=|level: ?|severity=)"?(fatal|critical|crit|emerg|alert|panic|severe|error|err|warn(?:ing)?|notice|info(?:rmation)?|debug|trace|verbose)"?(?:[\])>|:]|\s[-|:]|(?<=level="?[a-z]{3,11}"?)\s)/i;
const japanese = /[[【<（(「\s](重大|致命的|エラー|警告|情報|詳細)[\]】>）)」\s:：]/;
const android = /^\s*(?:\d+\s+\d+\s+)?([VDIWEF])[ /][\w.$-]{1,60}/;
const androids: Readonly<Record<string, LogLevel>> = {
  V: 'debug',
  D: 'debug',
  I: 'info',
  W: 'warn',
  E: 'error',
  F: 'fatal',
};

/** Where a level may stand: characters behind the time. */
const head = 120;

/** @param text an entry behind its time. */
export function levelIn(text: string): LogLevel | undefined {
  const start = text.length > head ? text.slice(0, head) : text;
  const word = (capitals.exec(start) ?? delimited.exec(start) ?? japanese.exec(start))?.[1];
  if (word) return levelNamed(word);
  const letter = android.exec(start)?.[1];
  return letter ? androids[letter] : undefined;
}

const grave =
  /\b(?:panic|fatal|segmentation fault|kernel panic|out of memory|oom-killer|core dumped|bugcheck)\b|致命的|ブルースクリーン/i;
const bad =
  /\b(?:error|errors|exception|failed|failure|cannot|could not|unable to|refused|denied|rejected|unreachable|aborted|crashed|corrupt(?:ed)?|timed? ?out|not found|unexpectedly|traceback|uncaught|unhandled)\b|エラー|失敗|できません|できませんでした|異常|拒否|タイムアウト|見つかりません/i;
const harmless =
  /\b(?:no|0|zero|without(?: any)?) (?:errors?|failures?|exceptions?)\b|\berrors?[:=] ?0\b|エラー(?:なし|はありません|は0件)/i;
const doubtful = /\b(?:warning|deprecated|retry(?:ing)?|slow|skipp(?:ed|ing))\b|警告|再試行/i;

/** For an entry without a level. @param text its beginning. */
export function levelSounding(text: string): LogLevel | undefined {
  const start = text.length > 400 ? text.slice(0, 400) : text;
  if (harmless.test(start)) return undefined;
  if (grave.test(start)) return 'fatal';
  if (bad.test(start)) return 'error';
  return doubtful.test(start) ? 'warn' : undefined;
}
