/** Pictures of pages for people to look at, in test/.artifacts; no test rests on one. `npm test`, at which nobody looks, sets PICTURES=none. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const directory = fileURLToPath(new URL('../.artifacts', import.meta.url));
export const wanted = process.env.PICTURES !== 'none';
if (wanted) mkdirSync(directory, { recursive: true });

/** The page as it stands, as `name`.png. */
export async function picture(page: Page, name: string): Promise<void> {
  if (wanted) await page.screenshot({ path: join(directory, `${name}.png`), animations: 'disabled' });
}
