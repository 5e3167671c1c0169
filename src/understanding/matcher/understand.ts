/** Reads a whole message: its parts beside the whole, in the language it is written in. */
import { halvesOf, partsOf } from './parts.ts';
import type { Answers, Reader, Reply } from './reader.ts';

export interface Message {
  /** At most five, surest first. */
  readonly replies: readonly Reply[];
  /** Whether the first stands clear: no other is nearly as likely, nor asked for beside it. */
  readonly clear: boolean;
}

/** By how much a part must be surer than the whole to speak for it. */
const SURER = 0.25;
/** What a part's confidence keeps: the surest of several readings is sure by chance more often than one. */
const KEPT = 0.95;
/** How sure a part must be to count as a question of its own. */
const LIKELY = 0.5;
const MOST = 5;

/** `text` is normalised. */
export function understand(text: string, reader: Reader): Message {
  const whole = reader.read(text);
  const parts = partsOf(text).map((part) => reader.read(part));
  if (parts.length === 0) return inHalves(text, whole, reader);
  const likely = new Map<number, Reply>();
  for (const {
    replies: [first],
  } of parts) {
    if (!first || first.confidence * KEPT < LIKELY) continue;
    const known = likely.get(first.entry);
    if (!known || known.confidence < first.confidence) likely.set(first.entry, first);
  }
  if (likely.size > 1) return { replies: severalQuestions([...likely.values()], whole), clear: false };
  const surest = parts.reduce((best, part) => (sureness(part) > sureness(best) ? part : best));
  const kept = sureness(surest) * KEPT;
  return kept >= LIKELY && kept > sureness(whole) + SURER ? spokenFor(surest, whole) : whole;
}

/**
 * What one part says for the whole message. On public sets it is right about as often as midway between the two, and where the
 * whole points elsewhere not oftener than that: then both are offered.
 */
function spokenFor(part: Answers, whole: Answers): Message {
  const agreed = part.replies[0]?.entry === whole.replies[0]?.entry;
  const scale = midway(sureness(part), sureness(whole)) / sureness(part);
  const replies = part.replies.map(({ entry, confidence }) => ({ entry, confidence: confidence * scale }));
  return { replies: merged([replies, whole.replies]), clear: agreed && part.clear };
}

/** The probability halfway in log-odds. */
function midway(one: number, other: number): number {
  const odds = Math.sqrt((one / (1 - one)) * (other / (1 - other)));
  return odds / (1 + odds);
}

/** How sure each half of a sentence must be to be a question of its own. */
const SURE = 0.7;

/**
 * A sentence that asks two things: each half is sure by itself, they differ, the whole sees the two before all others and is
 * torn between them, or less sure than either half. "I clicked a link and typed my password" is one thing: the whole is
 * surely about the link alone.
 */
function inHalves(text: string, whole: Answers, reader: Reader): Message {
  const seen = whole.replies.slice(0, 2).map(({ entry }) => entry);
  for (const halves of halvesOf(text)) {
    const [before, after] = halves.map((half) => reader.read(half));
    const [one, other] = [before?.replies[0], after?.replies[0]];
    if (!one || !other || one.entry === other.entry || !seen.includes(one.entry) || !seen.includes(other.entry))
      continue;
    const sure = Math.min(one.confidence, other.confidence);
    if (!before?.clear || !after?.clear || sure < SURE || (whole.clear && sureness(whole) >= sure)) continue;
    return { replies: severalQuestions([one, other], whole), clear: false };
  }
  return whole;
}

/** Of several questions the surest leads, unless the message as a whole is likely about one: then that one. */
function severalQuestions(parts: readonly Reply[], whole: Answers): Reply[] {
  const replies = merged([parts, whole.replies]);
  const [first] = whole.replies;
  const surest = parts.reduce((most, { confidence }) => Math.max(most, confidence), 0);
  const own = parts.some(({ entry }) => entry === first?.entry);
  if (!first || first.confidence < (own ? LIKELY : surest * KEPT)) return replies;
  const leading = { ...first, confidence: Math.max(first.confidence, replies[0]?.confidence ?? 0) };
  return [leading, ...replies.filter(({ entry }) => entry !== first.entry)].slice(0, MOST);
}

const sureness = ({ replies }: Answers) => replies[0]?.confidence ?? 0;

/** What the whole's confidences keep beside surer parts. */
const OTHERS = 0.5;

/** The first list's replies, less a little, and the others', less more; surest first. */
function merged(lists: readonly (readonly Reply[])[]): Reply[] {
  const byEntry = new Map<number, number>();
  for (const [number, list] of lists.entries()) {
    for (const { entry, confidence } of list) {
      const kept = number === 0 ? confidence * KEPT : confidence * OTHERS;
      byEntry.set(entry, Math.max(byEntry.get(entry) ?? 0, kept));
    }
  }
  return [...byEntry]
    .map(([entry, confidence]) => ({ entry, confidence }))
    .sort((a, b) => b.confidence - a.confidence || a.entry - b.entry)
    .slice(0, MOST);
}
