/** Windows' Event Viewer, "Save as XML", and wevtutil's output: `<Event>` after `<Event>`. */
import { XMLParser } from 'fast-xml-parser';
import { levelNamed, levelSounding } from '../levels.ts';
import type { Emit } from '../line.ts';
import { timeOf } from '../times.ts';

/** Of one event, in UTF-16 units; a longer one is left out. */
const longestEvent = 256 * 1024;

export const isWindowsXml = (head: string): boolean =>
  /<Events?[\s>]/.test(head) && /schemas\.microsoft\.com\/win\/2004\/08\/events\/event|<System>/.test(head);

// Entities that a file declares for itself are a way to blow it up: none is expanded but XML's own five.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
});

const levels = { 1: 'fatal', 2: 'error', 3: 'warn', 4: 'info', 5: 'debug' } as const;

/** Takes the text piece by piece, wherever it is cut: wevtutil writes all events in one line. */
export function windowsXmlReader(emit: Emit, now: number): { push(text: string): void } {
  let held = '';
  let events = 0;
  const read = (event: string) => {
    let parsed: unknown;
    try {
      parsed = parser.parse(event);
    } catch {
      return;
    }
    const root = child(parsed, 'Event');
    const system = child(root, 'System');
    const provider = textOf(child(child(system, 'Provider'), '@Name'));
    const id = textOf(child(system, 'EventID'));
    const rendering = child(root, 'RenderingInfo');
    const rendered = textOf(child(rendering, 'Message'));
    const data = dataOf(child(root, 'EventData') ?? child(root, 'UserData'));
    const message = (rendered || data).replace(/\s+/g, ' ').trim();
    const number = Number(textOf(child(system, 'Level')));
    const level =
      levels[number as keyof typeof levels] ?? levelNamed(textOf(child(rendering, 'Level'))) ?? levelSounding(message);
    emit({
      ...timeOf(textOf(child(child(system, 'TimeCreated'), '@SystemTime')), now),
      ...(level ? { level } : {}),
      ...(provider ? { source: provider } : {}),
      message: `${provider}${id ? ` event ${id}` : ''}: ${message}`,
      line: ++events,
    });
  };
  return {
    push(text) {
      held += text;
      for (;;) {
        const start = held.search(/<Event[\s>]/);
        const end = start < 0 ? -1 : held.indexOf('</Event>', start);
        if (end < 0) break;
        read(held.slice(start, end + 8));
        held = held.slice(end + 8);
      }
      if (held.length > longestEvent) held = '';
    },
  };
}

function child(node: unknown, name: string): unknown {
  const here: unknown = Array.isArray(node) ? node[0] : node;
  return typeof here === 'object' && here !== null && Object.hasOwn(here, name)
    ? (here as Record<string, unknown>)[name]
    : undefined;
}

function textOf(node: unknown): string {
  if (typeof node === 'string') return node;
  if (typeof node === 'number') return String(node);
  const text = child(node, '#text');
  return text === undefined ? '' : String(text);
}

function dataOf(node: unknown): string {
  if (typeof node !== 'object' || node === null) return textOf(node);
  const parts: string[] = [];
  const walk = (value: unknown, name: string, depth: number): void => {
    if (parts.length >= 20 || depth > 4) return;
    if (Array.isArray(value)) for (const one of value) walk(one, name, depth + 1);
    else if (typeof value === 'object' && value !== null) {
      const own = textOf(child(value, '@Name'));
      const text = textOf(value);
      if (text) parts.push(own ? `${own}=${text}` : text);
      else for (const [key, inner] of Object.entries(value)) if (!key.startsWith('@')) walk(inner, key, depth + 1);
    } else if (typeof value === 'string' && value.trim()) parts.push(name === 'Data' ? value : `${name}=${value}`);
  };
  walk(node, '', 0);
  return parts.join(' ');
}
