/** The bot's talk, turn by turn, over a real engine and with a FAQ whose confidence the test decides. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from 'botbuilder';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DeskAdapter } from '../../../src/bot/adapter.ts';
import { SupportBot } from '../../../src/bot/bot.ts';
import { texts } from '../../../src/bot/texts.ts';
import { TurnMiddleware } from '../../../src/bot/turn.ts';
import { authenticationFor } from '../../../src/channels/botframework.ts';
import type { Event } from '../../../src/conversation/event.ts';
import type { Conversation } from '../../../src/conversation/state.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import { openLmdb } from '../../../src/store/lmdb.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Entry, Knowledge, Understanding } from '../../../src/understanding/understanding.ts';
import { visitorTurn } from './visitor-turn.ts';

const t = texts.en;

function entry(id: string, question: string, extra: Partial<Entry> = {}): Entry {
  return {
    id,
    topic: 'test',
    tags: [],
    questions: { en: [question], ja: [`${question}（日本語）`] },
    answer: { en: `answer to ${id}`, ja: `${id} の答え` },
    related: [],
    keywords: {},
    ...extra,
  };
}

const entries = [
  entry('printer', 'My printer does not print', { related: ['jam'], escalate: { tier: 2, skills: ['print'] } }),
  entry('jam', 'Paper is jammed'),
  entry('scan', 'I cannot scan'),
  entry('english', 'An English answer', { answer: { en: 'English only' } }),
];

/** Says what it is told to by the text's first word: sure, maybe, or nothing. `boom` fails. */
const knowledge: Knowledge = {
  version: 'test',
  entries,
  entry: (id) => entries.find((one) => one.id === id),
  match(text) {
    const [how = '', id = 'printer'] = text.split(' ');
    if (how === 'boom') throw new Error('the matcher failed');
    const locale = /[ぁ-ん]/.test(text) ? 'ja' : 'en';
    if (how === 'know') return { locale, decision: 'answer', confidence: 0.9, matches: [{ id, confidence: 0.9 }] };
    if (how === 'both') {
      const matches = [
        { id: 'scan', confidence: 0.8 },
        { id: 'jam', confidence: 0.7 },
      ];
      return { locale, decision: 'choose', confidence: 0.8, matches };
    }
    if (how === 'maybe') {
      const matches = ['printer', 'jam', 'scan'].map((one) => ({ id: one, confidence: 0.4 }));
      return { locale, decision: 'choose', confidence: 0.4, matches };
    }
    return { locale, decision: 'handoff', confidence: 0.1, matches: [] };
  },
};
const understanding: Understanding = {
  current: () => knowledge,
  problems: () => [],
  onChange: () => () => {},
  close: async () => {},
};

let directory: string;
let store: Store;
let desk: Desk;
let adapter: DeskAdapter;
let id: string;
let n = 0;
const logged: object[] = [];
const usual = new SupportBot({ understanding, staffing: async () => ({ state: 'open', waiting: 3 }) });
let bot = usual;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firstline-routes-'));
  store = await openLmdb(directory);
  desk = new Desk({ store, notices: texts });
  const log = { info: (facts: object) => logged.push(facts), error: (facts: object) => logged.push(facts) };
  adapter = new DeskAdapter(authenticationFor({}), new TurnMiddleware({ store, log }));
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  id = `c${++n}`;
  await turn({ type: 'conversationUpdate', membersAdded: [{ id: 'v', name: '' }] });
});

async function turn(posted: Partial<Activity>, key?: string): Promise<void> {
  await visitorTurn(adapter, bot, id, posted, key);
}

