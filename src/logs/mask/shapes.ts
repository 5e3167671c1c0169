/** Secrets that are known by their shape, wherever they stand. */

/** `[masked:password]`: what stands in a secret's place. One word, which no rule takes for a secret. */
export const marker = (kind: string): string => `[masked:${kind}]`;

/** `hint`: a text without it, and most are, need not be searched for the pattern. */
type Shape = readonly [kind: string, hint: string | RegExp, pattern: RegExp];

const shapes: readonly Shape[] = [
  ['token', 'eyJ', /\beyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{0,2000})?/g],
  ['key', 'AKIA', /\bAKIA[A-Z0-9]{16}\b/g],
  ['key', 'ASIA', /\bASIA[A-Z0-9]{16}\b/g],
  ['token', 'gh', /\bgh[pousr]_[A-Za-z0-9]{20,255}/g],
  ['token', 'github_pat_', /\bgithub_pat_\w{20,255}/g],
  ['token', 'gl', /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{15,255}/g],
  ['token', 'xox', /\bxox[abcdeoprs]-[\w-]{10,255}/g],
  ['token', 'xapp-', /\bxapp-[\w-]{10,255}/g],
  ['address', 'hooks.slack.com', /\bhooks\.slack\.com\/(?:services|workflows)\/[\w/-]{10,200}/g],
  ['address', '/api/webhooks/', /\bdiscord(?:app)?\.com\/api\/webhooks\/\d{5,25}\/[\w-]{20,100}/g],
  ['address', '.webhook.office.com', /\b[\w-]{1,60}\.webhook\.office\.com\/webhookb2\/[\w@/-]{20,300}/g],
  ['key', 'AIza', /\bAIza[\w-]{35}/g],
  ['token', 'ya29.', /\bya29\.[\w-]{20,500}/g],
  ['token', '1//0', /\b1\/\/0[\w-]{20,200}/g],
  ['secret', 'GOCSPX-', /\bGOCSPX-[\w-]{20,60}/g],
  ['key', 'k_', /\b[rsp]k_(?:live|test)_\w{10,200}/g],
  ['secret', 'whsec_', /\bwhsec_[\w+/=]{16,200}/g],
  ['key', 'sk-', /\bsk-(?:[a-z]{2,10}-)?[\w-]{20,200}/g],
  ['token', 'npm_', /\bnpm_[A-Za-z0-9]{30,60}/g],
  ['token', 'pypi-', /\bpypi-[\w-]{30,300}/g],
  ['key', 'SG.', /\bSG\.[\w-]{16,40}\.[\w-]{16,80}/g],
  ['key', 'AC', /\bAC[0-9a-f]{32}\b/g],
  ['key', 'SK', /\bSK[0-9a-f]{32}\b/g],
  ['token', '_v1_', /\bdo[opr]_v1_[0-9a-f]{40,80}/g],
  ['token', 'hf_', /\bhf_[A-Za-z0-9]{30,60}/g],
  ['secret', 'Q~', /(?<![\w~.-])[\w~.-]{3}[78]Q~[\w~.-]{31,40}/g],
  ['token', ':AA', /\b\d{8,10}:AA[\w-]{32,35}/g],
  ['token', 'shp', /\bshp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}/g],
  ['token', 'hv', /\bhv[sbr]\.[\w-]{20,200}/g],
  ['token', 'dapi', /\bdapi[0-9a-f]{32}\b/g],
  ['key', 'AGE-SECRET-KEY-1', /\bAGE-SECRET-KEY-1[A-Z0-9]{50,70}/g],
  // BitLocker's; a product key of Windows or Office
  ['recovery-key', /-\d{6}-\d{6}-\d{6}-/, /\b\d{6}(?:-\d{6}){7}\b/g],
  ['product-key', /-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-/, /\b(?![0-9-]{29})[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}\b/g],
];

export function maskShapes(text: string): string {
  let masked = text;
  for (const [kind, hint, pattern] of shapes) {
    const isHinted = typeof hint === 'string' ? masked.includes(hint) : hint.test(masked);
    if (isHinted) masked = masked.replace(pattern, marker(kind));
  }
  return masked;
}

const begin = '-----BEGIN ';
const privateKey = /^-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/;
const end = /-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const putty = 'PuTTY-User-Key-File-';

/** PEM, OpenSSH, PGP and PuTTY private keys, whole. `open`: the text ends inside one. */
export function maskKeys(text: string, open: boolean): { text: string; open: boolean } {
  if (!open && !text.includes(begin) && !text.includes(putty)) return { text, open };
  let out = '';
  let from = 0;
  let inside = open;
  if (open) out = '';
  for (;;) {
    if (inside) {
      end.lastIndex = from;
      const found = end.exec(text);
      if (!found) return { text: out, open: true };
      from = found.index + found[0].length;
      inside = false;
      continue;
    }
    const at = text.indexOf(begin, from);
    if (at < 0) break;
    if (!privateKey.test(text.slice(at, at + 120))) {
      out += text.slice(from, at + begin.length);
      from = at + begin.length;
      continue;
    }
    out += `${text.slice(from, at)}${marker('private-key')}`;
    from = at;
    inside = true;
  }
  const rest = text.slice(from);
  const written =
    out +
    rest.replace(
      /(PuTTY-User-Key-File-\d: [^\n]{0,80}\n(?:[^\n]{0,200}\n){0,12}?Private-Lines: \d{1,3}\r?\n)(?:[A-Za-z0-9+/=]{1,80}\r?\n){1,60}/g,
      `$1${marker('private-key')}\n`,
    );
  return { text: written, open: false };
}

/** `https://user:secret@host`: the secret. */
export const maskUrls = (text: string): string =>
  text.includes('://')
    ? text.replace(/(:\/\/[^\s/:@"'<>]{0,100}:)(?!\[masked:)([^\s/@"'<>]{1,200})@/g, `$1${marker('password')}@`)
    : text;

/** `Bearer …`, `Basic …`, and the like, wherever they stand. */
export const maskSchemes = (text: string): string =>
  text.replace(
    /\b([Bb]earer|BEARER|[Bb]asic|BASIC|Negotiate|NTLM|ApiKey)(\s{1,4})(?!\[masked:)(?=[A-Za-z~]{0,200}[\d=.+/_-]|[a-z]{0,60}[A-Z])[\w.~+/-]{8,8000}={0,2}/g,
    (_, scheme: string, space: string) => `${scheme}${space}${marker('token')}`,
  );

const card = /(?<![\w.-])[2-6]\d{3}(?:[ -]?\d){8,15}(?![\w-]|\.\d)/g;

/** Payment cards: 13 to 19 digits of a card's beginning, whose check digit is right. */
export const maskCards = (text: string): string =>
  text.replace(card, (found) => {
    const digits = found.replace(/\D/g, '');
    // A time in milliseconds has 13 digits too.
    if (digits.length < 14 && !/^4/.test(digits)) return found;
    return digits.length <= 19 && isLuhn(digits) ? marker('card') : found;
  });

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
