/** Customer files, as admins write them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { warrantyUntil } from '../../../src/conversation/customer.ts';
import { parseCustomers } from '../../../src/customers/parse.ts';

const sample = (name: string) => {
  const path = fileURLToPath(new URL(`../../../docs/samples/${name}`, import.meta.url));
  return parseCustomers(name, readFileSync(path, 'utf8'));
};
const told = (path: string, text: string) =>
  parseCustomers(path, text).problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);

describe('customer files', () => {
  it('are shipped as YAML and as CSV, ten customers alike', () => {
    const yaml = sample('customers.yaml');
    expect(yaml.problems).toEqual([]);
    expect(yaml.customers).toHaveLength(10);
    expect(sample('customers.csv')).toEqual(yaml);
    expect(yaml.customers[0]).toEqual({
      id: 'sample-001',
      name: '田中 花子',
      email: 'hanako.tanaka@example.com',
      language: 'ja',
      plan: 'premium',
      products: [
        {
          name: 'ノートパソコン',
          model: 'ThinkPad X1 Carbon Gen 11',
          serial: 'PF3A7K21',
          purchased: '2024-06-03',
          warrantyUntil: '2027-06-02',
        },
        {
          name: 'モニター',
          model: 'EIZO FlexScan EV2781',
          serial: '28391042',
          purchased: '2023-02-15',
          warrantyUntil: '2028-02-14',
        },
      ],
    });
    expect(yaml.customers[5]?.products[0]?.warrantyUntil).toBe('2027-11-28');
  });

  it('say what is wrong with file, line and column', () => {
    const yaml = `customers:
  - id: a
    language: de
    products:
      - name: PC
        purchased: 2024-02-30
  - id: b
    emial: x@example.com
`;
    expect(told('c.yaml', yaml)).toEqual([
      'c.yaml:3:15: language: is not understood; allowed is ja or en',
      'c.yaml:6:20: purchased: is not understood; allowed is a day such as 2024-04-01',
      'c.yaml:8:5: unknown key "emial"',
    ]);
    expect(told('c.csv', 'id,name,product,purchased\na,A,PC,yesterday\n')).toEqual([
      'c.csv:2:4: purchased: is not understood; allowed is a day such as 2024-04-01',
    ]);
    expect(told('c.csv', 'id,nickname\na,A\n')[0]).toMatch(/^c\.csv:1:2: unknown column "nickname"; allowed are id, /);
    expect(told('c.csv', 'id,name\na,"A\n')[0]).toMatch(/^c\.csv:\d+:1: CSV: /);
    expect(told('c.yaml', 'customers: nobody')[0]).toMatch(/^c\.yaml:1:12: customers: is not understood/);
  });

  it('H3 are never repeated by what is told of them', () => {
    const files: [path: string, text: string][] = [
      ['c.yaml', 'customers:\n  - {id: a, email: "hanako at example.com", plan: {hanako: 1}}\n'],
      [
        'c.yaml',
        'customers:\n  - {id: hanako, email: hanako@example.com}\n  - {id: hanako, email: HANAKO@example.com}\n',
      ],
      ['c.csv', 'a,Hanako,hanako@example.com\nb,Taro,taro@example.com\n'],
      ['c.csv', 'id,name\na,Hanako "Hana" Sato\n'],
      ['c.csv', 'id,email\na,hanako at example\n'],
    ];
    for (const [path, text] of files) {
      expect(told(path, text).length).toBeGreaterThan(0);
      expect(told(path, text).join('\n')).not.toMatch(/hanako/i);
    }
  });

  it('refuse an id or a mail address of two customers', () => {
    const twice = 'customers:\n  - {id: a, email: X@example.com}\n  - {id: b, email: x@EXAMPLE.com}\n  - {id: a}\n';
    expect(told('c.yaml', twice)).toEqual([
      "c.yaml:3:20: email: is another customer's too",
      "c.yaml:4:10: id: is another customer's too",
    ]);
  });

  it('count a warranty up to its last day, whatever the month', () => {
    expect(warrantyUntil('2024-04-01', 12)).toBe('2025-03-31');
    expect(warrantyUntil('2024-02-29', 12)).toBe('2025-02-28');
    expect(warrantyUntil('2024-02-29', 48)).toBe('2028-02-28');
    expect(warrantyUntil('2024-01-31', 1)).toBe('2024-02-29');
    expect(warrantyUntil('2024-12-15', 36)).toBe('2027-12-14');
    expect(warrantyUntil('2024-12-15', 0)).toBe('2024-12-14');
  });
});
