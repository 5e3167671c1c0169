/**
 * The bot with all the shipped dialogs, over a real engine: whatever is said, pressed, sent or edited, and however often its process
 * is exchanged in between, the visitor has a next step, and nothing that was collected is lost.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Activity } from 'botbuilder';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskAdapter } from '../../../src/bot/adapter.ts';
import { SupportBot } from '../../../src/bot/bot.ts';
import { memoryOf } from '../../../src/bot/memory.ts';
import { texts } from '../../../src/bot/texts.ts';
import { TurnMiddleware } from '../../../src/bot/turn.ts';
import { authenticationFor } from '../../../src/channels/botframework.ts';
import type { Conversation } from '../../../src/conversation/state.ts';
import type { Dialog, Dialogs } from '../../../src/dialogs/dialog.ts';
import { parseDialog } from '../../../src/dialogs/parse.ts';
import { applicable } from '../../../src/dialogs/progress.ts';
import { dialogTexts } from '../../../src/dialogs/texts.ts';
import { openLmdb } from '../../../src/store/lmdb.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Entry, Knowledge, Understanding } from '../../../src/understanding/understanding.ts';
import { drawSeed } from '../../support/seed.ts';
import { visitorTurn } from './visitor-turn.ts';

const directory = fileURLToPath(new URL('../../../dialogs', import.meta.url));
const files = readdirSync(directory)
  .filter((file) => file.endsWith('.yaml') && file !== 'signatures.yaml')
  .map((file) => readFileSync(join(directory, file), 'utf8'));

/** Edits an admin may make: words, rules, steps more, steps less, another order, another meaning. */
const edits: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/^summary: false$/m, 'summary: true'),
  (text) => text.replaceAll('required: true', 'required: false'),
  (text) => text.replace(/^steps:$/m, 'steps:\n  - id: extra\n    ask: {en: Extra?, ja: 追加?}\n    type: text'),
  // The last step that nobody's condition knows, gone.
  (text) =>
    text.replace(
      /\n {2}- id: (?:photo|screenshot|ticket|last|shown|model)\n(?: {4}.*\n|\n)+(?= {2}- id|end:|\nend:)/,
      '\n',
    ),
  (text) => text.replace(/label: \{en: Windows, ja: Windows\}/g, 'label: {en: PC, ja: PC}'),
  (text) => text.replace(/type: confirm\n( {4}solved: yes\n)/g, 'type: confirm\n    required: true\n$1'),
];
const parsed = (text: string): Dialog | undefined => parseDialog('d.yaml', text).dialog;
const versions = edits.map((edit) => files.flatMap((text) => parsed(edit(text)) ?? []));

/** What one process serves: its newest dialogs, and the versions it has seen itself. */
class Served implements Dialogs {
  readonly #held = new Map<string, Dialog>();
  #served: readonly Dialog[] = [];
  constructor(edit: number) {
    this.edit(edit);
  }
  edit(n: number): void {
    this.#served = versions[n] ?? [];
    for (const dialog of this.#served) this.#held.set(`${dialog.id}@${dialog.version}`, dialog);
  }
  get = (id: string) => this.#served.find((dialog) => dialog.id === id);
  version = (id: string, version: string) => this.#held.get(`${id}@${version}`);
  all = () => this.#served;
  problems = () => [];
  close = async () => {};
}

const ids = (versions[0] ?? []).map(({ id }) => id);
const entries = ids.map(
  (id): Entry => ({
    id,
    topic: 'test',
    tags: [],
    questions: { en: [`about ${id}`], ja: [`${id} について`] },
    answer: { en: 'An answer.', ja: '回答です。' },
    related: [],
    keywords: {},
    dialog: id,
  }),
);
const knowledge: Knowledge = {
  version: 'test',
  entries,
  entry: (id) => entries.find((one) => one.id === id),
  match(text) {
    const locale = /[ぁ-んァ-ヶ一-龠]/.test(text) ? 'ja' : 'en';
    const known = ids.find((id) => text.includes(id));
    const sure = known ?? (/opening hours|営業時間/.test(text) ? ids[0] : undefined);
    if (sure) return { locale, decision: 'answer', confidence: 0.9, matches: [{ id: sure, confidence: 0.9 }] };
    if (/perhaps|もしかして/.test(text))
      return {
        locale,
        decision: 'choose',
        confidence: 0.4,
        matches: ids.slice(0, 3).map((id) => ({ id, confidence: 0.4 })),
      };
    return { locale, decision: 'handoff', confidence: 0.1, matches: [] };
  },
};
const understanding: Understanding = {
  current: () => knowledge,
  problems: () => [],
  onChange: () => () => {},
  close: async () => {},
};

type Action =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'button'; readonly n: number }
  | { readonly kind: 'file' }
  | { readonly kind: 'edit'; readonly n: number }
  | { readonly kind: 'process' };

