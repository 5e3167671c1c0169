/** What holds where nothing else was settled: the shipped rules, always open. */
import { alwaysOpen } from '../conversation/calendar.ts';
import type { Terms } from '../conversation/world.ts';
import { shippedRules } from './rules/file.ts';

export const shippedTerms: Terms = { rules: shippedRules, calendar: alwaysOpen };
