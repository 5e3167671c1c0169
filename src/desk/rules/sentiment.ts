import * as z from 'zod';
import { share } from './values.ts';

/** How upset a visitor must sound to be seen sooner, and to be spared a second try of the bot's. */
export const sentiment = z
  .strictObject({ high: share.prefault('0.5'), urgent: share.prefault('0.8'), impatient: share.prefault('0.35') })
  .prefault({});
