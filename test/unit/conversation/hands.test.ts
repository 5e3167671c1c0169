/** How a case changes hands: offered, transferred, asked about, lost, and taken from who is silent. */
import { describe, expect, it } from 'vitest';
import { alarmsOf } from '../../../src/conversation/alarms.ts';
import { placements } from '../../../src/conversation/placement.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import { aiko, ben, refusal, says, type Told, tell, waitingFrom } from './told.ts';

const { rules } = shippedTerms;
const { acceptWithin } = rules.queue;
const remind = rules.silence.remind ?? Number.NaN;
const handOn = rules.silence.handOn ?? Number.NaN;

const owned = (at = 1_000): Told => tell(waitingFrom(0), { type: 'claim', agent: aiko }, at);
const epochOf = ({ c }: Told): number => (c.phase.at === 'human' ? c.phase.epoch : 0);
const typesOf = ({ log }: Told, from: Told): string[] => log.slice(from.log.length).map(({ type }) => type);
const places = ({ c }: Told): string[] => placements(c).map(({ index }) => index);
const placeOf = ({ c }: Told) => placements(c).find(({ index }) => index === 'waiting')?.score;

describe('an offer', () => {
  const offered = () => tell(waitingFrom(0), { type: 'offer', agent: aiko }, 1_000);

  it('Q4 stands for as long as the rules say, to one agent at a time, and keeps the place', () => {
    expect(offered().c.phase).toMatchObject({ offer: { agent: aiko, until: 1_000 + acceptWithin } });
    expect(places(offered())).toContain('offered:aiko');
    expect(placeOf(offered())).toBe(placeOf(waitingFrom(0)));
    expect(tell(offered(), { type: 'offer', agent: ben }, 2_000).c).toEqual(offered().c);
  });

  it('Q4 lapses once, by whoever wakes it, and the agent is remembered', () => {
    const lapsed = tell(offered(), { type: 'wake' }, 1_000 + acceptWithin);
    expect(typesOf(lapsed, offered())).toEqual(['lapsed']);
    expect(lapsed.c.phase).toMatchObject({ passed: [{ agent: 'aiko', at: 1_000 + acceptWithin }] });
    expect(tell(lapsed, { type: 'wake' }, 1_000 + acceptWithin).c).toEqual(lapsed.c);
    expect(tell(offered(), { type: 'wake' }, 999 + acceptWithin).c).toEqual(offered().c);
  });

  it('Q4 is declined by the agent it is for, and by no other', () => {
    expect(refusal(offered(), { type: 'decline', agent: 'ben' }, 2_000)).toBe('not-offered');
    const declined = tell(offered(), { type: 'decline', agent: 'aiko' }, 2_000);
    expect(alarmsOf(declined.c).offer).toBeUndefined();
    expect(refusal(declined, { type: 'decline', agent: 'aiko' }, 2_000)).toBe('not-offered');
    expect(tell(declined, { type: 'offer', agent: ben }, 3_000).c.phase).toMatchObject({ offer: { agent: ben } });
  });

  it('Q4 is no lock: who claims first has the case, and the offer is gone', () => {
    const claimed = tell(offered(), { type: 'claim', agent: ben }, 2_000);
    expect(claimed.c.phase).toMatchObject({ at: 'human', owner: ben });
    expect(places(claimed)).not.toContain('offered:aiko');
    expect(alarmsOf(claimed.c).offer).toBeUndefined();
  });
});

describe('a transfer', () => {
  const transfer = { type: 'transfer', agent: 'aiko', note: 'knows printers' } as const;

  it('O8 to a colleague makes the colleague the owner at once, with the note, and shuts the former one out', () => {
    const before = owned();
    const after = tell(before, { ...transfer, to: { agent: ben } }, 5_000);
    expect(typesOf(after, before)).toEqual(['transferred', 'claimed', 'message']);
    expect(after.c.phase).toMatchObject({ at: 'human', owner: ben, since: 0 });
    expect(epochOf(after)).toBeGreaterThan(epochOf(before));
    expect(after.log.at(-3)).toMatchObject({ from: aiko, to: { agent: ben }, note: 'knows printers' });
    const late = { type: 'reply', agent: 'aiko', epoch: epochOf(before), content: { text: 'late' } } as const;
    expect(refusal(after, late, 6_000)).toBe('not-owner');
  });

  it('O8 to a tier puts the case back at its old place, for who fits', () => {
    const after = tell(owned(), { ...transfer, to: { tier: 2, skills: ['network'] } }, 5_000);
    expect(placeOf(after)).toBe(placeOf(waitingFrom(0)));
    expect(after.c.ticket).toMatchObject({ tier: 2, skills: ['network'] });
    expect(after.log.at(-1)).toMatchObject({ type: 'message', text: 'back in the queue' });
  });

  it('O8 is the owner’s alone, and not to oneself', () => {
    expect(refusal(owned(), { ...transfer, agent: 'ben', to: { agent: ben } }, 5_000)).toBe('not-owner');
    expect(refusal(owned(), { ...transfer, epoch: 1, to: { agent: ben } }, 5_000)).toBe('not-owner');
    expect(refusal(owned(), { ...transfer, to: { agent: aiko } }, 5_000)).toBe('invalid');
  });
});

