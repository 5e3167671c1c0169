/** Markdown that visitors would not see as it is meant: chat and Teams show CommonMark without HTML, tables and such. Pure. */

/** One sentence each, naming the line of the answer, from 1. Code is left alone. */
export function markdownFaults(markdown: string): string[] {
  const faults: string[] = [];
  const lines = markdown.split('\n');
  let fence: { mark: string; line: number } | undefined;
  let bold: { marks: number; line: number } = { marks: 0, line: 0 };
  const endParagraph = () => {
    if (bold.marks % 2 === 1)
      faults.push(`line ${bold.line}: a ** is not closed in its paragraph, so it shows as it is`);
    bold = { marks: 0, line: 0 };
  };
  lines.forEach((line, i) => {
    const number = i + 1;
    const say = (message: string) => void faults.push(`line ${number}: ${message}`);
    const mark = /^ {0,3}(?:[-*+] +|\d+[.)] +)*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence) {
      if (mark?.startsWith(fence.mark) && /^\s*[`~]+\s*$/.test(line)) fence = undefined;
      return;
    }
    if (mark) {
      fence = { mark, line: number };
      endParagraph();
      return;
    }
    // A blank line, a heading and a list item each begin anew.
    if (/^\s*($|#{1,6}\s|[-*+]\s|\d+[.)]\s)/.test(line)) endParagraph();
    const text = line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '').replace(/\\[!-/:-@[-`{-~]/g, '');
    const marks = text.match(/\*\*/g)?.length ?? 0;
    if (marks % 2 === 1) bold.line = number;
    bold.marks += marks;
    const tag = /<\/?([a-z][a-z0-9-]*)(?:\s[^<>]*)?\/?>/i.exec(text.replace(/<[a-z][a-z0-9+.-]*:[^\s<>]*>/gi, ''));
    if (tag && htmlTags.has((tag[1] ?? '').toLowerCase())) say(`HTML ("${tag[0]}") shows as text; use Markdown`);
    if (/^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)+\|?\s*$/.test(text)) say('tables do not show as tables; use a list');
    if (/^\s*[-*+]\s+\[[ xX]\]\s/.test(text)) say('task boxes show as "[ ]"; use a plain list');
    if (/~~\S.*?~~/.test(text)) say('~~struck~~ text shows with its marks');
    if (/^#{1,6}[^#\s]/.test(text)) say('a heading needs a space after #');
    if (/^\s*\d+[.)][^\s\d.)]/.test(text) && /^\s*\d+[.)]\s/m.test(markdown))
      say('a list number needs a space after its dot');
    if (/^\s*[・•●]/.test(text)) say('lines that begin with ・ run together; begin list items with "- "');
    const link = /\]\(\s*([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
    if (link && !['http', 'https', 'mailto'].includes(link))
      say(`a link to "${link}:" is not opened; allowed are http, https and mailto`);
    if (/\]\s+\((?:https?:|mailto:)/.test(text)) say('a link needs "](" without a space between');
    if (/\]（/.test(text)) say('a link needs half-width parentheses');
  });
  endParagraph();
  if (fence) faults.push(`line ${fence.line}: the code block begun here is never closed`);
  return faults;
}

/** Common ones: `<名前>` or `<your name>` is a blank to fill in, not a tag. */
const htmlTags = new Set(
  'a b big br center code details div em font h1 h2 h3 h4 h5 h6 hr i img kbd li ol p pre script small span strong style sub summary sup table tbody td th thead tr u ul'.split(
    ' ',
  ),
);