interface Said {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** Says something and gives what the bot said to it. */
async function say(text: string): Promise<Said[]> {
  const before = (await state()).version;
  await turn({ type: 'message', text });
  return (await store.history(id, before, 100)).flatMap((event) =>
    event.type === 'message' && event.by.role === 'bot'
      ? [{ text: event.text ?? '', buttons: (event.suggestedActions ?? []).map((action) => action.value) }]
      : [],
  );
}

async function state(): Promise<Conversation> {
  const [conversation] = await store.load([id]);
  if (!conversation) throw new Error('there is no conversation');
  return conversation;
}
const log = (): Promise<Event[]> => store.history(id, 0, 1_000);

describe('the bot', () => {
  it('V1 greets once, however often the channel says that somebody arrived', async () => {
    await turn({ type: 'conversationUpdate', membersAdded: [{ id: 'v', name: '' }] });
    const greetings = (await log()).filter((event) => event.type === 'message');
    expect(greetings).toHaveLength(1);
    expect(greetings[0]).toMatchObject({
      text: t.greeting,
      format: 'markdown',
      suggestedActions: [{ value: t.talkToPerson }],
    });
  });

  it('answers when it is sure, and asks whether that helped', async () => {
    expect(await say('know printer')).toEqual([
      { text: 'answer to printer', buttons: [] },
      { text: t.helped, buttons: [t.yes, t.no] },
    ]);
    expect(await say('yes')).toEqual([{ text: t.glad, buttons: [] }]);
    expect((await state()).tries).toEqual([{ entry: 'printer', confidence: 0.9, helped: true }]);
  });

  it('offers a person and what is near when an answer did not help, and hands over when a second one did not', async () => {
    await say('know printer');
    const [sorry] = await say('no');
    expect(sorry?.buttons).toEqual([t.talkToPerson, 'Paper is jammed']);
    expect((await say('Paper is jammed'))[0]?.text).toBe('answer to jam');
    const [handed] = await say('no');
    expect(handed?.text).toContain(t.handoffNotHelped);
    expect((await state()).ticket).toMatchObject({ reason: 'not-helped' });
  });

  it('U7 answers the surer of two questions in one message and offers the other, which comes next when it is wished or the first is settled', async () => {
    const asked = await say('both questions');
    expect(asked.map(({ text }) => text)).toEqual(['answer to scan', t.helpedAndAlso('Paper is jammed')]);
    expect(asked[1]?.buttons).toEqual([t.yes, t.no, 'Paper is jammed']);
    expect((await say('Paper is jammed')).map(({ text }) => text)).toEqual(['answer to jam', t.helped]);
    await say('both questions');
    expect((await say(t.yes)).map(({ text }) => text)).toEqual([t.nextQuestion, 'answer to jam', t.helped]);
  });

  it('U7 offers the second question first where the answer to the first did not help', async () => {
    await say('both questions');
    expect((await say(t.no))[0]?.buttons).toEqual([t.talkToPerson, 'Paper is jammed']);
  });

  it('U7 offers both where neither is sure enough for this desk', async () => {
    const careful = new SupportBot({
      understanding,
      staffing: async () => ({ state: 'open', waiting: 0 }),
      answerAt: () => ({ ja: 0.9, en: 0.9 }),
    });
    bot = careful;
    const [only] = await say('both questions');
    bot = usual;
    expect(only?.text).toBe(t.choose);
  });

  it('U11 does not give the same answer twice in a row: it goes on from there, and shows it again when wished', async () => {
    await say('know printer');
    const title = 'My printer does not print';
    expect(await say('know printer still')).toEqual([
      { text: t.saidBefore(title), buttons: [t.talkToPerson, t.showAgain] },
    ]);
    expect((await say('maybe'))[0]?.buttons).toEqual([t.talkToPerson, 'Paper is jammed', 'I cannot scan', t.showAgain]);
    expect((await say(t.showAgain))[0]?.text).toBe('answer to printer');
    await say('maybe');
    expect((await say('I cannot scan'))[0]?.text).toBe('answer to scan');
    expect((await say('no'))[0]?.text).toBe(t.sorry);
  });

  it('U11 leads on who does not understand the answer, is fed up, or says which of the choices it is by a mere yes', async () => {
    await say('know printer');
    expect(await say('I do not understand this')).toEqual([{ text: t.unclear, buttons: [t.talkToPerson] }]);
    expect((await say('what?'))[0]?.text).toContain(t.handoffNotHelped);
    await say('stop waiting');
    await say('maybe');
    expect(await say('yes')).toEqual([
      { text: t.whichOne, buttons: ['My printer does not print', 'Paper is jammed', 'I cannot scan', t.noneOfThese] },
    ]);
    expect((await say('2'))[0]?.text).toBe('answer to jam');
    await say('yes');
    expect((await say('useless bot'))[0]?.text).toBe(t.fedUp);
    expect((await say('useless bot'))[0]?.text).toContain(t.handoffNotHelped);
  });

  it('U11 answers a yes, a no, a farewell and a cry for help though it waits for none, and hands nobody over for it', async () => {
    expect((await say('ok'))[0]?.text).toBe(t.tellMe);
    expect((await say('can you help me?'))[0]?.text).toBe(t.tellMe);
    expect((await say('no'))[0]?.text).toBe(t.allRight);
    expect((await say('bye'))[0]?.text).toBe(t.goodbye);
    expect((await say('start over'))[0]?.text).toBe(t.startAfresh);
    await say('blargh');
    expect((await say('no'))[0]?.text).toBe(t.keepTrying);
    await say('know printer');
    expect((await say('ok let me try'))[0]?.text).toBe(t.takeYourTime);
    await say('👍');
    expect((await say('still not working'))[0]?.text).toBe(t.sorry);
    expect((await state()).phase.at).toBe('bot');
  });

  it('takes the words after an answer for a new question when they are one', async () => {
    await say('know printer');
    expect((await say('know scan'))[0]?.text).toBe('answer to scan');
  });

  it('offers up to three choices when it is not sure: by button, by number, in either language', async () => {
    const [choose] = await say('maybe');
    expect(choose?.buttons).toEqual(['My printer does not print', 'Paper is jammed', 'I cannot scan', t.noneOfThese]);
    expect((await say('paper is jammed.'))[0]?.text).toBe('answer to jam');
    await say('maybe');
    expect((await say('3'))[0]?.text).toBe('answer to scan');
    await say('maybe');
    expect((await say('I cannot scan（日本語）'))[0]?.text).toBe('scan の答え');
  });

  it('offers a person when none of the choices fits', async () => {
    await say('maybe');
    expect(await say(t.noneOfThese)).toEqual([{ text: t.offer, buttons: [t.talkToPerson, t.no] }]);
    expect(await say('no')).toEqual([{ text: t.keepTrying, buttons: [] }]);
    await say('maybe');
    await say(t.noneOfThese);
    await say('yes please');
    expect((await state()).ticket).toMatchObject({ reason: 'unsure', subject: 'maybe' });
  });

  it('asks to rephrase once, then hands over rather than guess', async () => {
    expect(await say('blargh')).toEqual([
      { text: t.rephrase(['My printer does not print', 'Paper is jammed']), buttons: [t.talkToPerson] },
    ]);
    expect((await say('blargh again'))[0]?.text).toContain(t.handoffUnsure);
    expect((await state()).phase.at).toBe('queued');
  });

  it('V6 hands over at once when a person is asked for, with the entry’s tier and skills', async () => {
    await say('know printer');
    const [handed] = await say('talk to a human');
    const { ticket } = await state();
    expect(handed?.text).toContain(`T-${String(ticket?.number).padStart(6, '0')}`);
    expect(handed?.text).toContain('3 people are waiting before you');
    expect(ticket).toMatchObject({
      reason: 'asked',
      subject: 'know printer',
      tier: 2,
      skills: ['print'],
      confidence: 0.9,
    });
  });

  it('while waiting says once that words are added, and lets the visitor stop', async () => {
    await say('talk to a human');
    expect((await say('it is a laser printer'))[0]?.text).toContain('added');
    expect(await say('and it smokes')).toEqual([]);
    expect((await say('stop waiting'))[0]?.text).toContain('no longer waiting');
    expect((await state()).phase.at).toBe('bot');
    expect((await say('know printer'))[0]?.text).toBe('answer to printer');
  });

  it('Q12 tells who waits and asks how long where the case stands, as often as it is asked', async () => {
    bot = new SupportBot({
      understanding,
      staffing: async () => ({ state: 'open', waiting: 3 }),
      place: async () => ({ ahead: 2, seconds: 290 }),
    });
    await say('talk to a person');
    for (const question of ['how long do I have to wait?', 'hello?? anyone there', 'agent', 'Hi!'])
      expect((await say(question)).map(({ text }) => text)).toEqual([
        expect.stringMatching(/T-\d+.*2 people are waiting before you\..*about 5 minutes/s),
      ]);
    for (const question of ['まだですか？', 'どれくらい待ちますか', 'もしもし', '担当者と話したい'])
      expect((await say(question)).map(({ text }) => text)).toEqual([
        expect.stringMatching(/T-\d+.*ただいま2人の方がお待ちです。.*およそ5分/s),
      ]);
    expect(await say('The printer is on floor 3')).toEqual([]);
    bot = new SupportBot({ understanding, staffing: async () => ({ state: 'nobody', opening: undefined }) });
    expect((await say('any news?'))[0]?.text).toContain('Nobody is free at this moment.');
    bot = usual;
  });

  it('hands over when who was offered more says that nothing helps', async () => {
    await say('know printer');
    expect((await say('no'))[0]?.buttons).toContain('Talk to a person');
    expect((await say("still doesn't work, this is ridiculous"))[0]?.text).toContain('T-');
    expect((await state()).phase.at).toBe('queued');
  });

  it('X9 where no score is asked, only whether it is solved is', async () => {
    const { tickets } = shippedTerms.rules;
    const terms = { ...shippedTerms, rules: { ...shippedTerms.rules, tickets: { ...tickets, survey: false } } };
    const unscored = new Desk({ store, notices: texts, terms: () => terms });
    const aiko = { name: 'aiko', displayName: 'Aiko', tier: 1, skills: [], languages: ['en'], capacity: 500 } as const;
    const by = { role: 'agent', name: 'aiko', displayName: 'Aiko' } as const;
    const close = async (): Promise<void> => {
      await unscored.claim(id, aiko);
      const end = { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'Done' } as const;
      await unscored.execute(id, end, by);
    };
    await say('talk to a person');
    await close();
    const [closing] = (await store.history(id, 0, 500)).slice(-1);
    expect(closing).toMatchObject({
      text: expect.stringContaining(t.isItSolved),
      suggestedActions: [{ title: t.solved }, { title: t.notSolved }],
    });
    await say(t.notSolved);
    expect(await state()).toMatchObject({
      phase: { at: 'queued' },
      ticket: { number: (await state()).ticketNumbers[0] },
    });
    await close();
    expect((await say(t.solved)).map(({ text }) => text)).toEqual([t.glad]);
    expect((await state()).ticket?.closed?.code).toBe('solved');
    // Neither: it is heard as what it is.
    await unscored.execute(id, { type: 'reopen' }, by);
    await close();
    expect((await say('know printer'))[0]?.text).not.toBe(t.glad);
  });

  it('takes a comment on a case for one, and offers a person where it says that the trouble goes on', async () => {
    const aiko = { name: 'aiko', displayName: 'Aiko', tier: 1, skills: [], languages: ['en'], capacity: 500 } as const;
    const by = { role: 'agent', name: 'aiko', displayName: 'Aiko' } as const;
    await say('talk to a person');
    await desk.claim(id, aiko);
    await desk.execute(id, { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'Done' }, by);
    await say('5');
    expect(await say('Aiko was kind but it still doesnt work')).toEqual([
      { text: `${t.commented}\n\n${t.offer}`, buttons: [t.talkToPerson, t.no] },
    ]);
    expect((await log()).filter(({ type }) => type === 'rated')).toHaveLength(2);
    expect((await say('yes'))[0]?.text).toContain('Is this about your ticket');
  });

  describe('who wants a person after a case was closed is asked whether it is about that one', () => {
    const aiko = { name: 'aiko', displayName: 'Aiko', tier: 1, skills: [], languages: ['en'], capacity: 500 } as const;
    const by = { role: 'agent', name: 'aiko', displayName: 'Aiko' } as const;
    const close = async (code: string): Promise<number> => {
      await say('know printer');
      await say('talk to a human');
      await desk.claim(id, aiko);
      await desk.execute(id, { type: 'resolve', agent: 'aiko', code, summary: 'Done' }, by);
      return (await state()).ticket?.number ?? 0;
    };

    for (const { language, person, yes, no } of [
      { language: 'en', person: 'talk to a person', yes: 'yes please', no: 'no' },
      { language: 'ja', person: '担当者と話したい', yes: 'はい', no: 'いいえ' },
    ] as const) {
      const own = texts[language];
      it(`O12 ${language}: the same goes on under its number, by button or words`, async () => {
        for (const answer of [own.itIsSame, yes]) {
          const number = await close('no-reply');
          const [asked] = await say(person);
          expect(asked?.text).toContain(`T-${String(number).padStart(6, '0')}`);
          expect(asked?.text).toContain('know printer');
          expect(asked?.buttons).toEqual([own.itIsSame, own.itIsOther]);
          expect((await state()).ticket?.closed).toBeDefined();
          const [handed] = await say(answer);
          expect(handed?.text).toContain(`T-${String(number).padStart(6, '0')}`);
          const { ticket, phase } = await state();
          expect([ticket?.number, ticket?.closed, phase.at]).toEqual([number, undefined, 'queued']);
          await desk.claim(id, aiko);
          await desk.execute(id, { type: 'return', agent: 'aiko' }, by);
        }
      });

      it(`O12 ${language}: another matter gets a number of its own, tied to the one before`, async () => {
        for (const answer of [own.itIsOther, no]) {
          const number = await close('no-reply');
          await say(person);
          const [handed] = await say(answer);
          const { ticket } = await state();
          expect(ticket?.number).toBeGreaterThan(number);
          expect(ticket?.follows).toBe(number);
          expect(handed?.text).toContain(`T-${String(ticket?.number).padStart(6, '0')}`);
        }
      });
    }

    it('O12 and nobody is asked twice: whoever says neither gets a person, with the case that is known', async () => {
      for (const answer of ['talk to a person', 'it smokes again']) {
        const number = await close('no-reply');
        await say('talk to a person');
        await say(answer);
        expect(await state()).toMatchObject({ phase: { at: 'queued' }, ticket: { number } });
        await desk.claim(id, aiko);
        await desk.execute(id, { type: 'return', agent: 'aiko' }, by);
      }
    });

    it('O12 and who wants none after all is let go, and nobody is asked about a case that was withdrawn', async () => {
      await close('no-reply');
      await say('talk to a person');
      expect((await say('never mind')).map(({ text }) => text)).toEqual([t.keepTrying]);
      expect((await state()).ticket?.closed).toBeDefined();
      await say('talk to a person');
      await say(t.itIsOther);
      await say('stop waiting');
      expect((await say('talk to a person'))[0]?.text).toContain('handing you over');
    });
  });

  it('T5 is silent while a person has it, and answers again, once, when it comes back', async () => {
    await say('talk to a human');
    const aiko = { name: 'aiko', displayName: 'Aiko', tier: 1, skills: [], languages: ['en'], capacity: 5 } as const;
    await desk.claim(id, aiko);
    expect(await say('know printer')).toEqual([]);
    await desk.execute(id, { type: 'return', agent: 'aiko' }, { role: 'agent', name: 'aiko', displayName: 'Aiko' });
    expect((await log()).filter((event) => event.type === 'message' && event.text === t.returned())).toHaveLength(1);
    expect((await say('know printer')).map((said) => said.text)).toEqual(['answer to printer', t.helped]);
  });

  it('says honestly when an answer exists in the other language only', async () => {
    expect((await say('know english です'))[0]?.text).toBe(`_${texts.ja.otherLanguageOnly}_\n\nEnglish only`);
  });

  it('P2 misses once, not twice, with who has no patience left, and puts the case further up', async () => {
    const [handed] = await say('This is ridiculous, I need help immediately');
    expect(handed?.text).toContain(t.handoffUnsure);
    expect((await state()).ticket).toMatchObject({ priority: 'high', pressure: 0.73 });
  });

  it('P2 hands over after one answer that did not help, and raises a case that waits when it gets worse', async () => {
    const [, asked] = await say('know printer this is unacceptable');
    expect(asked?.buttons).toEqual([t.yes, t.no, t.talkToPerson]);
    expect((await say('no'))[0]?.text).toContain(t.handoffNotHelped);
    expect((await state()).ticket?.priority).toBe('normal');
    await say('Production is down and nobody can work');
    expect((await state()).ticket?.priority).toBe('urgent');
    await say('Thank you, I am waiting');
    expect((await state()).ticket?.priority).toBe('urgent');
  });

  it('P3 never says what it felt, and keeps the lexicon’s terms alone', async () => {
    const said = await say('You are useless, Mr Tanaka');
    expect(said.map(({ text }) => text).join(' ')).not.toMatch(/useless|angry|upset|calm/i);
    const felt = (await log()).filter((event) => event.type === 'felt');
    expect(felt).toHaveLength(1);
    expect(JSON.stringify(felt)).not.toContain('Tanaka');
  });

  it('T6 turns a fault of its own into one sentence and the way to a person; details only in the log', async () => {
    logged.length = 0;
    expect(await say('boom')).toEqual([{ text: t.trouble, buttons: [t.talkToPerson] }]);
    expect((await state()).memory).toBeNull();
    expect(logged.some((facts) => 'error' in facts)).toBe(true);
    expect((await say('talk to a person'))[0]?.text).toContain('ticket number');
  });

  it('H3 writes one log line a turn, without the words', async () => {
    logged.length = 0;
    await say('know printer 秘密の言葉');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({
      conversation: id,
      route: 'faq',
      entry: 'printer',
      confidence: 0.9,
      ms: expect.any(Number),
    });
    expect(JSON.stringify(logged)).not.toContain('秘密');
  });

  it('T3 has one turn for an activity that comes twice', async () => {
    await Promise.all([
      turn({ type: 'message', text: 'know printer' }, 'k1'),
      turn({ type: 'message', text: 'know printer' }, 'k1'),
    ]);
    await turn({ type: 'message', text: 'know printer' }, 'k1');
    expect((await log()).filter((event) => event.type === 'answered')).toHaveLength(1);
  });

  it('greets back, thanks back, and asks about a file that came without words', async () => {
    expect(await say('hello')).toEqual([{ text: t.hello, buttons: [] }]);
    expect(await say('thank you')).toEqual([{ text: t.welcome, buttons: [] }]);
    const before = (await state()).version;
    await turn({
      type: 'message',
      attachments: [{ contentType: 'image/png', contentUrl: 'firstline-file:x', name: 'a.png' }],
    });
    expect((await store.history(id, before, 10)).at(-2)).toMatchObject({ text: t.gotFile });
  });
});
