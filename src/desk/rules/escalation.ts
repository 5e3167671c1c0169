import * as z from 'zod';
import { fields } from './fields.ts';
import { saysUnspoken } from './values.ts';

const text = (id: string, ja: string, en: string) => ({
  id,
  label: { ja, en },
  type: 'text' as const,
  required: 'true' as const,
});

const webhook = z.strictObject({
  url: saysUnspoken(
    'an https:// address (http:// for localhost alone)',
    z.string().refine((given) => URL.canParse(given) && isSafe(new URL(given))),
  ),
  secret: saysUnspoken(
    'the name of the environment variable that holds the secret, such as REPAIR_WEBHOOK_SECRET; never the secret itself',
    z.string().regex(/^[A-Z][A-Z0-9_]{2,99}$/),
  ),
});

const isSafe = ({ protocol, hostname, username, password }: URL): boolean =>
  !username &&
  !password &&
  (protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)));

const target = (...shipped: readonly z.input<typeof fields>[number][]) =>
  z.strictObject({ fields: fields.prefault([...shipped]), webhook: webhook.exactOptional() }).prefault({});

/** Where a case may go from here, and what must be known for it. */
export const escalation = z
  .strictObject({
    tier2: target(),
    tier3: target(),
    repair: target(
      text('model', '機種', 'Model'),
      text('serial', '製造番号', 'Serial number'),
      text('symptom', '症状', 'Symptom'),
      text('warranty', '保証', 'Warranty'),
      text('address', '引取先住所', 'Pick-up address'),
    ),
    field: target(
      text('site', '訪問先', 'Site'),
      text('contact', '連絡先', 'Contact'),
      text('slots', '希望日時', 'Preferred times'),
    ),
    developers: target(
      text('version', 'バージョン', 'Version'),
      text('steps', '再現手順', 'Steps to reproduce'),
      text('expected', '期待される動作', 'Expected'),
      text('seen', '実際の動作', 'Seen'),
      text('logs', 'ログ', 'Logs'),
    ),
  })
  .prefault({});
