import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { parseRules } from '../../../../src/desk/rules/parse.ts';
import { deskJsonSchema } from '../../../../src/desk/rules/schema.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const schema = z.fromJSONSchema(deskJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
const accepts = (yaml: string) => schema.safeParse(parse(yaml)).success;
const reads = (yaml: string) => 'rules' in parseRules('desk.yaml', yaml);

describe('the JSON Schema of desk.yaml', () => {
  it('R7 is the one in docs, which the shipped file names and keeps', () => {
    expect(JSON.parse(readFileSync(`${root}docs/desk.schema.json`, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(deskJsonSchema())),
    );
    const shipped = readFileSync(`${root}desk.yaml`, 'utf8');
    expect(shipped.split('\n')[0]).toBe('# yaml-language-server: $schema=docs/desk.schema.json');
    expect(accepts(shipped)).toBe(true);
  });

  it.each([
    'understanding: {answerAt: {ja: 0.8}, guard: {hold: true}}',
    'calendar: {hours: {mon-fri: ["09:00-12:00"], sat: closed}}',
    'calendar: {holidays: {japan: true, closed: [2026-08-14, {days: 12-29..01-03, name: {ja: 年末年始, en: New Year}}]}}',
    'calendar: {tiers: {3: {hours: always}}, rosters: {sato: {hours: {mon: ["22:00-06:00"]}}}}',
    'queue: {mode: offer, mostWaiting: 50, widen: {language: never}, weights: {phone: 4}}',
    'sla: {plans: {premium: {normal: {resolution: none}}, 法人: {low: {firstResponse: 1h}}}}',
    'tickets: {closeAfterSilence: never, codes: [{id: moved, label: 404}]}',
    'tickets: {fields: [{id: site, label: Site, type: choice, required: true, choices: [{id: a, label: A}, {id: b, label: B}]}]}',
    'escalation: {repair: {webhook: {url: "https://example.com/", secret: REPAIR_SECRET}}}',
  ])('R7 accepts what is read: %s', (yaml) => {
    expect([reads(yaml), accepts(yaml)]).toEqual([true, true]);
  });

  it.each([
    'understandin: {}',
    'understanding: {answerAt: {ja: 1.5}}',
    'calendar: {hours: {monday: ["09:00-12:00"]}}',
    'calendar: {hours: {mon: ["9:00-12:00"]}}',
    'calendar: {holidays: {closed: [tomorrow]}}',
    'calendar: {tiers: {4: {hours: always}}}',
    'queue: {mode: push}',
    'queue: {acceptWithin: soon}',
    'queue: {weights: {phone: 0}}',
    'sla: {plans: {default: {normal: {firstResponse: 1d}}}}',
    'tickets: {codes: [{id: moved}]}',
    'escalation: {repair: {webhook: {url: "https://example.com/", secret: hunter2}}}',
  ])('R7 refuses what is refused: %s', (yaml) => {
    expect([reads(yaml), accepts(yaml)]).toEqual([false, false]);
  });
});
