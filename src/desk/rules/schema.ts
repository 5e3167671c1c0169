import * as z from 'zod';
import { deskFile } from './file.ts';
import { allowed } from './values.ts';

/** The format of desk.yaml as JSON Schema 2020-12, for editors' completion and hints (docs/desk.schema.json). */
export function deskJsonSchema(): object {
  return z.toJSONSchema(deskFile, {
    io: 'input',
    reused: 'ref',
    override({ zodSchema, jsonSchema }) {
      const told = allowed.get(zodSchema);
      if (told?.json) {
        for (const key of Object.keys(jsonSchema)) if (key !== 'description') delete jsonSchema[key];
        Object.assign(jsonSchema, told.json);
      }
      if (told) jsonSchema.description ??= `Allowed is ${told.words}.`;
      delete jsonSchema.default;
      if (jsonSchema.required?.length === 0) delete jsonSchema.required;
    },
  });
}
