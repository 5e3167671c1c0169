/** Reads a whole message: its parts beside the whole, in the language it is written in. */
import { halvesOf, partsOf } from './parts.ts';
import type { Answers, Reader, Reply } from './reader.ts';
import { isInOrder, whatWorks } from './what-works.ts';

export interface Message {
  /** At most five, surest first. */
  readonly replies: readonly Reply[];
  /** Whether the first stands clear: no other is nearly as likely, nor asked for beside it. */
  readonly clear: boolean;
}

/** By how much a part must be surer than the whole to speak for it, where both point to the same entry and where not. */
const SURER = { same: 0.25, other: 0.4 };
/** What a part's confidence keeps: the surest of several readings is sure by chance more often than one. */
const KEPT = 0.95;
/** How sure a part must be to count as a question of its own. */
const LIKELY = 0.5;
const MOST = 5;

/** How many things a message may say to work. */
const MOST_WORKING = 3;

/** `text` is normalised. */
export function understand(text: string, reader: Reader, working = 0): Message {
  const whole = reader.read(text);
  const said = working < MOST_WORKING ? whatWorks(text) : undefined;
  if (said && isMisled(whole, reader.read(said.works))) return understand(said.rest, reader, working + 1);
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
  const agreed = surest.replies[0]?.entry === whole.replies[0]?.entry;
  return kept >= LIKELY && kept > sureness(whole) + (agreed ? SURER.same : SURER.other)
    ? spokenFor(surest, whole, agreed)
    : whole;
}

/** Whether what is said to work is what the message is taken for, or nearly. */
function isMisled(whole: Answers, works: Answers): boolean {
  const wrong = works.replies[0]?.entry;
  const [first, second] = whole.replies;
  return wrong !== undefined && (first?.entry === wrong || (!whole.clear && second?.entry === wrong));
}

/** How much of the log-odds is the part's, where the whole points to the same entry and where it points elsewhere. */
const PARTS = { same: 0.75, other: 0.5 };

/**
 * What one part says for the whole message. Amid error text and small talk a part is as right as it is sure; in a tale of one
 * matter, less: on public sets right in half of the cases where the whole agrees, and where it does not in a quarter. Then
 * both are offered.
 */
function spokenFor(part: Answers, whole: Answers, agreed: boolean): Message {
  const scale = between(sureness(part), sureness(whole), agreed ? PARTS.same : PARTS.other) / sureness(part);
  const replies = part.replies.map(({ entry, confidence }) => ({ entry, confidence: confidence * scale }));
  return { replies: merged([replies, whole.replies]), clear: agreed && part.clear };
}

/** The probability between two, in log-odds, of which `share` is the first's. Neither counts as more certain than one in a thousand. */
function between(one: number, other: number, share: number): number {
  const [a, b] = [one, other].map((sure) => Math.min(0.999, Math.max(0.001, sure))) as [number, number];
  const odds = (a / (1 - a)) ** share * (b / (1 - b)) ** (1 - share);
  return odds / (1 + odds);
}

/** How sure each half of a sentence must be to be a question of its own; and where the whole does not see them both. */
const SURE = { seen: 0.7, unseen: 0.85 };

/**
 * A sentence that asks two things: each half is sure by itself, they differ, and the whole, best if it sees the two before all
 * others, is torn between them or less sure than either half. "I clicked a link and typed my password" is one thing: the whole is
 * surely about the link alone.
 */
function inHalves(text: string, whole: Answers, reader: Reader): Message {
  const seen = whole.replies.slice(0, 2).map(({ entry }) => entry);
  for (const halves of halvesOf(text)) {
    if (halves.some(isInOrder)) continue;
    const [before, after] = halves.map((half) => reader.read(half));
    const [one, other] = [before?.replies[0], after?.replies[0]];
    if (!one || !other || one.entry === other.entry || !before?.clear || !after?.clear) continue;
    const sure = Math.min(one.confidence, other.confidence);
    const both = seen.includes(one.entry) && seen.includes(other.entry);
    if (sure < (both ? SURE.seen : SURE.unseen) || (whole.clear && sureness(whole) >= sure)) continue;
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
