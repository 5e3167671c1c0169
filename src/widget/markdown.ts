import { micromark } from 'micromark';
import { gfmAutolinkLiteral, gfmAutolinkLiteralHtml } from 'micromark-extension-gfm-autolink-literal';
import { japaneseEmphasis } from './emphasis.ts';

/**
 * Markdown → HTML that is safe to put into a page. HTML in the source comes out as text, links to anything but http, https,
 * mailto, irc and xmpp lose their target, links open in a new tab without a way back to this one, and an image becomes a link to it: a
 * picture from elsewhere would tell its host who reads, and when. A ticket number stays on one line.
 */
export function renderMarkdown(source: string): string {
  const html = micromark(source, {
    extensions: [gfmAutolinkLiteral(), japaneseEmphasis],
    htmlExtensions: [gfmAutolinkLiteralHtml()],
  });
  let inLink = false;
  // micromark escapes every `<` of the source, so each tag met here is one it wrote.
  const linked = html.replace(
    /<a href="([^"]*)"|<\/a>|<img src="([^"]*)" alt="([^"]*)"[^>]*>/g,
    (tag, href, src, alt) => {
      if (tag === '</a>') {
        inLink = false;
        return tag;
      }
      if (src === undefined) {
        inLink = true;
        return link(href);
      }
      return inLink || src === '' ? alt : `${link(src)}>${alt || src}</a>`;
    },
  );
  return whole(linked).replaceAll('<br />\n', '\n');
}

/** Browsers break a line behind a hyphen, which cuts `T-000123` in two. Tags are passed over: an address may hold a number too. */
const whole = (html: string): string =>
  html.replace(/<[^>]*>|\bT-\d{6,}\b/g, (found) =>
    found.startsWith('<') ? found : `<span class="whole">${found}</span>`,
  );

/** Opens an `<a` tag without its `>`; a target that micromark refused is empty, and such a link leads nowhere. */
const link = (href: string): string =>
  href === '' ? '<a' : `<a href="${href}" target="_blank" rel="noopener noreferrer nofollow"`;
