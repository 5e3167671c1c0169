/** Secrets that are known by their shape, wherever they stand. */

/** `[masked:password]`: what stands in a secret's place. One word, which no rule takes for a secret. */
export const marker = (kind: string): string => `[masked:${kind}]`;

interface Shape {
  readonly kind: string;
  readonly pattern: string;
}

const shapes: readonly Shape[] = [
  { kind: 'token', pattern: String.raw`\beyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{0,2000})?` },
  { kind: 'key', pattern: String.raw`\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}\b` },
  { kind: 'token', pattern: String.raw`\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255})` },
  { kind: 'token', pattern: String.raw`\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{15,255}` },
  { kind: 'token', pattern: String.raw`\b(?:xox[abcdeoprs]|xapp)-[\w-]{10,255}` },
  { kind: 'address', pattern: String.raw`\bhooks\.slack\.com/(?:services|workflows)/[\w/-]{10,200}` },
  { kind: 'address', pattern: String.raw`\bdiscord(?:app)?\.com/api/webhooks/\d{5,25}/[\w-]{20,100}` },
  { kind: 'address', pattern: String.raw`\b[\w-]{1,60}\.webhook\.office\.com/webhookb2/[\w@/-]{20,300}` },
  { kind: 'key', pattern: String.raw`\bAIza[\w-]{35}` },
  { kind: 'token', pattern: String.raw`\bya29\.[\w-]{20,500}` },
  { kind: 'token', pattern: String.raw`\b1//0[\w-]{20,200}` },
  { kind: 'secret', pattern: String.raw`\bGOCSPX-[\w-]{20,60}` },
  { kind: 'key', pattern: String.raw`\b[rsp]k_(?:live|test)_\w{10,200}` },
  { kind: 'secret', pattern: String.raw`\bwhsec_[\w+/=]{16,200}` },
  { kind: 'key', pattern: String.raw`\bsk-(?:[a-z]{2,10}-)?[\w-]{20,200}` },
  { kind: 'token', pattern: String.raw`\bnpm_[A-Za-z0-9]{30,60}` },
  { kind: 'token', pattern: String.raw`\bpypi-[\w-]{30,300}` },
  { kind: 'key', pattern: String.raw`\bSG\.[\w-]{16,40}\.[\w-]{16,80}` },
  { kind: 'key', pattern: String.raw`\b(?:AC|SK)[0-9a-f]{32}\b` },
  { kind: 'token', pattern: String.raw`\bdo[opr]_v1_[0-9a-f]{40,80}` },
  { kind: 'token', pattern: String.raw`\bhf_[A-Za-z0-9]{30,60}` },
  { kind: 'secret', pattern: String.raw`(?<![\w~.-])[\w~.-]{3}[78]Q~[\w~.-]{31,40}` },
  { kind: 'token', pattern: String.raw`\b\d{8,10}:AA[\w-]{32,35}` },
  { kind: 'token', pattern: String.raw`\bshp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}` },
  { kind: 'token', pattern: String.raw`\bhv[sbr]\.[\w-]{20,200}` },
  { kind: 'token', pattern: String.raw`\bdapi[0-9a-f]{32}\b` },
  { kind: 'key', pattern: String.raw`\bAGE-SECRET-KEY-1[A-Z0-9]{50,70}` },
  // BitLocker's recovery key; a product key of Windows or Office
  { kind: 'recovery-key', pattern: String.raw`\b\d{6}(?:-\d{6}){7}\b` },
  { kind: 'product-key', pattern: String.raw`\b(?=[A-Z0-9-]{0,28}[A-Z])[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}\b` },
];

const combined = new RegExp(shapes.map(({ pattern }) => `(${pattern})`).join('|'), 'g');

export function maskShapes(text: string): string {
  return text.replace(combined, (whole, ...groups) => {
    const at = groups.findIndex((group) => group !== undefined);
    return marker(shapes[at]?.kind ?? 'secret') || whole;
  });
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
