import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allowancesOf } from '../../../../src/conversation/rules.ts';
import { shippedRules } from '../../../../src/desk/rules/file.ts';
import { parseRules } from '../../../../src/desk/rules/parse.ts';
import { parseBytes, readRules } from '../../../../src/desk/rules/read.ts';

const shipped = fileURLToPath(new URL('../../../../desk.yaml', import.meta.url));
const minute = 60_000;

const rulesOf = (text: string) => {
  const read = parseRules('desk.yaml', text);
  if ('problems' in read) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.rules;
};
const problemsOf = (text: string) => {
  const read = parseRules('desk.yaml', text);
  return 'problems' in read
    ? read.problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`)
    : [];
};

describe('desk.yaml', () => {
  it('as shipped says what is true without it', async () => {
    expect(await readRules(shipped)).toEqual(shippedRules);
    expect(parseRules('desk.yaml', '')).toEqual({ rules: shippedRules });
  });

  it('as shipped is always open and lets agents take cases themselves', () => {
    expect(shippedRules.calendar).toMatchObject({ hours: 'always', tiers: {}, rosters: {} });
    expect(shippedRules.queue.mode).toBe('pull');
  });

  it.each(['en', 'ja'])('is read as its guide shows it (%s)', (language) => {
    const guide = readFileSync(fileURLToPath(new URL(`../../../../docs/desk.${language}.md`, import.meta.url)), 'utf8');
    const examples = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
    expect(examples.length).toBeGreaterThan(1);
    for (const yaml of examples) expect(problemsOf(yaml)).toEqual([]);
  });

  it('may set one thing and leave the rest', () => {
    const { understanding, queue } = rulesOf('understanding:\n  answerAt: {ja: 0.8}\nqueue: {mode: offer}\n');
    expect(understanding).toMatchObject({ answerAt: { ja: 0.8, en: 0.7 }, outOfScopeShare: 0.14 });
    expect(queue).toEqual({ ...shippedRules.queue, mode: 'offer' });
  });

  it('may have sections and lists of which all is commented out', () => {
    expect(rulesOf('queue:\n  # mode: offer\ncalendar:\n  rosters:\n  holidays: {closed: }\ncannedReplies:\n')).toEqual(
      shippedRules,
    );
    expect(problemsOf('queue: {mode: }')).toEqual([
      'desk.yaml:1:9: queue.mode: found nothing; allowed is pull, offer or assign',
    ]);
  });

  it('tells at most a hundred problems, and how many more there are', () => {
    const problems = problemsOf(Array.from({ length: 5_000 }, (_, i) => `key${i}: 1\n`).join(''));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toContain('… and 4900 more problems');
  });

  it('is read from UTF-8 of at most 1 MB', () => {
    const windows = Buffer.concat([Buffer.from('desk:\n  name: '), Buffer.from([0x91, 0x8b, 0x8c, 0xfb])]);
    expect(parseBytes('desk.yaml', windows)).toEqual({
      problems: [{ file: 'desk.yaml', line: 2, column: 9, message: expect.stringContaining('Shift_JIS') }],
    });
    expect(parseBytes('desk.yaml', Buffer.from('\uFEFFqueue: {mode: offer}\n'))).toHaveProperty('rules');
    expect(parseBytes('desk.yaml', Buffer.alloc(2_000_000, '#'))).toHaveProperty('problems');
  });

  it('R6 is not taken for a wish for the shipped rules where a save that broke off has left it empty', () => {
    expect(parseBytes('desk.yaml', Buffer.from('\n'))).toHaveProperty('problems');
    expect(parseBytes('desk.yaml', Buffer.from('# desk:\n'))).toHaveProperty('rules');
  });

  it('leaves out what shall never be', () => {
    const rules = rulesOf(
      'queue: {widen: {language: never}, mostWaiting: 50}\nsilence: {remind: never, handOn: 1h}\ntickets: {closeAfterSilence: never}\nretention: {archiveAfter: never}\n',
    );
    expect(rules.queue.widen).toEqual({ skills: 5 * minute, anyone: 15 * minute });
    expect(rules.queue.mostWaiting).toBe(50);
    expect(rules.silence).toEqual({ handOn: 60 * minute });
    expect(rules.tickets).not.toHaveProperty('closeAfterSilence');
    expect(rules.retention).toEqual({});
  });

  it('lets a plan be the default plan but for what it says', () => {
    const rules = rulesOf(
      'sla:\n  plans:\n    default: {low: {resolution: none}}\n    premium: {normal: {firstResponse: 10m}}\n',
    );
    expect(allowancesOf(rules, 'Premium', 'normal')).toEqual({
      firstResponse: 10 * minute,
      nextResponse: 60 * minute,
      resolution: 24 * 60 * minute,
    });
    expect(allowancesOf(rules, 'premium', 'low')).toEqual({ firstResponse: 120 * minute, nextResponse: 240 * minute });
    expect(allowancesOf(rules, 'unheard-of', 'normal').firstResponse).toBe(30 * minute);
    expect(allowancesOf(rules, 'constructor', 'urgent').firstResponse).toBe(5 * minute);
    expect(allowancesOf(rules, undefined, 'high').firstResponse).toBe(15 * minute);
  });

  it('reads hours by day, ranges of days, and shifts over midnight', () => {
    const { calendar } = rulesOf(
      'calendar:\n  hours: {mon-wed: ["13:00-18:00", "09:00-12:00"], sat-sun: closed, fri: ["22:00-06:00"]}\n  holidays: {closed: [12-29..01-03, {days: 2026-08-14, name: Obon}]}\n',
    );
    const day = [
      { from: 540, to: 720 },
      { from: 780, to: 1080 },
    ];
    expect(calendar.hours).toEqual([day, day, day, [], [{ from: 1320, to: 1800 }], [], []]);
    expect(calendar.holidays.closed).toEqual([
      { days: { every: 'year', from: '12-29', to: '01-03' } },
      { days: { every: 'once', from: '2026-08-14', to: '2026-08-14' }, name: { ja: 'Obon', en: 'Obon' } },
    ]);
  });

  it.each([
    [
      'understanding:\n  answerAt: {ja: 7}\n',
      'desk.yaml:2:18: understanding.answerAt.ja: found "7"; allowed is a number from 0 to 1',
    ],
    [
      'understanding:\n  anserAt: {ja: 0.7}\n',
      'desk.yaml:2:3: unknown key "anserAt"; did you mean "answerAt"?; allowed here: answerAt, chooseAt, outOfScopeShare, guard',
    ],
    [
      'understanding:\n  guard: {hold: maybe}\n',
      'desk.yaml:2:17: understanding.guard.hold: found "maybe"; allowed is true or false',
    ],
    [
      'understanding: 3\n',
      'desk.yaml:1:16: understanding: found "3"; allowed is a mapping with answerAt, chooseAt, outOfScopeShare, guard',
    ],
    [
      'desk: {timezone: Tokyo}\n',
      'desk.yaml:1:18: desk.timezone: found "Tokyo"; allowed is a time zone such as Asia/Tokyo, Europe/London or America/New_York',
    ],
    [
      'silence:\n  remind: 5 min\n',
      'desk.yaml:2:11: silence.remind: found "5 min"; allowed is a span from 10s to 30d, such as 30s, 5m, 2h or 7d, or never',
    ],
    ['silence: {remind: 20m}\n', 'desk.yaml:1:10: silence.handOn: allowed is longer than "remind"'],
    ['lease: {beat: 1m, lost: 1m}\n', 'desk.yaml:1:25: lease.lost: allowed is at least twice "beat"'],
    [
      'calendar:\n  hours: {mon: ["9:00-12:00"]}\n',
      'desk.yaml:2:17: calendar.hours.mon: found "9:00-12:00"; allowed is hours such as 09:00-12:00; 22:00-06:00 ends on the next day, 00:00-24:00 is the whole day',
    ],
    [
      'calendar:\n  hours: {mon: ["09:00-12:00", "11:30-18:00"]}\n',
      'desk.yaml:2:16: calendar.hours.mon: 09:00-12:00 and 11:30-18:00 overlap; allowed are hours that do not',
    ],
    [
      'calendar:\n  hours: {mon-fri: ["09:00-12:00"], wed: closed}\n',
      'desk.yaml:2:42: calendar.hours.wed: wed is given twice; allowed is once',
    ],
    [
      'calendar:\n  hours: {monday: ["09:00-12:00"]}\n',
      'desk.yaml:2:11: found "monday"; allowed is mon, tue, wed, thu, fri, sat, sun or a range such as mon-fri',
    ],
    [
      'calendar:\n  hours: sometimes\n',
      'desk.yaml:2:10: calendar.hours: found "sometimes"; allowed is always, or hours by day: {mon-fri: ["09:00-12:00", "13:00-18:00"], sat: ["10:00-15:00"]}',
    ],
    [
      'calendar:\n  holidays: {closed: [2026-02-29]}\n',
      'desk.yaml:2:23: calendar.holidays.closed: found "2026-02-29"; allowed is a date such as 2026-12-31 (or 12-31 for every year), or first and last day: 2026-12-29..2027-01-03, 12-29..01-03',
    ],
    [
      'calendar:\n  tiers: {4: {hours: always}}\n',
      'desk.yaml:2:11: unknown key "4"; did you mean "1"?; allowed here: 1, 2, 3',
    ],
    [
      'sla:\n  plans: {default: {normal: {firstResponse: 1d}}}\n',
      'desk.yaml:2:45: sla.plans.default.normal.firstResponse: found "1d"; allowed is open time from 1m to 10000h, such as 30m or 4h (no days: only open hours count)',
    ],
    [
      'escalation:\n  repair: {webhook: {url: "http://example.com/", secret: REPAIR_SECRET}}\n',
      'desk.yaml:2:27: escalation.repair.webhook.url: found something else; allowed is an https:// address (http:// for localhost alone)',
    ],
    [
      'tickets:\n  fields:\n    - {id: site, label: Site, type: choice}\n',
      'desk.yaml:3:37: tickets.fields.type: a choice needs "choices": a list of {id, label}',
    ],
    [
      'tickets:\n  codes:\n    - {id: moved, label: Moved}\n    - {id: moved, label: {ja: 移動}}\n',
      'desk.yaml:4:26: "en" is missing; allowed is a text of up to 200 characters',
    ],
  ])('names what is wrong and where: %j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('never repeats what stands where a secret variable should be named', () => {
    const problems = problemsOf('escalation: {repair: {webhook: {url: "https://example.com/", secret: hunter2}}}');
    expect(problems.join()).toContain('the name of the environment variable');
    expect(problems.join()).not.toContain('hunter2');
  });

  it('set by hand must be there', async () => {
    await expect(readRules('/nowhere/desk.yaml')).rejects.toThrow(
      'DESK_FILE: /nowhere/desk.yaml cannot be read (ENOENT)',
    );
    expect(readFileSync(shipped, 'utf8')).toContain('窓口');
  });
});
