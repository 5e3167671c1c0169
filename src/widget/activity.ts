/**
 * What the service says, read out of Direct Line frames. A frame is foreign input: every field is checked, and an activity
 * this chat has no use for (traces, unknown events) is passed over, so a newer service does not break an older page.
 */

export type Author = 'visitor' | 'bot' | 'agent' | 'desk';

export interface Attachment {
  readonly contentType: string;
  readonly contentUrl: string | null;
  readonly name: string | null;
}

/** A button under an answer. `say` posts its value as the visitor's text, `link` opens it in a new tab. */
export interface Action {
  readonly kind: 'say' | 'link';
  readonly title: string;
  readonly value: string;
}

export interface Message {
  readonly id: string;
  /** Its place in the conversation's log: the number behind the `|` of its id. */
  readonly version: number;
  /** ms since 1970. */
  readonly at: number;
  readonly by: Author;
  readonly name: string;
  readonly text: string;
  readonly markdown: boolean;
  readonly attachments: readonly Attachment[];
  readonly actions: readonly Action[];
  /** The sender's own id for it, by which an echo meets what is waiting in the outbox. */
  readonly clientId: string | null;
  /** Said besides what is being talked about: the buttons before it stay. */
  readonly aside?: boolean;
}

const phases = ['bot', 'queued', 'human', 'outside', 'closed'] as const;

/** Who the conversation is with; `outside`: its case is with another team, and the bot listens. `position` counts from 1, `estimate` is in seconds. */
export interface DeskState {
  readonly phase: (typeof phases)[number];
  readonly ticket: string | null;
  readonly agent: string | null;
  readonly position: number | null;
  readonly estimate: number | null;
  /** The bot asks and waits for answers: a guided dialog. */
  readonly guided: boolean;
  /** What the desk is called; null until it is told. */
  readonly name: string | null;
}

export type Received =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'typing'; readonly name: string; readonly fromVisitor: boolean }
  | { readonly kind: 'desk'; readonly state: DeskState };

export interface Frame {
  readonly received: readonly Received[];
  /** Null where the frame carries none: what it brings is of the moment and the position in the log stays. */
  readonly watermark: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** The number behind the last `|` of an activity id, or null where there is none. */
export function versionOf(id: string): number | null {
  const digits = /\|(\d+)$/.exec(id)?.[1];
  return digits === undefined ? null : Number(digits);
}

function readAuthor(activity: Fields): Author {
  const by = fields(fields(activity.channelData).firstline).by;
  if (by === 'visitor' || by === 'bot' || by === 'agent' || by === 'desk') return by;
  return fields(activity.from).role === 'user' ? 'visitor' : 'bot';
}

function readAttachment(value: unknown): Attachment {
  const raw = fields(value);
  return {
    contentType: text(raw.contentType) ?? 'application/octet-stream',
    contentUrl: text(raw.contentUrl),
    name: text(raw.name),
  };
}

function readAction(value: unknown): readonly Action[] {
  const raw = fields(value);
  const target = text(raw.value) ?? text(raw.title);
  if (target === null) return [];
  const title = text(raw.title) ?? target;
  if (raw.type === 'imBack' || raw.type === 'postBack') return [{ kind: 'say', title, value: target }];
  if (raw.type === 'openUrl' && /^https?:\/\//i.test(target)) return [{ kind: 'link', title, value: target }];
  return [];
}

function readMessage(activity: Fields): Message | null {
  const id = text(activity.id);
  const version = id === null ? null : versionOf(id);
  if (id === null || version === null) return null;
  return {
    id,
    version,
    at: Date.parse(text(activity.timestamp) ?? '') || 0,
    by: readAuthor(activity),
    name: text(fields(activity.from).name) ?? '',
    text: text(activity.text) ?? '',
    markdown: activity.textFormat !== 'plain',
    attachments: list(activity.attachments).map(readAttachment),
    actions: list(fields(activity.suggestedActions).actions).flatMap(readAction),
    clientId: text(fields(activity.channelData).clientActivityID),
    ...(fields(activity.channelData).aside === true ? { aside: true } : {}),
  };
}

function readDeskState(value: unknown): DeskState | null {
  const raw = fields(value);
  const phase = phases.find((known) => known === raw.phase);
  if (!phase) return null;
  return {
    phase,
    ticket: text(raw.ticket),
    agent: text(raw.agent),
    position: number(raw.position),
    estimate: number(raw.estimate),
    guided: raw.guided === true,
    name: text(raw.desk),
  };
}

function readActivity(value: unknown): Received | null {
  const activity = fields(value);
  if (activity.type === 'message') {
    const message = readMessage(activity);
    return message && { kind: 'message', message };
  }
  if (activity.type === 'typing') {
    const from = fields(activity.from);
    return { kind: 'typing', name: text(from.name) ?? '', fromVisitor: readAuthor(activity) === 'visitor' };
  }
  if (activity.type === 'event' && activity.name === 'firstline/state') {
    const state = readDeskState(activity.value);
    return state && { kind: 'desk', state };
  }
  return null;
}

/** Reads one frame of the stream. An empty frame (a keep-alive) or one that is no JSON brings nothing. */
export function readFrame(data: string): Frame {
  if (data === '') return frameOf(null);
  try {
    return frameOf(JSON.parse(data));
  } catch {
    return frameOf(null);
  }
}

/** `{activities, watermark}`, from a frame or from an answer. */
export function frameOf(value: unknown): Frame {
  const raw = fields(value);
  return {
    received: list(raw.activities)
      .map(readActivity)
      .filter((one) => one !== null),
    watermark: text(raw.watermark),
  };
}
