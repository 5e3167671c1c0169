import * as z from 'zod';
import { share } from './values.ts';

/** How upset a visitor must sound to be seen sooner. */
export const sentiment = z.strictObject({ high: share.prefault('0.5'), urgent: share.prefault('0.8') }).prefault({});
