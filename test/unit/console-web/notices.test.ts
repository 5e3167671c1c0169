import { describe, expect, it } from 'vitest';
import type { Rules } from '../../../src/console/web/case-model.ts';
import { sayIn } from '../../../src/console/web/context.ts';
import type { Entry } from '../../../src/console/web/model.ts';
import { caseNotice } from '../../../src/console/web/notices.ts';
import { blocksOf } from '../../../src/console/web/thread.ts';

const rules: Rules = {
  name: { ja: 'サポート窓口', en: 'Support desk' },
  categories: [{ id: 'hardware', label: { ja: '機器', en: 'Hardware' } }],
  fields: [
    {
      id: 'site',
      label: { ja: '拠点', en: 'Site' },
      type: 'choice',
      required: false,
      choices: [{ id: 'tokyo', label: { ja: '東京', en: 'Tokyo' } }],
    },
  ],
  codes: [{ id: 'replaced', label: { ja: '交換', en: 'Replaced' } }],
  escalation: {
    tier2: { fields: [], connected: false },
    tier3: { fields: [], connected: false },
    repair: {
      fields: [{ id: 'warranty', label: { ja: '保証', en: 'Warranty' }, type: 'confirm', required: true }],
      connected: true,
    },
    field: { fields: [], connected: false },
    developers: { fields: [], connected: false },
  },
  cannedReplies: [],
};

const now = Date.parse('2026-04-01T10:00:00.000Z');
const entry = (type: string, role: Entry['by']['role'], more: Partial<Entry> = {}): Entry => ({
  version: 1,
  at: new Date(now).toISOString(),
  type,
  by: { role },
  ...more,
});
const read = (of: Entry, language: 'ja' | 'en' = 'en') => {
  const notice = caseNotice(of, 'Aiko', rules, sayIn(language), now);
  return notice && [notice.what, ...notice.more].join(' | ');
};

describe('what happened to a case', () => {
  it('is said with the labels of the rules, in the language of who reads', () => {
    const passed = entry('escalated', 'agent', { to: 'repair', reason: 'Broken', fields: { warranty: 'yes' } });
    expect(read(passed)).toBe('Aiko passed the case on to Repair | Broken | Warranty: Yes');
    expect(read(passed, 'ja')).toBe('Aikoさんがエスカレーションしました → 修理担当 | Broken | 保証: はい');
    const edited = entry('edited', 'agent', { category: 'hardware', fields: { site: 'tokyo' }, tags: [] });
    expect(read(edited)).toBe('Aiko changed the case | Category: Hardware | Tags: removed | Site: Tokyo');
    expect(read(entry('resolved', 'agent', { code: 'replaced', summary: 'New screen' }))).toBe(
      'Aiko resolved the case | Replaced | New screen',
    );
  });

  it('that came by phone begins with who took it in', () => {
    expect(read(entry('queued', 'agent', { reason: 'intake' }))).toBe('Aiko took the case in');
    expect(read(entry('queued', 'bot', { reason: 'asked' }))).toBeUndefined();
  });

  it('names a thing by its id where the rules know it no more', () => {
    expect(read(entry('edited', 'agent', { category: 'gone', fields: { old: '1' } }))).toBe(
      'Aiko changed the case | Category: gone | old: 1',
    );
  });

  it("is a team's word as what it is", () => {
    const said = (status: Entry['status']) =>
      read(entry('updated', 'desk', { from: 'repair', text: 'ok', ...(status ? { status } : {}) }));
    expect(said('accepted')).toBe('Repair has accepted the case | ok');
    expect(said('in-progress')).toBe('Repair reports | ok');
    expect(said('done')).toBe('Repair is done; the case is back | ok');
    expect(said('returned')).toBe('Repair gave the case back | ok');
  });

  it('marks what somebody must look at: a time limit that is over, a message that was given up', () => {
    const isBad = (of: Entry) => caseNotice(of, '', rules, sayIn('en'), now)?.bad ?? false;
    expect(isBad(entry('sla-warned', 'desk', { clock: 'resolution' }))).toBe(false);
    expect(isBad(entry('sla-breached', 'desk', { clock: 'resolution' }))).toBe(true);
    expect(isBad(entry('webhook-failed', 'desk', { to: 'repair', nextAt: '2026-04-01T10:05:00.000Z' }))).toBe(false);
    expect(isBad(entry('webhook-failed', 'desk', { to: 'repair', nextAt: null }))).toBe(true);
  });

  it('says that nobody closed it where the visitor stayed silent', () => {
    expect(read(entry('resolved', 'desk', { code: 'no-reply', summary: '' }))).toBe(
      'Closed: the visitor stayed silent | No reply from the visitor',
    );
  });
});

describe('the timeline of a case', () => {
  it('leaves out what the details show: clocks, plans, messages that arrived', () => {
    const silent = ['clocked', 'closing-planned', 'survey-left', 'webhook-sent'].map((type, i) =>
      entry(type, 'desk', { version: i + 1 }),
    );
    expect(blocksOf(silent)).toEqual([]);
  });

  it('of a case that came by phone says of nothing that the visitor was told', () => {
    const blocks = blocksOf([
      entry('opened', 'agent', { version: 1, channel: 'desk' }),
      entry('claimed', 'agent', { version: 2 }),
      entry('message', 'desk', { version: 3, text: 'Aiko has joined.' }),
    ]);
    expect(blocks.map((block) => block.kind === 'notice' && block.told)).toEqual([null, null]);
  });
});
