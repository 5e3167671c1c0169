import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { faqFiles, readFaq } from '../../../src/understanding/files.ts';
import { faqJsonSchema } from '../../../src/understanding/schema.ts';

const faq = fileURLToPath(new URL('../../../faq', import.meta.url));
const schema = z.fromJSONSchema(faqJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
const accepts = (yaml: string) => schema.safeParse(parse(yaml)).success;

describe('the JSON Schema for editors', () => {
  test('accepts every FAQ file that the project ships, and each names it', async () => {
    const paths = await faqFiles(faq);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      const text = await readFile(join(faq, path), 'utf8');
      expect(accepts(text), path).toBe(true);
      expect(text.split('\n')[0], path).toBe('# yaml-language-server: $schema=../docs/faq.schema.json');
    }
  });

  test('refuses what reading refuses', () => {
    const good = 'entries: [{id: a, questions: {en: [x, 404]}, answer: {en: y}, escalate: {tier: 2}}]';
    expect(accepts(good)).toBe(true);
    for (const bad of [
      good.replace('tier: 2', 'tier: 4'),
      good.replace('id: a', 'id: A'),
      good.replace('answer', 'anser'),
      good.replace('[x, 404]', '[]'),
      good.replace('{en: y}', '{}'),
      'topic: x',
    ])
      expect(accepts(bad), bad).toBe(false);
  });
});

test('the shipped FAQ has no problems', async () => {
  expect((await readFaq(faq)).problems).toEqual([]);
});
