export interface Piece {
  readonly kind: 'text' | 'link';
  readonly text: string;
  /** Where in the text it begins. */
  readonly at: number;
}

/** An address ends at a space, a quote, an angle bracket or a full-width mark; what follows a sentence is not part of it. */
const address = /https?:\/\/[^\s<>"'`\u3000-\u303f\uff01-\uff60]+/gi;
const trailing = /[.,:;!?…]+$/;

/** What belongs to the address: closing brackets only as far as they were opened in it. */
function trim(found: string): string {
  const bare = found.replace(trailing, '');
  const surplus = bare.split(')').length - bare.split('(').length;
  return surplus > 0 && bare.endsWith(')') ? trim(bare.slice(0, -1)) : bare;
}

/** Cuts plain text at the web addresses in it. The pieces joined are the text. */
export function findLinks(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const link = trim(match[0]);
    if (!URL.canParse(link)) continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index), at: from });
    pieces.push({ kind: 'link', text: link, at: match.index });
    from = match.index + link.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from), at: from });
  return pieces;
}
