/** Every sentence of the page, in both languages side by side; each part of the page has a file of its own in `texts/`. */
import type { Bilingual } from '../../conversation/language.ts';
import { caseTexts } from './texts/case.ts';
import { erasureTexts } from './texts/erasure.ts';
import { figuresTexts } from './texts/figures.ts';
import { handingTexts } from './texts/handing.ts';
import { listTexts } from './texts/list.ts';
import { packetTexts } from './texts/packet.ts';
import { pageTexts } from './texts/page.ts';
import { replyTexts } from './texts/reply.ts';
import { threadTexts } from './texts/thread.ts';
import { trailTexts } from './texts/trail.ts';
import { troubleTexts } from './texts/trouble.ts';

/** `{name}` is the fact of that name; `{name|row|rows}` the number and what it counts: the first for one, the second for any other. */
export function fill(text: string, facts: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)(?:\|([^{|}]*)\|([^{|}]*))?\}/g, (whole, name: string, one?: string, more?: string) => {
    const fact = facts[name];
    if (fact === undefined) return whole;
    return one === undefined ? String(fact) : `${fact} ${String(fact) === '1' ? one : more}`;
  });
}

export const texts = {
  ...pageTexts,
  ...listTexts,
  ...threadTexts,
  ...replyTexts,
  ...handingTexts,
  ...caseTexts,
  ...packetTexts,
  ...troubleTexts,
  ...figuresTexts,
  ...trailTexts,
  ...erasureTexts,
} as const satisfies Readonly<Record<string, Bilingual>>;

export type TextKey = keyof typeof texts;

/** Whether a key that was put together at run time (a state, an event type, an error code) has a text. */
export const isText = (key: string): key is TextKey => Object.hasOwn(texts, key);
