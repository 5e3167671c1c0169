/** Secrets that are named: `password=…`, `"token": "…"`, `<secret>…</secret>`, `--password …`, `Cookie: …`, 「パスワードは…」. */
import { marker } from './shapes.ts';

type Strength =
  /** Whatever is given under the name is a secret. */
  | 'strong'
  /** It is one if it looks like one: the name has other uses. */
  | 'weak'
  /** All of the line is. */
  | 'line';

const names: readonly [pattern: string, kind: string, strength: Strength][] = [
  [
    'pass(?:word|wd|phrase|code)s?|passwort|contrase(?:ñ|n)a|パスワード|パスフレーズ|暗証番号|合言葉',
    'password',
    'strong',
  ],
  ['pwd', 'password', 'weak'],
  ['(?:proxy-)?authorization', 'token', 'line'],
  ['(?:set-)?cookie2?', 'cookie', 'line'],
  ['client[-_ ]?secret|secret[-_ ]?(?:access[-_ ]?)?key|shared[-_ ]?secret|secret', 'secret', 'strong'],
  [
    '(?:api|access|account|auth|encryption|signing|private|shared[-_]?access|storage|subscription|master|machine|host|webhook|service)[-_ ]?key|apikey|キー',
    'key',
    'weak',
  ],
  ['(?:license|licence|product|serial|activation)[-_ ]?key|プロダクトキー|ライセンスキー', 'product-key', 'weak'],
  ['key content|主要なコンテンツ|psk|wpa[-_ ]?(?:psk|passphrase)', 'password', 'strong'],
  ['(?:access|refresh|id|auth|csrf|xsrf|session|bearer|device|security|oauth)?[-_ ]?token|トークン', 'token', 'weak'],
  ['(?:php|j|asp\\.?net_?)?sess(?:ion)?[-_ ]?id|connect\\.sid|sid', 'session', 'weak'],
  ['credentials?|x-amz-(?:security-token|signature|credential)|x-ms-token|sig(?:nature)?', 'secret', 'weak'],
  [
    'otp|one[-_ ]?time[-_ ]?(?:password|code)|verification code|認証コード|確認コード|ワンタイムパスワード',
    'code',
    'strong',
  ],
  ['pin(?:[-_ ]?code)?|cvv2?|cvc2?|セキュリティコード|ピンコード', 'code', 'strong'],
  ['マイナンバー|個人番号', 'number', 'strong'],
];

const named = new RegExp(names.map(([pattern]) => `(${pattern})`).join('|'), 'gi');

/** Longest secret, in UTF-16 units; what is longer is masked so far. */
const longest = 8_192;

/** Said of a secret rather than being one. */
const said =
  /^(?:null|nil|none|true|false|undefined|n\/a|yes|no|expired|invalid|missing|required|incorrect|wrong|failed|failure|empty|rejected|denied|error|unknown|not|is|was|has|the|for|must|mismatch|changed|reset|policy|ok|string|\*+|x{3,}|\.{3,}|-+|<[\w -]{1,30}>?|\$\{?\w{1,60}\}?|%\w{1,40}%)$/i;

const looksSecret = (value: string): boolean =>
  value.length >= 6 && (/\d/.test(value) || value.length >= 20 || (/[a-z]/.test(value) && /[A-Z]/.test(value)));

export interface AssignedOptions {
  /** People write of passwords in sentences, where a word behind the colon need not be one. */
  readonly sentences: boolean;
}

export function maskAssigned(text: string, { sentences }: AssignedOptions): string {
  let out = '';
  let from = 0;
  named.lastIndex = 0;
  for (let found = named.exec(text); found; found = named.exec(text)) {
    const at = found.slice(1).findIndex((group) => group !== undefined);
    const [, kind, strength] = names[at] ?? ['', 'secret', 'strong'];
    const value = isWord(text, found.index, found[0], kind) ? valueAfter(text, found, strength, sentences) : undefined;
    if (!value) continue;
    out += `${text.slice(from, value.from)}${marker(kind)}`;
    from = value.to;
    named.lastIndex = Math.max(value.to, named.lastIndex);
  }
  return from === 0 ? text : out + text.slice(from);
}

/** Short names stand alone: "pin" is in "mapping", "sid" in "inside". */
function isWord(text: string, at: number, name: string, kind: string): boolean {
  const before = text[at - 1] ?? ' ';
  if (name.length > 5 || kind === 'token') return true;
  return !/[A-Za-z]/.test(before) || (/[a-z]/.test(before) && /^[A-Z]/.test(name));
}

interface Value {
  readonly from: number;
  readonly to: number;
}

