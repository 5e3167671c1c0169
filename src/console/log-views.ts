/** What the console shows of the logs that visitors sent. */
import { fileIdOf } from '../channels/files.ts';
import { type LogFinding, type LogRefusal, type LogSource, logsOf, noLogs } from '../conversation/logs.ts';
import type { Conversation } from '../conversation/state.ts';

/** Where a log is: a file with its name, or a message by its version. */
export interface SourceView {
  readonly name?: string;
  readonly contentUrl?: string;
  readonly message?: number;
}

/** One log of the case: looked at, refused, or (neither) still to be looked at. */
export interface LogView extends SourceView {
  readonly finding: LogFinding | null;
  readonly refusal: LogRefusal | null;
}

export function sourceOf(conversation: string, source: LogSource): SourceView {
  if (source.kind === 'text') return { message: source.version };
  const { file, name } = source;
  return { name, ...(file ? { contentUrl: fileUrl(conversation, file) } : {}) };
}

/** Oldest first; what is still to be looked at comes last. */
export const logViews = (c: Conversation): LogView[] => [
  ...logsOf(c).map((looked) => ({
    ...sourceOf(c.id, looked.source),
    finding: 'finding' in looked ? looked.finding : null,
    refusal: 'refusal' in looked ? looked.refusal : null,
  })),
  ...(c.logs ?? noLogs).pending.map((source) => ({ ...sourceOf(c.id, source), finding: null, refusal: null })),
];

/** The console's address of a file. */
const fileUrl = (conversation: string, file: string): string =>
  `/console/api/conversations/${encodeURIComponent(conversation)}/files/${encodeURIComponent(file)}`;

/** The address of a reference to one of our own files; undefined for another's. */
export function ownUrl(conversation: string, reference: string | undefined): string | undefined {
  const file = fileIdOf(reference);
  return file ? fileUrl(conversation, file) : undefined;
}
