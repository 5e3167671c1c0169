import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type LiveUnderstanding,
  type Log,
  type OpenOptions,
  openUnderstanding,
  type Training,
} from '../../src/understanding/load.ts';
import type { Evaluation, EvaluationInWork, Prediction } from '../../src/understanding/matcher/evaluation.ts';
import { buildMatcher, type Matcher } from '../../src/understanding/matcher/matcher.ts';
import type { Entry, Understanding } from '../../src/understanding/understanding.ts';

/** The promise: an edit is served within two seconds. */
const promised = 2_000;

vi.setConfig({ testTimeout: 30_000 });

let directory: string;
let open: LiveUnderstanding[];
let logged: { level: string; message: string; facts: object }[];
const log: Log = {
  info: (facts, message) => void logged.push({ level: 'info', message, facts }),
  warn: (facts, message) => void logged.push({ level: 'warn', message, facts }),
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firstline-live-'));
  open = [];
  logged = [];
});
afterEach(async () => {
  await Promise.all(open.map((understanding) => understanding.close()));
  await rm(directory, { recursive: true, force: true });
});

const entry = (id: string, phrasing: string, answer = 'Hi.') =>
  `  - id: ${id}\n    questions: {en: ["${phrasing}"]}\n    answer: {en: "${answer}"}\n`;
const mail = `entries:\n${entry('mail-send', 'I cannot send mail')}`;
const put = (name: string, content: string) => writeFile(join(directory, name), content);
const start = async (more: Partial<OpenOptions> = {}) => {
  const understanding = await openUnderstanding({ directory, log, watch: true, ...more });
  open.push(understanding);
  return understanding;
};
const until = (fact: () => void) => vi.waitFor(fact, { timeout: 10_000, interval: 20 });
const ids = (understanding: Understanding) => understanding.current().entries.map((e) => e.id);

