/** Headless Chromium, where the machine has it. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

export const hasChromium = executablePath !== undefined;

if (!hasChromium) {
  if (process.env.CI === 'true')
    throw new Error('Chromium is missing, and CI=true: install it with apt-get install chromium.');
  console.warn(
    'SKIPPED: Chromium is missing, so the browser tests do not run. Install it with: sudo apt-get install chromium',
  );
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
