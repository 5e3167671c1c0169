import type { Bilingual } from '../../../conversation/language.ts';

/** A sentence in both languages, side by side. `{name}` marks a place that is filled. */
export const pair = (en: string, ja: string): Bilingual => ({ en, ja });