describe('an edit of the FAQ', () => {
  // A machine busy with other things may be late once.
  test('is served within two seconds of being saved, and listeners are told', { retry: 2 }, async () => {
    await put('mail.yaml', mail);
    const understanding = await start();
    const before = understanding.current();
    const told = vi.fn();
    understanding.onChange(told);
    await put('mail.yaml', mail + entry('paper-jam', 'The printer has a paper jam'));
    const saved = performance.now();
    await until(() =>
      expect(understanding.current().match('paper jam in the printer', 'en').matches[0]?.id).toBe('paper-jam'),
    );
    expect(performance.now() - saved).toBeLessThan(promised);
    expect(told).toHaveBeenCalled();
    expect(understanding.current().entry('paper-jam')?.answer.en).toBe('Hi.');
    expect(understanding.current().version).not.toBe(before.version);
    expect(before.entry('paper-jam')).toBeUndefined();
  });

  test('that is broken leaves the last good version serving, and says why, until it is mended', async () => {
    await put('mail.yaml', mail);
    const understanding = await start();
    const good = understanding.current().version;
    await put('mail.yaml', mail.replace('answer', 'anwser'));
    await until(() => expect(understanding.problems()).not.toEqual([]));
    expect(understanding.problems()).toEqual([
      {
        file: join(directory, 'mail.yaml'),
        line: 2,
        column: 5,
        message: expect.stringContaining('"answer" is missing'),
      },
      {
        file: join(directory, 'mail.yaml'),
        line: 4,
        column: 5,
        message: expect.stringContaining('unknown key "anwser"'),
      },
    ]);
    expect(understanding.current().version).toBe(good);
    expect(logged).toContainEqual({ level: 'warn', message: 'FAQ problem', facts: understanding.problems()[0] });
    await put('mail.yaml', mail.replace('Hi.', 'Better.'));
    await until(() => expect(understanding.problems()).toEqual([]));
    expect(understanding.current().entry('mail-send')?.answer.en).toBe('Better.');
  });

  test('that is taken back clears its problems without a new version', async () => {
    await put('mail.yaml', mail);
    const understanding = await start();
    const good = understanding.current().version;
    await put('mail.yaml', 'entries: [');
    await until(() => expect(understanding.problems()).not.toEqual([]));
    await put('mail.yaml', mail);
    await until(() => expect(understanding.problems()).toEqual([]));
    expect(understanding.current().version).toBe(good);
  });

  test('is served from an editor that writes beside the file and renames', async () => {
    await put('mail.yaml', mail);
    const understanding = await start();
    await rename(join(directory, 'mail.yaml'), join(directory, 'mail.yaml~'));
    await put('.mail.yaml.swp', mail.replace('Hi.', 'Swapped.'));
    await rename(join(directory, '.mail.yaml.swp'), join(directory, 'mail.yaml'));
    await until(() => expect(understanding.current().entry('mail-send')?.answer.en).toBe('Swapped.'));
    expect(logged.filter((line) => line.level === 'warn')).toEqual([]);
  });

  test('is served from a mounted configuration that swaps a link', async () => {
    await mkdir(join(directory, '..one'));
    await mkdir(join(directory, '..two'));
    await put('..one/mail.yaml', mail);
    await put('..two/mail.yaml', mail.replace('Hi.', 'Mounted.'));
    await symlink('..one', join(directory, '..data'));
    await symlink('..data/mail.yaml', join(directory, 'mail.yaml'));
    const understanding = await start();
    await symlink('..two', join(directory, '..next'));
    await rename(join(directory, '..next'), join(directory, '..data'));
    await until(() => expect(understanding.current().entry('mail-send')?.answer.en).toBe('Mounted.'));
  });

  test('may add a file in a new folder and remove one', async () => {
    await put('mail.yaml', mail);
    const understanding = await start();
    await mkdir(join(directory, 'more'));
    await put('more/printer.yaml', `entries:\n${entry('paper-jam', 'Paper jam')}`);
    await until(() => expect(ids(understanding)).toEqual(['mail-send', 'paper-jam']));
    await unlink(join(directory, 'mail.yaml'));
    await until(() => expect(ids(understanding)).toEqual(['paper-jam']));
  });

  test('that removes everything leaves the last good version serving', async () => {
    await put('mail.yaml', mail);
    const understanding = await start();
    await rm(directory, { recursive: true });
    await until(() =>
      expect(understanding.problems()).toMatchObject([{ message: expect.stringContaining('cannot read') }]),
    );
    expect(ids(understanding)).toEqual(['mail-send']);
    await mkdir(directory);
    await put('mail.yaml', mail.replace('Hi.', 'Back.'));
    await until(() => expect(understanding.current().entry('mail-send')?.answer.en).toBe('Back.'));
    expect(understanding.problems()).toEqual([]);
  });

  test('is not looked for once the understanding is closed', async () => {
    await put('mail.yaml', mail);
    const understanding = await start();
    const other = await start();
    const told = vi.fn();
    understanding.onChange(told);
    await understanding.close();
    await put('mail.yaml', mail.replace('Hi.', 'Later.'));
    await until(() => expect(other.current().entry('mail-send')?.answer.en).toBe('Later.'));
    expect(understanding.current().entry('mail-send')?.answer.en).toBe('Hi.');
    expect(told).not.toHaveBeenCalled();
  });
});

describe('a start', () => {
  test('with a broken file serves what is sound and says what is not', async () => {
    await put('mail.yaml', mail);
    await put('printer.yaml', 'entries:\n  - id: Printer\n');
    const understanding = await start();
    expect(ids(understanding)).toEqual(['mail-send']);
    expect(understanding.problems().map((problem) => problem.line)).toEqual([2, 2, 2]);
    await put('printer.yaml', `entries:\n${entry('paper-jam', 'Paper jam')}`);
    await until(() => expect(ids(understanding)).toEqual(['mail-send', 'paper-jam']));
    expect(understanding.problems()).toEqual([]);
  });

  test('without any FAQ still answers every text with a hand-off', async () => {
    const understanding = await start();
    expect(understanding.problems()).toMatchObject([{ message: expect.stringContaining('no FAQ files') }]);
    expect(understanding.current().match('hello', 'auto')).toMatchObject({ decision: 'handoff', matches: [] });
  });
});

