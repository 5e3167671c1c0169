import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/conversation/conversation.ts';
import { placements } from '../../../src/conversation/placement.ts';
import { Rejected } from '../../../src/conversation/rejected.ts';
import type { DeskRules } from '../../../src/conversation/rules.ts';
import type { Channel } from '../../../src/conversation/state.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import { Case } from './case.ts';

const hour = 3_600_000;
const day = 24 * hour;
const shipped = shippedTerms.rules;
const text = (id: string, required = false) => ({ id, label: { ja: id, en: id }, type: 'text', required }) as const;
const rules: DeskRules = {
  ...shipped,
  silence: {},
  tickets: {
    ...shipped.tickets,
    categories: [{ id: 'hardware', label: { ja: '機器', en: 'Hardware' } }],
    fields: [text('asset')],
    codes: [{ id: 'replaced', label: { ja: '交換', en: 'Replaced' } }],
    closeAfterSilence: { warn: 3 * day, close: 2 * day },
    survey: true,
    confirm: true,
  },
  escalation: {
    ...shipped.escalation,
    tier2: { fields: [] },
    tier3: { fields: [] },
    repair: {
      fields: [
        text('model', true),
        text('serial', true),
        { id: 'bought', label: { ja: '購入日', en: 'Bought' }, type: 'date', required: false },
      ],
      webhook: { url: 'https://repair.example/hook', secret: 'REPAIR_SECRET' },
    },
    developers: { fields: [] },
  },
};

/** A case by these rules; the clocks of the service level have their own tests. */
class RuledCase extends Case {
  constructor(channel: Channel = { kind: 'website' }) {
    super({ terms: { rules, calendar: shippedTerms.calendar }, channel });
  }
  woken(): string[] {
    return this.wakes()
      .map(({ type }) => type)
      .filter((type) => !type.startsWith('sla-'));
  }
}

const owned = () => new RuledCase().asks().claimed();