function valueAfter(text: string, found: RegExpExecArray, strength: Strength, sentences: boolean): Value | undefined {
  const name = found[0];
  let at = found.index + name.length;
  // passwordHash, tokenValue; not tokenType, passwordPolicy
  at += /^(?:[-_ ]?(?:hash|value|text|b64|base64|1|2))(?![a-z])/i.exec(text.slice(at, at + 12))?.[0].length ?? 0;
  // A mark that ends the name: "password", \"password\", <password …>
  const closing = /^(?:\\{0,3}["'\]]{1,2}|\s?\([^()\n]{0,30}\))/.exec(text.slice(at, at + 40))?.[0] ?? '';
  at += closing.length;
  const next = text.slice(at, at + 60);

  if (
    text[found.index - 1] === '<' ||
    /[:/]$/.test(text.slice(Math.max(0, found.index - 2), found.index)) ||
    next.startsWith('>')
  ) {
    const tag = /^(?:\s[^<>\n]{0,50})?>/.exec(next)?.[0];
    if (tag) {
      const from = at + tag.length;
      const to = text.indexOf('<', from);
      const end = to < 0 || to - from > longest ? from : to;
      return end > from && !isMasked(text, from) && text.slice(from, end).trim() !== '' ? { from, to: end } : undefined;
    }
  }
  // HAR and the like: "name": "password", "value": "…"
  const pair = /^\s{0,20},\s{0,20}\\{0,3}"value\\{0,3}"\s{0,5}:\s{0,5}/.exec(text.slice(at, at + 100))?.[0];
  if (closing && pair) return checked(text, valueAt(text, at + pair.length, 'strong'), 'strong', false);

  const assigns = /^\s{0,40}(?:=>|:=|==?|[:：＝])\s{0,10}/.exec(next)?.[0];
  if (assigns !== undefined) {
    // `password::method` and `token://` name something else.
    if (/^::|^:\/\//.test(next)) return undefined;
    const value = valueAt(text, at + assigns.length, strength);
    const spaced = /[:：]/.test(assigns) && sentences && !closing;
    return checked(text, value, strength, spaced);
  }
  if (strength === 'line') return undefined;
  // mysql --password secret, New-Thing -Password secret
  const option = /(?:^|\s)-{1,2}(?:[A-Za-z-]{1,30})?$/.test(text.slice(Math.max(0, found.index - 34), found.index));
  const gap = /^[ \t]{1,4}(?=[^\s-])/.exec(next)?.[0];
  if (option && gap) return checked(text, valueAt(text, at + gap.length, strength), strength, true);
  // "my password is hunter2", 「パスワードは abc123 です」
  const tells = /^\s?(?:is|was|=|は|が|を|:|：)(?:\s{1,3}|(?<=[はがを]))[「『"'“]?/i.exec(next)?.[0];
  if (tells === undefined) return undefined;
  const word = /^[!-~]{4,64}/.exec(text.slice(at + tells.length, at + tells.length + 64))?.[0] ?? '';
  const bare = word.replace(/[.,;:!?"')\]」』”]+$/, '');
  const digitsOnly = /^\d{3,12}$/.test(bare);
  const after = text.slice(at + tells.length + bare.length, at + tells.length + bare.length + 2);
  const isSecret = digitsOnly
    ? /^(?:$|[\s.,。、)」』]|で|だ|と)/.test(after)
    : bare.length >= 4 && (/\d/.test(bare) || /[^\w-]/.test(bare) || /[a-z][A-Z]|[A-Z]{2,}[a-z]/.test(bare));
  const from = at + tells.length;
  return isSecret && !isMasked(text, from) && !said.test(bare) ? { from, to: from + bare.length } : undefined;
}

const isMasked = (text: string, at: number): boolean => text.startsWith('[masked:', at);

/** From an opening mark to its closing one, or as far as a value without one goes. */
function valueAt(text: string, start: number, strength: Strength): Value & { readonly quoted: boolean } {
  const opening = /^\\{0,3}["'`]/.exec(text.slice(start, start + 4))?.[0];
  if (opening) {
    const from = start + opening.length;
    const quote = opening.at(-1) ?? '"';
    const escapes = opening.length - 1;
    for (let at = from; at < text.length && at - from < longest; at++) {
      if (text[at] === '\n') return { from, to: at, quoted: true };
      if (text[at] !== quote) continue;
      let slashes = 0;
      while (text[at - 1 - slashes] === '\\' && at - slashes > from) slashes++;
      // Closed by a mark that is escaped as often as the opening one was.
      if (slashes <= escapes && (slashes === escapes || slashes === 0)) return { from, to: at - slashes, quoted: true };
    }
    return { from, to: Math.min(text.length, from + longest), quoted: true };
  }
  const stop = strength === 'line' ? /["'\n\r]|\\[nr"]/g : /[\s,;"'<>)}\]|、。」』]|&(?=[\w.-]{1,40}=)|\\[nrt"]/g;
  stop.lastIndex = start;
  const to = stop.exec(text)?.index ?? text.length;
  return { from: start, to: Math.min(to, start + longest), quoted: false };
}

function checked(
  text: string,
  { from, to, quoted }: Value & { readonly quoted: boolean },
  strength: Strength,
  inSentence: boolean,
): Value | undefined {
  const value = text.slice(from, to);
  if (value.trim() === '' || isMasked(text, from) || said.test(value.trim())) return undefined;
  if (strength === 'weak' && (!looksSecret(value) || /^(?:[A-Za-z]:)?[\\/]/.test(value))) return undefined;
  if (strength === 'strong' && !quoted && /^[{[(]/.test(value)) return undefined;
  // In a sentence, a plain word that others follow is one of the sentence.
  const goesOn = inSentence && !quoted && /^[ \t]+[^\s]/.test(text.slice(to, to + 4));
  if (goesOn && (!/[\d!-/:-@[-`{-~]/.test(value) || value.length < 4)) return undefined;
  // Whole Japanese words behind the colon are no password.
  if (!quoted && inSentence && /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u.test(value))
    return undefined;
  return { from, to };
}
