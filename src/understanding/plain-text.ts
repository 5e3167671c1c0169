/** An answer as text for where Markdown is not read, such as an agent's reply: steps and line breaks stay, signs go. Pure. */
export function plainText(markdown: string): string {
  let code = false;
  return markdown
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line) => {
      if (/^\s*(```|~~~)/.test(line)) {
        code = !code;
        return [];
      }
      return [code ? line : plainLine(line)];
    })
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const plainLine = (line: string): string => {
  // What stands in backticks is kept letter by letter: it may be a path or a command.
  const parts = line
    .replace(/^(\s*)#{1,6}\s+/, '$1')
    .replace(/^(\s*)>\s?/, '$1')
    .split(/(`+[^`]*`+)/);
  return parts
    .map((part) => (/^`+[^`]*`+$/.test(part) ? part.replace(/^`+ ?| ?`+$/g, '') : inWords(part)))
    .join('')
    .replace(/^(\s*)[*+] /, '$1- ')
    .trimEnd();
};

const inWords = (text: string): string =>
  text
    // A bold heading of a Japanese step stands apart by its weight alone; without it, a colon must do that.
    .replace(/^(\s*(?:\d+\.|[-*+]) )\*\*([^*]+[\p{L}ー」）])\*\* +(?=[^\p{Script=Latin}])/u, '$1$2：')
    .replace(/!?\[([^\]]*)\]\(\s*<?([^)\s>]+)>?[^)]*\)/g, (_, name: string, target: string) =>
      name === '' || name === target ? target : `${name} (${target})`,
    )
    .replace(/<((?:https?|mailto):[^>\s]+)>/g, '$1')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![*\p{Script=Latin}\p{N}])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![*\p{Script=Latin}\p{N}])/gu, '$1')
    .replace(/(?<![_\p{L}\p{N}])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?![_\p{L}\p{N}])/gu, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!>~|])/g, '$1');
