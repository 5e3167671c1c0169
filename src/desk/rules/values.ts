/**
 * The kinds of values in desk.yaml. Every plain scalar is read as the text that was typed, so all leaves are strings that
 * become what they mean. Each kind says in words what it allows.
 */
import * as z from 'zod';

/** What is allowed at a place, to go behind "allowed is". */
export const allowed = z.registry<{
  words: string;
  /** As editors know it, which read numbers and booleans where we read the text as typed. */
  json?: object;
  /** True: what was found may be a secret and is not repeated. */
  unspoken?: true;
}>();

export const says = <T extends z.ZodType>(words: string, schema: T, json?: object): T => {
  allowed.add(schema, { words, ...(json ? { json } : {}) });
  return schema;
};

/** 0 to 1. */
export const share = says(
  'a number from 0 to 1',
  z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/)
    .transform(Number),
  { type: 'number', minimum: 0, maximum: 1 },
);

export const yesNo = says(
  'true or false',
  z.enum(['true', 'false']).transform((text) => text === 'true'),
  { type: 'boolean' },
);

/** As `says`, where somebody may have put a secret. */
export const saysUnspoken = <T extends z.ZodType>(words: string, schema: T): T => {
  allowed.add(schema, { words, unspoken: true });
  return schema;
};

/** A whole number within bounds. */
export const count = (least: number, most: number) =>
  says(
    `a whole number from ${least} to ${most}`,
    z
      .string()
      .regex(/^\d{1,9}$/)
      .refine((text) => Number(text) >= least && Number(text) <= most)
      .transform(Number),
    { type: 'integer', minimum: least, maximum: most },
  );

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const spanText = /^(\d{1,6})([smhd])$/;

/** ms of a span such as `5m`; undefined where the text is none. */
function msOf(text: string): number | undefined {
  const [, amount, unit] = spanText.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * unitMs[unit as keyof typeof unitMs];
}

const spanFrom = (shape: RegExp, least: string, most: string) =>
  z
    .string()
    .regex(shape)
    .refine((text) => {
      const ms = msOf(text) ?? Number.NaN;
      return ms >= (msOf(least) ?? 0) && ms <= (msOf(most) ?? 0);
    })
    .transform((text) => msOf(text) ?? 0);

/** A span of time, in ms. */
export const span = (least: string, most: string) =>
  says(`a span from ${least} to ${most}, such as 30s, 5m, 2h or 7d`, spanFrom(spanText, least, most));

/** A span that may be left out by the word `never`; undefined then. */
export const spanOrNever = (least: string, most: string) =>
  says(
    `a span from ${least} to ${most}, such as 30s, 5m, 2h or 7d, or never`,
    z.union([z.literal('never').transform(() => undefined), spanFrom(spanText, least, most)]),
  );

const openSpan = spanFrom(/^\d{1,6}[smh]$/, '1m', '10000h');
/** Open time, in ms: hours and minutes alone, since a day of it means as many things as there are calendars. */
export const openTime = says(
  'open time from 1m to 10000h, such as 30m or 4h (no days: only open hours count)',
  openSpan,
);
export const openTimeOrNone = says(
  'open time from 1m to 10000h, such as 30m or 4h (no days: only open hours count), or none',
  z.union([z.literal('none'), openSpan]),
);

export const id = says(
  'a name such as printer or mail-outlook: a-z, 0-9 and single hyphens, up to 60 characters',
  z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
);

const textUpTo = (longest: number) =>
  says(`a text of up to ${longest} characters`, z.string().trim().min(1).max(longest), {
    type: ['string', 'number', 'boolean'],
    maxLength: longest,
  });

/** Text in both languages; one text alone stands for both. */
export const bilingual = (longest = 200) =>
  says(
    `a text of up to ${longest} characters, or one for each language: {ja: …, en: …}`,
    z
      .union([textUpTo(longest), z.strictObject({ ja: textUpTo(longest), en: textUpTo(longest) })])
      .transform((given) => (typeof given === 'string' ? { ja: given, en: given } : given)),
  );

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Drops what is undefined, so that absent means absent. */
export const present = <T extends object>(given: T): Present<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<T>;

/** Whether ids in a list are all different; the fault is shown at the second. */
export function eachOnce(items: readonly { readonly id: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  items.forEach(({ id: name }, i) => {
    if (seen.has(name))
      context.addIssue({ code: 'custom', path: [i, 'id'], message: `"${name}" is given twice; allowed is once` });
    seen.add(name);
  });
}