describe('training', () => {
  /** A training in the test's hands. */
  class Held implements Training {
    #index: (matcher: Matcher) => void = () => {};
    #train: (matcher: Matcher) => void = () => {};
    #fail: (error: Error) => void = () => {};
    readonly indexed = new Promise<Matcher>((resolve) => {
      this.#index = resolve;
    });
    readonly trained = new Promise<Matcher>((resolve, reject) => {
      this.#train = resolve;
      this.#fail = reject;
    });
    readonly entries: readonly Entry[];
    closed = false;
    constructor(entries: readonly Entry[]) {
      this.entries = entries;
    }
    index = () => this.#index(says(0.4, this.entries));
    train = () => this.#train(says(0.9, this.entries));
    fail = () => this.#fail(new Error('out of memory'));
    close = async () => {
      this.closed = true;
    };
  }
  const says = (confidence: number, entries: readonly Entry[]): Matcher => {
    const matcher = buildMatcher(entries);
    return { ...matcher, match: (text, locale) => ({ ...matcher.match(text, locale), confidence }) };
  };
  const sure = (understanding: Understanding) => understanding.current().match('mail', 'en').confidence;
  const held = () => {
    const trainings: Held[] = [];
    const train = (entries: readonly Entry[]) => {
      const training = new Held(entries);
      trainings.push(training);
      return training;
    };
    return { trainings, train };
  };

  test('goes on beside the index that serves already, and takes over when done', async () => {
    await put('mail.yaml', mail);
    const { trainings, train } = held();
    const opening = start({ train });
    await until(() => expect(trainings).toHaveLength(1));
    trainings[0]?.index();
    const understanding = await opening;
    expect(sure(understanding)).toBe(0.4);
    const told = vi.fn();
    understanding.onChange(told);
    trainings[0]?.train();
    await until(() => expect(told).toHaveBeenCalledOnce());
    expect(sure(understanding)).toBe(0.9);
  });

  test('that fails leaves the index serving and is logged', async () => {
    await put('mail.yaml', mail);
    const { trainings, train } = held();
    const opening = start({ train });
    await until(() => expect(trainings).toHaveLength(1));
    trainings[0]?.index();
    const understanding = await opening;
    trainings[0]?.fail();
    await until(() => expect(logged.at(-1)?.message).toMatch(/training failed/));
    expect(sure(understanding)).toBe(0.4);
  });

  test('is given up when the next edit comes, and a late result of it is not served', async () => {
    await put('mail.yaml', mail);
    const { trainings, train } = held();
    const opening = start({ train });
    await until(() => expect(trainings).toHaveLength(1));
    trainings[0]?.index();
    const understanding = await opening;
    await put('mail.yaml', mail.replace('Hi.', 'Newer.'));
    await until(() => expect(trainings).toHaveLength(2));
    expect(trainings[0]?.closed).toBe(true);
    trainings[0]?.train();
    trainings[1]?.index();
    await until(() => expect(understanding.current().entry('mail-send')?.answer.en).toBe('Newer.'));
    expect(sure(understanding)).toBe(0.4);
  });

  test('of several edits in a row ends with the last one served', async () => {
    await put('mail.yaml', mail);
    const { trainings, train } = held();
    const opening = start({ train });
    await until(() => expect(trainings).toHaveLength(1));
    trainings[0]?.index();
    const understanding = await opening;
    await put('mail.yaml', mail.replace('Hi.', 'Second.'));
    await until(() => expect(trainings).toHaveLength(2));
    await put('mail.yaml', mail.replace('Hi.', 'Third.'));
    trainings[1]?.index();
    await until(() => expect(trainings).toHaveLength(3));
    trainings[2]?.index();
    await until(() => expect(understanding.current().entry('mail-send')?.answer.en).toBe('Third.'));
  });
});

describe('an edit of the rules for answering', () => {
  const mails = `${mail}${entry('paper-jam', 'The printer has a paper jam')}`;
  const decision = (understanding: Understanding, text = 'I cannot send mail') =>
    understanding.current().match(text, 'en').decision;

  test('counts at once, for the trained matcher and for the index', async () => {
    await put('mail.yaml', mails);
    const understanding = await start();
    expect(decision(understanding)).not.toBe('handoff');
    const told = vi.fn();
    understanding.onChange(told);
    understanding.retune({ matching: { answerAt: 1, chooseAt: 1 } });
    expect(told).toHaveBeenCalledOnce();
    expect(decision(understanding)).toBe('handoff');
    await until(() => expect(logged.map(({ message }) => message)).toContain('FAQ trained'));
    expect(decision(understanding)).toBe('handoff');
    understanding.retune({ matching: { answerAt: 0, chooseAt: 0 } });
    expect(decision(understanding)).not.toBe('handoff');
  });

  test('that touches what is learnt is learnt anew while the former goes on serving', async () => {
    await put('mail.yaml', mail);
    const understanding = await start();
    const trained = () => logged.filter(({ message }) => message === 'FAQ trained').length;
    await until(() => expect(trained()).toBe(1));
    const before = understanding.current().match('cannot send my mail', 'en').confidence;
    understanding.retune({ matching: { outOfScopeShare: 0.9 } });
    expect(understanding.current().match('cannot send my mail', 'en').confidence).toBe(before);
    await until(() => expect(trained()).toBe(2));
    expect(understanding.current().match('cannot send my mail', 'en').confidence).toBeLessThan(before);
  });

  test('in the midst of an edit of the FAQ loses neither', async () => {
    await put('mail.yaml', mail);
    const understanding = await start();
    await put('mail.yaml', mails);
    for (let i = 0; ids(understanding).length < 2; i++) {
      understanding.retune({ matching: { outOfScopeShare: i % 2 ? 0.5 : 0.4, answerAt: 1, chooseAt: 1 } });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => expect(logged.map(({ message }) => message)).toContain('FAQ trained'));
    expect(understanding.problems()).toEqual([]);
    expect(decision(understanding)).toBe('handoff');
  });
});

