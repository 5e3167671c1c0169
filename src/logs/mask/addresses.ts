/** Personal data in logs: mail addresses and telephone numbers, and by option IP addresses. */
import { marker } from './shapes.ts';

const local = /[\w.+%'-]/;

/** Looks from each @ to both sides, so that a text of any kind is read once. */
export function maskMails(text: string): string {
  let at = text.indexOf('@');
  if (at < 0) return text;
  let out = '';
  let from = 0;
  for (; at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > from && at - start < 64 && local.test(text[start - 1] ?? '')) start--;
    const domain = /^(?:[A-Za-z0-9][\w-]{0,62}\.){1,6}[A-Za-z]{2,24}(?![\w-])/.exec(text.slice(at + 1, at + 260))?.[0];
    if (start === at || !domain) continue;
    // npm packages and versions: name@1.2.3, node_modules/@scope
    if (text[start - 1] === '/' && text[start - 2] !== '/' && !/mailto:/.test(text.slice(start - 8, start))) continue;
    out += `${text.slice(from, start)}${marker('mail')}`;
    from = at + 1 + domain.length;
  }
  return from === 0 ? text : out + text.slice(from);
}

/** Only where it says that it is one, or begins with a country's code: rows of digits are mostly something else. */
export const maskPhones = (text: string): string =>
  text
    .replace(
      /((?:\b(?:phone|tel|mobile|fax|telephone)(?:[-_ ]?(?:number|no))?|電話(?:番号)?|携帯(?:番号)?)\\{0,3}["']?\s{0,3}[:=：]\s{0,3}\\{0,3}["']?)(\+?[\d(][\d() -]{7,18}\d)/gi,
      `$1${marker('phone')}`,
    )
    .replace(/(?<![\w.+-])\+(?:81|1|44|49|33|86|82|91|61)[ -]\d{1,4}[ -]\d{2,4}[ -]\d{3,4}(?![\w-])/g, marker('phone'))
    .replace(/(?<![\w.-])0[5789]0-\d{4}-\d{4}(?![\w-])/g, marker('phone'));

const v4 = /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)/g;
const v6 =
  /(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){0,6}(?![\w:])|(?<![\w:.])(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4})?(?![\w:])/gi;

export const maskIps = (text: string): string =>
  text
    .replace(v4, marker('ip'))
    // A time of day has colons too.
    .replace(v6, (found) => (/^\d{1,2}:\d\d(?::\d\d)?$/.test(found) ? found : marker('ip')));
