import * as z from 'zod';
import { sources } from './dialog.ts';

/**
 * The dialog file format, the one statement of it: reading and the editors' JSON Schema both follow from here.
 * Every plain scalar is read as the text that was typed, so all leaves are strings.
 */

/** Most steps of one dialog: nobody answers more, and the state of a talk stays small. */
export const mostSteps = 40;
/** Most choices of one step. */
export const mostChoices = 20;
/** Longest answer a text step may take, in UTF-16 units. */
export const longestAnswer = 2_000;
/** Longest question or instruction, in UTF-16 units. */
export const longestText = 5_000;

const id = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
/** Step ids stand in conditions, so they begin with a letter and are no words of the language. */
const stepId = z
  .string()
  .max(60)
  .regex(/^(?!(?:true|false|in)$)[a-z][a-z0-9]*([-_][a-z0-9]+)*$/);
const word = z.string().trim().min(1).max(200);
const markdown = z.string().trim().min(1).max(longestText);
const notEmpty = (mapping: object) => Object.keys(mapping).length > 0;
const bilingual = <T extends z.ZodType>(text: T) =>
  z.strictObject({ en: text.optional(), ja: text.optional() }).refine(notEmpty).meta({ minProperties: 1 });
const wholeNumber = z.string().regex(/^-?\d{1,9}$/);
const flag = z.enum(['true', 'false']);
const expression = z.string().trim().min(1).max(500).meta({
  description:
    "A condition over earlier steps: == != < <= > >= && || ! ( ) in [..], e.g. os == 'windows' && !wired. Put it in quotes if it begins with ! or [. 前の質問の答えによる条件。",
});
const pattern = z.string().min(1).max(200);

const choice = z
  .strictObject({
    value: z
      .string()
      .max(60)
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
      .meta({ description: 'What conditions and reports call it. 条件や集計で使う値。' }),
    label: bilingual(word).meta({ description: 'The button. ボタンの文字。' }),
    keywords: z
      .strictObject({ en: z.array(word).optional(), ja: z.array(word).optional() })
      .optional()
      .meta({ description: 'Other ways to say it. 言い換え。' }),
    solved: flag
      .optional()
      .meta({ description: 'true: choosing it ends the dialog as solved. trueなら解決として終了。' }),
  })
  .meta({ description: 'One choice. 選択肢ひとつ。' });

export const stepTypes = ['choice', 'text', 'number', 'date', 'confirm', 'attachment', 'say'] as const;
const source = z.enum(sources);

const step = z
  .strictObject({
    id: stepId.meta({ description: 'Unique in this dialog; conditions and reports use it. この対話の中で一意のID。' }),
    ask: bilingual(markdown).meta({ description: 'The question or instruction, in Markdown. 質問または案内。' }),
    label: bilingual(word)
      .optional()
      .meta({ description: 'Short name in the summary and for the agent. 確認画面や担当者に見せる短い名前。' }),
    type: z.enum(stepTypes).meta({ description: 'How it is answered; say: not at all. 答え方。sayは案内のみ。' }),
    choices: z.array(choice).min(1).max(mostChoices).optional(),
    suggest: bilingual(z.array(word).min(1).max(6))
      .optional()
      .meta({ description: 'Buttons for answers that come often. よくある答えのボタン。' }),
    prefill: z
      .union([source, z.array(source)])
      .optional()
      .meta({ description: 'Where it may be known from already. すでに分かっている場合の取得元。' }),
    find: pattern.optional().meta({
      description:
        'Text only: what matches this in anything already said fills the step. それまでの発言から答えを見つける正規表現。',
    }),
    required: flag.optional().meta({ description: 'true: no skipping. trueならスキップ不可。' }),
    validate: z
      .strictObject({
        pattern: pattern.optional().meta({
          description: 'Regular expression for the whole answer; no repetition inside repetition. 正規表現。',
        }),
        min: wholeNumber.optional(),
        max: wholeNumber
          .optional()
          .meta({ description: 'Characters of a text, value of a number. 文字数または数値の上限。' }),
        only: z
          .enum(['past', 'future'])
          .optional()
          .meta({ description: 'Dates: not after, or not before, today. 過去(今日まで)または未来(今日から)のみ。' }),
        message: bilingual(word).optional(),
      })
      .optional(),
    when: expression.optional(),
    solved: z
      .enum(['yes', 'no', 'true', 'false'])
      .optional()
      .meta({ description: 'Confirm only: the answer that ends the dialog as solved. 解決として終了する答え。' }),
  })
  .meta({ description: 'One step. 手順ひとつ。' });

const end = z
  .strictObject({
    when: expression.optional(),
    // biome-ignore lint/suspicious/noThenProperty: the file format's own word; nobody awaits a schema's shape.
    then: z
      .enum(['handoff', 'answer', 'say'])
      .meta({ description: 'handoff: to a person; answer: an FAQ entry; say: a text. 終わり方。' }),
    tier: z.enum(['1', '2', '3']).optional(),
    skills: z.array(word).max(20).optional(),
    priority: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
    entry: id.optional().meta({ description: 'The FAQ entry to answer with. 回答に使うFAQのID。' }),
    text: bilingual(markdown).optional(),
  })
  .meta({ description: 'What the dialog leads to. 対話の終わり方。' });

export const dialogFile = z
  .strictObject({
    id: id.meta({ description: 'Kebab-case name, unique over all dialogs. 一意のID(英小文字・数字・ハイフン)。' }),
    title: bilingual(word).meta({ description: 'What visitors and agents read. 表示名。' }),
    summary: flag
      .optional()
      .meta({ description: 'false: no summary to confirm at the end. falseなら最後の確認を省く。' }),
    steps: z.array(step).min(1).max(mostSteps),
    end: z
      .union([end, z.array(end).min(1).max(10)])
      .meta({ description: 'One ending, or several with conditions; the last without. 終わり方(条件付きも可)。' }),
  })
  .meta({
    title: 'firstline guided dialog',
    description: 'Questions the bot asks one after the other. ガイド付き対話。',
  });

export type DialogContent = z.infer<typeof dialogFile>;
export type StepContent = DialogContent['steps'][number];
export type EndContent = z.infer<typeof end>;

/** The keys allowed at a place in the file; undefined where none are. */
export function keysAt(path: readonly PropertyKey[]): string[] | undefined {
  let here: unknown = dialogFile;
  for (const part of path) {
    here = bare(here, typeof part === 'number');
    if (here instanceof z.ZodArray) here = here.element;
    else if (here instanceof z.ZodObject) here = here.shape[String(part)];
    else return undefined;
  }
  here = bare(here, false);
  return here instanceof z.ZodObject ? Object.keys(here.shape) : undefined;
}

/** Of "one or a list", the list where a position in it is meant. */
function bare(schema: unknown, list: boolean): unknown {
  if (schema instanceof z.ZodOptional) return bare(schema.unwrap(), list);
  if (schema instanceof z.ZodUnion)
    return bare(
      schema.options.find((option: unknown) => option instanceof z.ZodArray === list),
      list,
    );
  return schema;
}