describe('a case given back to the bot', () => {
  it('begins afresh there: what the bot had pending before the person came is not gone on with', () => {
    const pending = { ...waitingFrom(0), c: { ...waitingFrom(0).c, memory: { pending: 'a question' } } };
    const claim = { type: 'claim', agent: aiko } as const;
    const returned = tell(tell(pending, claim, 1_000), { type: 'return', agent: 'aiko' }, 2_000);
    expect(returned.c).toMatchObject({ phase: { at: 'bot' }, memory: null });
  });
});

describe('advice', () => {
  const consult = { type: 'consult', agent: 'aiko', colleague: ben, note: 'Seen this?' } as const;

  it('O9 shows the case to the colleague asked, and changes neither owner nor epoch', () => {
    const asked = tell(owned(), consult, 5_000);
    expect(asked.c.phase).toEqual(owned().c.phase);
    expect(places(asked)).toContain('consulted:ben');
    expect(tell(tell(asked, consult, 6_000), { type: 'advise', agent: 'ben' }, 7_000).c.consulted).toBeUndefined();
    expect(refusal(owned(), { ...consult, agent: 'ben', colleague: aiko }, 5_000)).toBe('not-owner');
    expect(refusal(owned(), { ...consult, colleague: aiko }, 5_000)).toBe('invalid');
    expect(refusal(owned(), { ...consult, note: ' ' }, 5_000)).toBe('invalid');
  });

  it('O9 ends with the case', () => {
    const end = { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'done' } as const;
    expect(places(tell(tell(owned(), consult, 5_000), end, 6_000))).not.toContain('consulted:ben');
  });
});

describe('a lost lease', () => {
  it('O10 puts the case back where it stood, says so on the timeline, and tells the visitor once', () => {
    const lost = tell(owned(), { type: 'lose-lease', agent: 'aiko' }, 90_000);
    expect(lost.log.slice(-2)).toMatchObject([
      { type: 'released', why: 'lost', agent: aiko, by: { role: 'desk' } },
      { type: 'message', text: 'back in the queue' },
    ]);
    expect(placeOf(lost)).toBe(placeOf(waitingFrom(0)));
    expect(tell(lost, { type: 'lose-lease', agent: 'aiko' }, 91_000).c).toEqual(lost.c);
    expect(tell(owned(), { type: 'lose-lease', agent: 'ben' }, 91_000).c).toEqual(owned().c);
  });
});

describe('an owner who leaves the visitor unanswered', () => {
  const asked = () => {
    const claimed = owned(0);
    const answered = tell(
      claimed,
      { type: 'reply', agent: 'aiko', epoch: epochOf(claimed), content: { text: 'hi' } },
      0,
    );
    return tell(answered, says('it still smokes'), 10_000);
  };

  it('O11 is reminded, and then the case is handed on, once each', () => {
    const reminded = tell(asked(), { type: 'wake' }, 10_000 + remind);
    expect(typesOf(reminded, asked())).toEqual(['reminded']);
    expect(tell(reminded, { type: 'wake' }, 10_000 + remind + 1).c).toEqual(reminded.c);
    const handedOn = tell(reminded, { type: 'wake' }, 10_000 + handOn);
    expect(typesOf(handedOn, reminded)).toEqual(['released', 'message']);
    expect(handedOn.log.at(-2)).toMatchObject({ why: 'silent', agent: aiko });
    expect(placeOf(handedOn)).toBe(placeOf(waitingFrom(0)));
    expect(alarmsOf(handedOn.c).silence).toBeUndefined();
  });

  it('O11 counts from the first words that were left, and no longer once there is an answer', () => {
    const again = tell(asked(), says('hello?'), 20_000);
    expect(alarmsOf(again.c).silence).toBe(10_000 + remind);
    const answer = { type: 'reply', agent: 'aiko', epoch: epochOf(again), content: { text: 'sorry' } } as const;
    const answered = tell(tell(again, { type: 'wake' }, 10_000 + remind), answer, 10_000 + remind + 5);
    expect(alarmsOf(answered.c).silence).toBeUndefined();
    expect(alarmsOf(tell(answered, says('thanks'), 900_000).c).silence).toBe(900_000 + remind);
  });

  it('O11 is reminded first however late the desk looks, and has the time that lies between the two', () => {
    const late = 10_000 + 10 * handOn;
    const reminded = tell(asked(), { type: 'wake' }, late);
    expect(typesOf(reminded, asked())).toEqual(['reminded', 'sla-breached']);
    expect(alarmsOf(reminded.c).silence).toBe(late + handOn - remind);
  });

  it('O11 owes a word from the claim on', () => {
    expect(alarmsOf(owned(1_000).c).silence).toBe(1_000 + remind);
  });
});
