/** FAQs to start a service with. */
import { fileURLToPath } from 'node:url';

/** One entry: for tests that ask nothing of it, since a service learns its FAQ at each start. */
export const littleFaq = fileURLToPath(new URL('./little-faq', import.meta.url));

/** The one that is shipped. */
export const starterFaq = fileURLToPath(new URL('../../faq', import.meta.url));