function refused(told: RuledCase, command: Command): Rejected {
  try {
    told.tell(command);
  } catch (error) {
    if (error instanceof Rejected) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const escalate = (to: string, fields: { readonly [id: string]: string } = {}): Command => ({
  type: 'escalate',
  agent: 'aiko',
  to,
  reason: 'needs more',
  fields,
  messageId: 'msg_1',
});

describe('a case that is passed on', () => {
  it('X3 keeps its number and timeline up through the tiers, and waits there for whoever has the tier', () => {
    const told = owned();
    told.at(hour).tell(escalate('tier2'));
    expect(told.c.phase).toMatchObject({ at: 'queued', since: hour });
    expect(told.c.ticket).toMatchObject({ number: 7, tier: 2, escalation: { to: 'tier2', reason: 'needs more' } });
    told.claimed().tell(escalate('tier3'));
    told.claimed().tell(escalate('developers'));
    expect(told.c.phase).toMatchObject({ at: 'outside', team: 'developers' });
    expect(told.c.ticketNumbers).toEqual([7]);
    expect(told.log.map(({ version }) => version)).toEqual(told.log.map((_, i) => i + 1));
    expect(placements(told.c).map(({ index }) => index)).toContain('outside');
  });

  it('never goes down, or to nowhere, or without a reason, or by somebody who does not have it', () => {
    const told = owned();
    told.tell(escalate('tier2'));
    told.claimed();
    expect(refused(told, escalate('tier2')).code).toBe('invalid');
    expect(refused(told, escalate('moon')).facts.allowed).toContain('repair');
    expect(refused(told, { ...escalate('tier3'), reason: ' ' } as Command).facts.missing).toEqual(['reason']);
    expect(refused(told, { ...escalate('tier3'), agent: 'ben' } as Command).code).toBe('not-owner');
  });

  it('X3 is refused with every missing or wrong field by name', () => {
    expect(refused(owned(), escalate('repair', { model: 'X1' })).facts.missing).toEqual(['serial']);
    expect(refused(owned(), escalate('repair')).facts.missing).toEqual(['model', 'serial']);
    expect(refused(owned(), escalate('repair', { model: 'X1', serial: '9', bought: 'last year' })).facts.wrong).toEqual(
      ['bought'],
    );
    expect(refused(owned(), escalate('repair', { model: 'X1', serial: '9', colour: 'red' })).facts.unknown).toEqual([
      'colour',
    ]);
  });

  it('X5 tells the visitor once, and leaves a message for the team in the outbox until it is taken', () => {
    const told = owned();
    told.tell(escalate('repair', { model: 'X1', serial: '9' }));
    expect(told.said().at(-1)).toBe('T-000007 passed to repair');
    expect(told.c.outbox).toEqual([{ id: 'msg_1', to: 'repair', failures: 0, nextAt: 0 }]);
    expect(told.c.wakeAt).toBe(0);
    told.tell({ type: 'report-sending', event: { type: 'webhook-sent', id: 'msg_1', to: 'repair' } });
    expect(told.c.outbox).toBeUndefined();
    expect(told.c.alarms?.webhook).toBeUndefined();
  });

  it('X5 shows as a dead letter what was given up, and sends it again when somebody says so', () => {
    const told = owned();
    told.tell(escalate('repair', { model: 'X1', serial: '9' }));
    told.tell({
      type: 'report-sending',
      event: { type: 'webhook-failed', id: 'msg_1', to: 'repair', reason: 'HTTP 500' },
    });
    expect(placements(told.c)).toContainEqual({ index: 'dead-letters', member: 'c', score: 7 });
    told.at(hour).tell({ type: 'retry-sending', id: 'msg_1' });
    expect(told.c.outbox?.[0]).toMatchObject({ failures: 0, nextAt: hour });
    expect(told.tell({ type: 'retry-sending', id: 'msg_1' })).toEqual([]);
  });

  it('X4 hears from the team, tells the visitor, and comes back to the desk when it is done', () => {
    const told = owned();
    told.tell(escalate('repair', { model: 'X1', serial: '9' }));
    told.at(hour).tell({ type: 'update', from: 'repair', status: 'in-progress', text: 'the part is ordered' });
    expect(told.said().at(-1)).toBe('repair: the part is ordered');
    expect(told.c.phase.at).toBe('outside');
    told.at(2 * hour).tell({ type: 'update', from: 'repair', status: 'done', text: 'repaired' });
    expect(told.said().at(-1)).toBe('repair: repaired\n\nT-000007 is back');
    expect(told.c.phase).toMatchObject({ at: 'queued' });
    expect(refused(told, { type: 'update', from: 'field', status: 'done', text: '' }).code).toBe('invalid');
  });

  it('may be taken back by an agent, and by the wish of its visitor', () => {
    const told = owned();
    told.tell(escalate('developers'));
    expect(told.claimed().c.phase.at).toBe('human');
    const other = owned();
    other.tell(escalate('developers'));
    expect(other.asks().c.phase.at).toBe('queued');
    expect(other.c.ticketNumbers).toEqual([7]);
  });
});

describe('what colleagues note of a case', () => {
  it('changes what is told, and nothing where nothing changed', () => {
    const told = owned();
    told.tell({ type: 'edit', category: 'hardware', tags: ['VIP', 'vip', ' '], fields: { asset: 'A-1' } });
    expect(told.c.ticket).toMatchObject({ category: 'hardware', tags: ['vip'], fields: { asset: 'A-1' } });
    expect(told.tell({ type: 'edit', category: 'hardware', tags: ['vip'] })).toEqual([]);
    told.tell({ type: 'edit', category: null, fields: { asset: '' } });
    expect(told.c.ticket?.category).toBeUndefined();
    expect(told.c.ticket?.fields).toEqual({});
  });

  it('raises the priority and with it the place in the queue', () => {
    const told = new RuledCase().asks();
    const before = told.c.phase.at === 'queued' ? told.c.phase.dueAt : 0;
    told.tell({ type: 'edit', priority: 'urgent' });
    expect(told.c.ticket?.priority).toBe('urgent');
    expect(told.c.phase.at === 'queued' && told.c.phase.dueAt).toBeLessThan(before ?? 0);
  });

  it('is refused with what is allowed', () => {
    expect(refused(owned(), { type: 'edit', category: 'garden' }).facts.allowed).toEqual(['hardware']);
    expect(refused(owned(), { type: 'edit', priority: 'now' }).facts.allowed).toContain('urgent');
    expect(refused(new RuledCase(), { type: 'edit', subject: 'x' }).code).toBe('not-open');
  });

  it('links cases once, and none to itself', () => {
    const told = owned();
    told.tell({ type: 'link', link: { ticket: 3, relation: 'related' } });
    expect(told.tell({ type: 'link', link: { ticket: 3, relation: 'related' } })).toEqual([]);
    expect(told.c.ticket?.links).toEqual([{ ticket: 3, relation: 'related' }]);
    expect(refused(told, { type: 'link', link: { ticket: 7, relation: 'related' } }).code).toBe('invalid');
  });

  it('closes with the codes of the desk too', () => {
    const told = owned();
    told.tell({ type: 'resolve', agent: 'aiko', code: 'replaced', summary: 'new one' });
    expect(told.c.ticket?.closed?.code).toBe('replaced');
    expect(refused(owned(), { type: 'resolve', agent: 'aiko', code: 'magic', summary: 'x' }).facts.allowed).toContain(
      'replaced',
    );
  });
});

describe('a case that came another way', () => {
  it('waits in the same queue under a number of its own, weighed by how it came', () => {
    const told = new RuledCase({ kind: 'desk', origin: 'phone' });
    told.tell({ type: 'take-in', subject: 'Printer smokes', details: 'called at nine', priority: 'high' });
    expect(told.c.phase.at).toBe('queued');
    expect(told.c.ticket).toMatchObject({ subject: 'Printer smokes', reason: 'intake', priority: 'high' });
    told.claimed();
    expect(told.c.phase.at === 'human' && told.c.phase.weight).toBe(rules.queue.weights.phone);
    expect(refused(told, { type: 'take-in', subject: 'again', details: '' }).code).toBe('invalid');
  });

  it('asks nobody how it was: there is nobody in the channel', () => {
    const told = new RuledCase({ kind: 'desk', origin: 'mail' });
    told.tell({ type: 'take-in', subject: 'Mail', details: '' });
    told.claimed().tell({ type: 'resolve', agent: 'aiko', code: 'solved', summary: 'done' });
    expect(told.c.survey).toBeUndefined();
  });
});

describe('a visitor who stays silent', () => {
  it('X7 is warned once and then the case is closed, once', () => {
    const told = owned().answered();
    expect(told.at(hour).woken()).toEqual(['closing-planned']);
    expect(told.at(3 * day).woken()).toEqual(['closing-warned', 'message']);
    expect(told.said().at(-1)).toBe(`T-000007 closes in ${2 * day}`);
    expect(told.at(4 * day).woken()).toEqual([]);
    expect(told.at(5 * day).woken()).toEqual(['resolved', 'message']);
    expect(told.c.ticket?.closed?.code).toBe('no-reply');
    expect(told.c.wakeAt).toBeUndefined();
    expect(told.c.survey).toBeUndefined();
  });

  it('X7 stops the clock with a single word, at any time', () => {
    const told = owned().answered();
    told.at(3 * day).woken();
    told.at(3 * day + hour).says('here I am');
    expect(told.c.ticket?.awaiting).toBeUndefined();
    expect(told.at(9 * day).woken()).toEqual([]);
    expect(told.c.phase.at).toBe('human');
  });

  it('is not closed on while waiting in the queue', () => {
    const told = owned().answered();
    told.tell({ type: 'release', agent: 'aiko' });
    expect(told.c.phase.at).toBe('queued');
    expect(told.at(30 * day).woken()).toEqual(['closing-planned']);
  });
});

describe('the question after a case', () => {
  const resolved = () => {
    const told = owned();
    told.tell({ type: 'resolve', agent: 'aiko', code: 'solved', summary: 'done' });
    return told;
  };

  it('X8 is asked once, in the closing message, with scores and "not solved" to press', () => {
    const told = resolved();
    const last = told.log.at(-1);
    expect(last).toMatchObject({ type: 'message', text: 'T-000007 closed\n\nhow was it?' });
    expect(last?.type === 'message' && last.suggestedActions?.map(({ value }) => value)).toEqual([
      '5',
      '4',
      '3',
      '2',
      '1',
      'not solved',
    ]);
    expect(told.c.survey).toEqual({ ticket: 7, asks: 'score' });
  });

  it('keeps score and comment with the case, as the visitor gave them', () => {
    const told = resolved();
    const rate = (finding: { score: number } | { comment: string }) =>
      told.tell({
        type: 'turn',
        inbound: { type: 'message', text: 'x' },
        findings: [{ type: 'rated', ticket: 7, ...finding }],
        replies: [],
      });
    const [, rated] = rate({ score: 4 });
    expect(rated).toMatchObject({ type: 'rated', by: { role: 'visitor' } });
    expect(told.c.survey?.asks).toBe('comment');
    rate({ comment: 'quick' });
    expect(told.c.ticket?.rating).toEqual({ score: 4, comment: 'quick' });
    expect(told.c.survey?.asks).toBe('over');
  });
});