describe('a guard on edits', () => {
  /** Ten phrasings answered outright, of which those of a vague entry go wrong. */
  const evaluate = (entries: readonly Entry[]): EvaluationInWork => {
    const isVague = entries.some((e) => e.id === 'vague');
    const predictions = Array.from({ length: 10 }, (_, i): Prediction => {
      const wrong = isVague && i < 3;
      const matches = [{ id: wrong ? 'vague' : 'mail-send', confidence: 0.9 }];
      return {
        language: 'en',
        text: `question ${i}`,
        kind: 'known',
        entry: 'mail-send',
        right: !wrong,
        decision: 'answer',
        confidence: 0.9,
        matches,
      };
    });
    const evaluation: Evaluation = { predictions, outOfScopeShare: 0.3 };
    return { result: Promise.resolve(evaluation), close: async () => {} };
  };
  const vague = mail + entry('vague', 'It does not work');
  const reason =
    'of what is answered outright, 70.0 % would be right; it was 100.0 %, and allowed is a fall of 2.0 points; newly confused: "question 0" of mail-send with vague';

  test('that holds keeps an edit from being served that makes answers worse, and says why', async () => {
    await put('mail.yaml', mail);
    const understanding = await start({ guard: { margin: 0.02, hold: true }, evaluate });
    await put('mail.yaml', vague);
    await until(() => expect(understanding.problems()).not.toEqual([]));
    expect(understanding.problems()).toEqual([
      { file: directory, line: 1, column: 1, message: `this edit is not served: ${reason}` },
    ]);
    expect(ids(understanding)).toEqual(['mail-send']);
    await put('mail.yaml', mail + entry('paper-jam', 'Paper jam'));
    await until(() => expect(ids(understanding)).toEqual(['mail-send', 'paper-jam']));
    expect(understanding.problems()).toEqual([]);
  });

  test('that does not hold serves it and logs why it is worse', async () => {
    await put('mail.yaml', mail);
    const understanding = await start({ guard: { margin: 0.02, hold: false }, evaluate });
    await put('mail.yaml', vague);
    await until(() =>
      expect(logged.map(({ message }) => message)).toContain(`FAQ edit makes answers worse: ${reason}`),
    );
    expect(ids(understanding)).toEqual(['mail-send', 'vague']);
    expect(understanding.problems()).toEqual([]);
  });

  test('lets an edit pass that stays within its margin', async () => {
    await put('mail.yaml', mail);
    const understanding = await start({ guard: { margin: 0.3, hold: true }, evaluate });
    await put('mail.yaml', vague);
    await until(() => expect(ids(understanding)).toEqual(['mail-send', 'vague']));
  });

  test('compares with the real evaluation of the matcher', async () => {
    const questions = (id: string, words: string) =>
      `  - id: ${id}\n    questions: {en: [${['my', 'the', 'a broken', 'our', 'new'].map((w) => `${w} ${words}`).join(', ')}]}\n    answer: {en: Hi.}\n`;
    const three = `entries:\n${questions('printer', 'printer jams')}${questions('mouse', 'mouse hangs')}${questions('vpn', 'vpn drops')}`;
    await put('a.yaml', three);
    const understanding = await start({ guard: { margin: 0.5, hold: true } });
    await put('a.yaml', three.replace('Hi.', 'Better.'));
    await vi.waitFor(() => expect(understanding.current().entry('printer')?.answer.en).toBe('Better.'), {
      timeout: 20_000,
    });
  }, 30_000);
});
