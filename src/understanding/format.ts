import * as z from 'zod';

/**
 * The FAQ file format, the one statement of it: reading, lint and the editors' JSON Schema all follow from here.
 * Every plain scalar is read as the text that was typed (`- 0x80070005` is a phrasing, not a number), so all leaves are strings.
 */

/** Longest phrasing, in UTF-16 code units: past this it is an answer or a pasted log, not a way to ask. */
export const longestPhrasing = 2_000;
/** Longest answer, in UTF-16 code units: a Teams message may hold 80 KB, in UTF-8 up to three bytes a unit. */
export const longestAnswer = 20_000;

const id = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .meta({
    description: 'Kebab-case name, unique over all files and never reused. 一意のID(英小文字・数字・ハイフン)。',
  });
const word = z.string().trim().min(1).max(200);
const phrasing = z.string().trim().min(1).max(longestPhrasing);
const markdown = z.string().trim().min(1).max(longestAnswer);
const notEmpty = (mapping: object) => Object.keys(mapping).length > 0;

const entry = z
  .strictObject({
    id,
    tags: z.array(word).optional().meta({ description: 'Free labels for search and reports. 検索・集計用のラベル。' }),
    questions: z
      .strictObject({ en: z.array(phrasing).min(1).optional(), ja: z.array(phrasing).min(1).optional() })
      .refine(notEmpty)
      .meta({
        minProperties: 1,
        description:
          'Ways people ask this, the canonical one first. The more there are, the better the bot understands; aim for ten. 質問の言い方。代表的なものを先頭に、10個以上が目安。',
      }),
    answer: z
      .strictObject({ en: markdown.optional(), ja: markdown.optional() })
      .refine(notEmpty)
      .meta({ minProperties: 1, description: 'The reply, in Markdown. 回答(Markdown)。' }),
    dialog: id.optional().meta({
      description: 'A guided dialog to run instead of, or after, the answer. 続けて実行するガイド付き対話のID。',
    }),
    escalate: z
      .strictObject({
        tier: z.enum(['1', '2', '3']).optional().meta({ description: 'Support tier. 引き継ぎ先の階層。' }),
        skills: z.array(word).optional().meta({ description: 'Skills the agent needs. 担当者に必要なスキル。' }),
      })
      .optional()
      .meta({ description: 'Where "that did not help" leads. 解決しなかったときの引き継ぎ先。' }),
    related: z.array(id).optional().meta({ description: 'Entries to offer beside this one. 関連する項目のID。' }),
    keywords: z
      .strictObject({ en: z.array(word).optional(), ja: z.array(word).optional() })
      .optional()
      .meta({ description: 'Synonyms, abbreviations, readings. 同義語・略語・読み。' }),
  })
  .meta({ description: 'One question people ask, with its answer. よくある質問ひとつ。' });

export const faqFile = z
  .strictObject({
    topic: word
      .optional()
      .meta({ description: "The file's subject; its name where left out. 話題(省略時はファイル名)。" }),
    entries: z.array(entry).meta({ description: 'Questions and answers. 質問と回答。' }),
  })
  .meta({
    title: 'firstline FAQ file',
    description: 'Questions and answers for first-line support. よくある質問と回答。',
  });

export type FaqFileContent = z.infer<typeof faqFile>;
export type EntryContent = FaqFileContent['entries'][number];

/** The keys allowed at a place in the file, e.g. `['entries', 3, 'answer']`; undefined where none are. */
export function keysAt(path: readonly PropertyKey[]): string[] | undefined {
  let here: unknown = faqFile;
  for (const step of path) {
    here = bare(here);
    if (here instanceof z.ZodArray) here = here.element;
    else if (here instanceof z.ZodObject) here = here.shape[String(step)];
    else return undefined;
  }
  here = bare(here);
  return here instanceof z.ZodObject ? Object.keys(here.shape) : undefined;
}

const bare = (schema: unknown): unknown => (schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema);
