import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../../src/cli/faq/import/csv.ts';
import { toDrafts, toYaml } from '../../../src/cli/faq/import/draft.ts';
import { readQna } from '../../../src/cli/faq/import/qna.ts';
import type { Sources } from '../../../src/cli/faq/import/source.ts';
import { parseFaq } from '../../../src/understanding/parse.ts';
import { drawSeed } from '../../support/seed.ts';

const drafted = ({ sources }: Sources, taken: string[] = []) => toDrafts(sources, 'kb', new Set(taken));

describe('an imported spreadsheet', () => {
  test('is read with quotes, line ends in cells, doubled quotes and any of three delimiters', () => {
    for (const delimiter of [',', ';', '\t']) {
      const text = ['question|answer', '"How do I print?\nprinting"|"Press ""print"", then; wait,"']
        .join('\r\n')
        .replaceAll('|', delimiter);
      expect(drafted(readCsv(text)).drafts).toEqual([
        {
          id: 'print',
          tags: [],
          questions: { en: ['How do I print?', 'printing'] },
          answer: { en: 'Press "print", then; wait,' },
          related: [],
          keywords: {},
        },
      ]);
    }
  });

  test('may name its columns in Japanese, and a language for each', () => {
    const text =
      '番号,質問（日本語）,質問（英語）,回答_ja,回答_en,カテゴリ,キーワード,担当\nprint,印刷するには,How to print,印刷を押す,Press print,印刷,プリント、print,田中\n';
    const { sources, notes } = readCsv(text);
    const { topic, drafts } = toDrafts(sources, 'kb', new Set());
    expect(topic).toBe('印刷');
    expect(drafts).toMatchObject([
      {
        id: 'print',
        questions: { ja: ['印刷するには'], en: ['How to print'] },
        answer: { ja: '印刷を押す', en: 'Press print' },
        keywords: { ja: ['プリント'], en: ['print'] },
      },
    ]);
    expect(notes).toEqual([{ line: 1, message: 'columns not taken over: 担当' }]);
  });

  test('joins rows with one id, and rows without ids with one answer', () => {
    const byId = drafted(
      readCsv('id,question,answer\nprint,How to print,Press print\nprint,印刷するには,印刷を押す\n'),
    );
    expect(byId.drafts).toMatchObject([{ id: 'print', questions: { en: ['How to print'], ja: ['印刷するには'] } }]);
    const byAnswer = drafted(readCsv('How to print,Press print\nprinting,Press print\nscan,Press scan\n'));
    expect(byAnswer.drafts.map(({ questions }) => questions.en)).toEqual([['How to print', 'printing'], ['scan']]);
  });

  test('as QnA Maker exports it keeps line ends in answers and metadata as tags', () => {
    const { drafts } = drafted(
      readCsv('Question\tAnswer\tSource\tMetadata\tQnaId\nprint?\tPress.\\n\\nWait.\tEditorial\tos:win|v:1\t3\n'),
    );
    expect(drafts).toMatchObject([{ id: 'print', answer: { en: 'Press.\n\nWait.' }, tags: ['os:win', 'v:1'] }]);
  });

  test('says what it leaves out, with the line', () => {
    const { notes } = drafted(readCsv('question,answer\nno answer here,\n,no question\nfine,yes\n'));
    expect(notes).toEqual([
      { line: 2, message: 'left out: it has no answer' },
      { line: 3, message: 'left out: it has no question' },
    ]);
    expect(readCsv('question,answer\n"open,x\n').notes).toEqual([
      { line: 2, message: 'the quote begun here is never closed' },
    ]);
  });
});

describe('an imported .qna file', () => {
  test('gives pairs with variations, filters as tags and prompts as related entries', () => {
    const { sources, notes } = readQna(
      [
        '> a comment',
        '<a id = "1"></a>',
        '# ? How do I reset my password?',
        '- forgot my password',
        '**Filters:**',
        '- location = seattle',
        '```markdown',
        'Open **Settings**.',
        '',
        '- then this',
        '```',
        '**Prompts:**',
        '- [Locked](#2) `context-only`',
        '- [CEO](#?who-is-the-ceo)',
        '<a id="2"></a>',
        '### ? My account is locked',
        '```',
        'Wait.',
        '```',
        '## ? who is the ceo',
        '```',
        'Ada.',
        '```',
        'stray text',
      ].join('\n'),
    );
    expect(drafted({ sources, notes }).drafts).toEqual([
      {
        id: 'reset-password',
        tags: ['location=seattle'],
        questions: { en: ['How do I reset my password?', 'forgot my password'] },
        answer: { en: 'Open **Settings**.\n\n- then this' },
        related: ['account-locked', 'who-ceo'],
        keywords: {},
      },
      expect.objectContaining({ id: 'account-locked' }),
      expect.objectContaining({ id: 'who-ceo', answer: { en: 'Ada.' } }),
    ]);
    expect(notes).toEqual([{ line: 24, message: 'not taken over: stray text' }]);
  });

  test('says where a fence is never closed', () => {
    expect(readQna('# ? a\n```\nb').notes).toEqual([
      { line: 2, message: 'the answer begun here has no closing fence' },
    ]);
  });
});

describe('ids of imported entries', () => {
  test('are taken from the key, the English words, or the topic and a number, and never twice', () => {
    const { drafts } = drafted(
      readCsv('id,question,answer\nVPN Setup,a,1\n7,印刷するには,2\n,how to print,3\n,How to print?,4\n'),
      ['vpn-setup'],
    );
    expect(drafts.map(({ id }) => id)).toEqual(['vpn-setup-2', 'kb-7', 'print', 'print-2']);
  });
});

test('whatever is imported makes a FAQ file without problems', () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 20, unit: 'grapheme' }),
    fc.constantFrom('404', 'no', '- x', 'a: b', '#', 'null', '"q"', '質問', '{', '|', '~', '*a', '%'),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
      const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const csv = `question,answer\n${rows.map((row) => row.map(quote).join(',')).join('\n')}\n`;
      const made = drafted(readCsv(csv));
      if (made.drafts.length === 0) return;
      const file = parseFaq('kb.yaml', 'kb', toYaml(made, '../docs/faq.schema.json'));
      expect(file.problems).toEqual([]);
      expect(file.placed.map(({ entry }) => entry.questions)).toEqual(made.drafts.map(({ questions }) => questions));
    }),
    { seed: drawSeed(), numRuns: 300 },
  );
});
