/** Logs are JSON lines on stdout, for machines; never what visitors or agents wrote, never a secret. */
import pino, { type Logger } from 'pino';

/** Of an error only what helps to find it: an engine's error can carry the command, and so what somebody wrote. */
function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = (error as { code?: unknown }).code;
  return { type: error.name, message: error.message, ...(code === undefined ? {} : { code }), stack: error.stack };
}

export function createLog(level: string): Logger {
  return pino({
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: plainError, err: plainError },
    redact: {
      paths: [
        'text',
        '*.text',
        'password',
        '*.password',
        'token',
        '*.token',
        'authorization',
        '*.authorization',
        'cookie',
        '*.cookie',
        'email',
        '*.email',
      ],
      censor: '[redacted]',
    },
  });
}
