/** FAQs to start a service with. */
import { fileURLToPath } from 'node:url';

/** One entry: for tests that ask nothing of it, since a service learns its FAQ at each start. */
export const littleFaq = fileURLToPath(new URL('./little-faq', import.meta.url));

/** Three entries in both languages: for tests that ask something of the FAQ, whatever else is in it. Learnt in a tenth of the time of the shipped one. */
export const fewFaq = fileURLToPath(new URL('./few-faq', import.meta.url));

/** The one that is shipped, for what is promised of it. */
export const starterFaq = fileURLToPath(new URL('../../faq', import.meta.url));
