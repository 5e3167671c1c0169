import * as z from 'zod';
import { dialogFile } from './format.ts';

/**
 * The dialog format as JSON Schema 2020-12, for editors' completion and hints (dialogs.schema.json beside this file).
 * Editors read YAML with numbers and booleans where we read the text as typed, so both are allowed there.
 */
export function dialogJsonSchema(): object {
  return z.toJSONSchema(dialogFile, {
    io: 'input',
    override({ jsonSchema }) {
      const { enum: options, pattern } = jsonSchema;
      if (options?.every((option) => /^(\d+|true|false|yes|no)$/.test(String(option)))) {
        jsonSchema.enum = options.flatMap((option) =>
          /^\d/.test(String(option))
            ? [Number(option)]
            : [option, ...(option === 'true' ? [true] : option === 'false' ? [false] : [])],
        );
        delete jsonSchema.type;
      } else if (pattern === String.raw`^-?\d{1,9}$`) {
        delete jsonSchema.pattern;
        jsonSchema.type = 'integer';
      } else if (jsonSchema.type === 'string' && pattern === undefined && !options) {
        Object.assign(jsonSchema, { type: ['string', 'number', 'boolean'] });
      }
    },
  });
}