const utterances = [
  ...[
    'yes',
    'no',
    'はい',
    'いいえ',
    'skip',
    'スキップ',
    'back',
    '戻る',
    'ok done',
    'やりました',
    'もう何回もやりました',
    'still nothing',
  ],
  ...[
    '3',
    '二十人くらい',
    'about 20 people',
    'yesterday',
    '昨日の夕方から',
    'tomorrow',
    '明日',
    'AB12-34',
    'ken@example.com',
  ],
  ...[
    'Windows',
    'Mac',
    'actually it was a Mac',
    'やっぱりWindowsでした',
    'change System',
    'OSを変更',
    '違うところがある',
    'blinkin',
  ],
  ...[
    'What are your opening hours?',
    '営業時間を教えて',
    'Perhaps something else?',
    'もしかして別の方法がありますか？',
    "It's my answer",
    '質問です',
  ],
  ...[
    'talk to a person',
    'オペレーターと話したい',
    'cancel',
    'キャンセル',
    'this is useless!!',
    'ふざけるな',
    '',
    '🙂',
    '???',
  ],
  ...['Windows 11のノートPCで自宅からOutlookが使えません', 'x'.repeat(3_000), '__proto__', '<b>no</b> **yes**'],
];
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('button' as const), n: fc.nat(30) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('say' as const), text: fc.constantFrom(...utterances) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('say' as const), text: fc.string({ maxLength: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('file' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), n: fc.nat(edits.length - 1) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'process' as const }) },
);

let place: string;
let store: Store;
const faults: unknown[] = [];
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'firstline-courses-'));
  store = await openLmdb(place);
});
afterAll(async () => {
  await store.close();
  await rm(place, { recursive: true, force: true });
});

/** A process of the service, as far as a turn needs one. */
function processOf(dialogs: Dialogs) {
  const log = { info: () => {}, error: (facts: object) => void faults.push(facts) };
  const adapter = new DeskAdapter(authenticationFor({}), new TurnMiddleware({ store, log }));
  const bot = new SupportBot({ understanding, dialogs, staffing: async () => ({ state: 'open', waiting: 1 }) });
  return (id: string, posted: Partial<Activity>) => visitorTurn(adapter, bot, id, posted);
}

interface Reply {
  readonly text: string;
  readonly buttons: readonly string[];
}

async function repliesSince(id: string, version: number): Promise<Reply[]> {
  return (await store.history(id, version, 100)).flatMap((event) =>
    event.type === 'message' && event.by.role === 'bot'
      ? [{ text: event.text ?? '', buttons: (event.suggestedActions ?? []).map(({ value }) => value) }]
      : [],
  );
}
const stateOf = async (id: string): Promise<Conversation> => (await store.load([id]))[0] as Conversation;

