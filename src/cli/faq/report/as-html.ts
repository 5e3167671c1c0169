const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML, in content and in quoted attributes. */
export const asHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
