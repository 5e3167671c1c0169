import { userInfo } from 'node:os';

/** Who is at the terminal, as the audit trail names it. */
export function whoRuns(): string {
  try {
    return `command:${userInfo().username}`;
  } catch {
    // In a container the user id may have no name.
    return `command:${process.getuid?.() ?? 'unknown'}`;
  }
}