describe('any talk with the shipped dialogs', () => {
  it('the edits are sound', () => {
    for (const family of versions) expect(family).toHaveLength(files.length);
  });

  it('G9 has a next step after whatever is said, and keeps what was collected', { timeout: 120_000 }, async () => {
    const seed = drawSeed();
    let n = 0;
    let asked = 0;
    const property = fc.asyncProperty(
      fc.constantFrom(...ids),
      fc.array(action, { minLength: 15, maxLength: 40, size: 'max' }),
      async (dialog, actions) => {
        const id = `c${++n}`;
        let edit = 0;
        let dialogs = new Served(edit);
        let turn = processOf(dialogs);
        await turn(id, { type: 'conversationUpdate', membersAdded: [{ id: 'v', name: '' }] });
        await turn(id, { type: 'message', text: `about ${dialog}` });
        const guide = (await repliesSince(id, 0)).at(-1)?.buttons.at(-1);
        let { version } = await stateOf(id);
        await turn(id, { type: 'message', text: guide ?? '' });
        let offered = [...((await repliesSince(id, version)).at(-1)?.buttons ?? [])];
        expect(memoryOf((await stateOf(id)).memory).dialog?.progress.id).toBe(dialog);
        for (const next of actions) {
          if (next.kind === 'edit') {
            edit = next.n;
            dialogs.edit(edit);
            continue;
          }
          if (next.kind === 'process') {
            // Another process, or this one after kill -9: it knows only what is on disk now.
            dialogs = new Served(edit);
            turn = processOf(dialogs);
            continue;
          }
          const before = await stateOf(id);
          ({ version } = before);
          asked += memoryOf(before.memory).dialog ? 1 : 0;
          const text =
            next.kind === 'say'
              ? next.text
              : next.kind === 'button'
                ? (offered[next.n % (offered.length || 1)] ?? 'no')
                : '';
          await turn(id, {
            type: 'message',
            text,
            ...(next.kind === 'file'
              ? { attachments: [{ contentType: 'image/png', contentUrl: 'http://x/a', name: 'a.png' }] }
              : {}),
          });
          const after = await stateOf(id);
          const replies = await repliesSince(id, version);
          check(before, after, replies, dialogs);
          offered = [...(replies.at(-1)?.buttons ?? offered)];
        }
      },
    );
    await fc.assert(property, { seed, numRuns: 40 });
    expect(faults).toEqual([]);
    // Most of the talk was in dialogs, not beside them.
    expect(asked / n).toBeGreaterThan(5);
    console.info(`${asked} answers in ${n} talks`);
  });
});

const known = (c: Conversation) =>
  new Map((c.details?.answers ?? []).map((one) => [`${one.dialog}/${one.step}`, one.value]));

function check(before: Conversation, after: Conversation, replies: readonly Reply[], dialogs: Dialogs): void {
  const said = replies.map(({ text }) => text).join('\n');
  expect(said).not.toContain(texts.en.trouble);
  expect(said).not.toContain(texts.ja.trouble);
  // Who waits has been told that what is written is added; else there is always an answer.
  const waits = before.phase.at === 'queued' && after.phase.at === 'queued' && !memoryOf(before.memory).dialog;
  if (!waits) expect(replies.length).toBeGreaterThan(0);
  const progress = memoryOf(after.memory).dialog?.progress;
  const former = memoryOf(before.memory).dialog?.progress;
  if (progress) {
    expect(replies.at(-1)?.buttons.length).toBeGreaterThan(0);
    const definition = dialogs.version(progress.id, progress.version);
    expect(definition).toBeDefined();
    // What is known is asked only where the visitor went back to it, and then it may be kept.
    if (definition && progress.at !== null && progress.answers[progress.at]) {
      const buttons = replies.at(-1)?.buttons ?? [];
      const ways = [dialogTexts.en.keep, dialogTexts.ja.keep, dialogTexts.en.goOn, dialogTexts.ja.goOn];
      expect(buttons.some((button) => ways.includes(button))).toBe(true);
    }
    if (definition && former?.id === progress.id)
      for (const [step, answer] of Object.entries(former.answers)) {
        const now = definition.steps.find((one) => one.id === step);
        const fits = now?.type !== 'choice' || now.choices.some(({ value }) => value === answer.value);
        if (now && fits) expect(progress.answers).toHaveProperty([step]);
      }
  }
  // What is in the log for whoever takes over goes only with a trouble that is over, or a correction that makes it void.
  const isOver = after.details === undefined || after.phase.at === 'closed';
  if (isOver || before.details === undefined) return;
  const now = known(after);
  for (const key of known(before).keys()) {
    if (now.has(key)) continue;
    const [id = '', step = ''] = key.split('/');
    const running = progress ?? former;
    const definition = running?.id === id ? (dialogs.version(id, running.version) ?? dialogs.get(id)) : undefined;
    const isVoid = definition && !applicable(definition, running?.answers ?? {}).has(step);
    const isAskedElsewhere = [...now.keys()].some((other) => other.endsWith(`/${step}`));
    expect([key, isVoid || isAskedElsewhere || !definition?.steps.some((one) => one.id === step)]).toEqual([key, true]);
  }
}
