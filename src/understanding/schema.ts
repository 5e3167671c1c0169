import * as z from 'zod';
import { faqFile } from './format.ts';

/**
 * The FAQ format as JSON Schema 2020-12, for editors' completion and hints (docs/faq.schema.json).
 * Editors read YAML with numbers where we read the text as typed, so a number is allowed wherever a short text is.
 */
export function faqJsonSchema(): object {
  return z.toJSONSchema(faqFile, {
    io: 'input',
    override({ jsonSchema }) {
      if (jsonSchema.enum) {
        jsonSchema.enum = jsonSchema.enum.map(Number);
        jsonSchema.type = 'integer';
      } else if (jsonSchema.type === 'string' && jsonSchema.pattern === undefined) {
        Object.assign(jsonSchema, { type: ['string', 'number', 'boolean'] });
      }
    },
  });
}
