/** An entry's message without what differs from one time to the next, so that equal troubles are counted as one. */

/** Of a message, in UTF-16 units: what tells troubles apart stands at its beginning. */
const looked = 300;

// Codes stay: 0x80070005 and 0x8007007e, or error 5 and error 53, are different troubles.
const varying = new RegExp(
  [
    `([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})`,
    String.raw`(\d{4}[-/]\d\d?[-/]\d\d?(?:[T ]\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\d\d:\d\d:\d\d(?:[.,]\d+)?)`,
    String.raw`(\b[a-z][a-z0-9+.-]{1,15}://[^\s"'<>)\]]+)`,
    String.raw`([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)`,
    String.raw`(\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b)`,
    String.raw`(\b[A-Za-z]:\\[^\s"'<>|:,]+|\\\\[\w.-]+\\[^\s"'<>|:,]+|(?<![\w/])(?:/[\w.@+-]+){2,}/?)`,
    String.raw`("[^"\n]{1,200}"|'[^'\n]{1,200}'|“[^”\n]{1,200}”|「[^」\n]{1,200}」)`,
    String.raw`(\b0x[8cC][0-9a-fA-F]{7}\b|\b(?:error|\w{0,20}code|status|event(?: ?id)?|errno|exit(?: code)?|stop|smtp|http|エラー|コード|イベント(?: ?ID)?)(?: ?[:=#(] ?| )(?:0x)?[0-9a-fA-F]{0,2}\d{1,6}\b)`,
    String.raw`(\b0x[0-9a-fA-F]+\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b)`,
    String.raw`(\d+(?:\.\d+)?)`,
  ].join('|'),
  'gi',
);

/** In the order of the pattern's groups; what has no name here stays as it is. */
const names = ['<id>', '<time>', '<url>', '<mail>', '<ip>', '<path>', '<text>', undefined, '<hex>', '<n>'] as const;

export function normalise(message: string): string {
  const start = message.length > looked ? message.slice(0, looked) : message;
  return start
    .replace(varying, (whole: string, ...groups: (string | undefined)[]) => {
      // Numbers are by far the most frequent.
      if (groups[9] !== undefined) return '<n>';
      const at = groups.findIndex((group) => group !== undefined);
      return names[at] ?? whole;
    })
    .replace(/\s+/g, ' ')
    .trim();
}

/** A request's path without its query, and without what names one thing: `/users/:id`. */
export function routeOf(method: string, path: string): string {
  const way = path.length > looked ? path.slice(0, looked) : path;
  const plain = way.replace(/^[a-z]+:\/\//i, '').replace(/[?#].*$/s, '');
  const parts = plain
    .split('/')
    .slice(0, 8)
    .map((part) => (/^\d+$|^[0-9a-f]{8}-[0-9a-f-]{20,}$|^(?=.*\d)[\w-]{16,}$/i.test(part) ? ':id' : part.slice(0, 60)));
  return `${method.slice(0, 10)} ${parts.join('/') || '/'}`;
}
