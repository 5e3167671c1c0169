/** A turn in a guided dialog against a turn that the FAQ answers: both load, decide and commit durably, taken in turns on one machine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quantile } from './table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const talks = 40;
const warmUp = 5;
const questions = [
  'I forgot my password',
  'my printer does not print',
  'no internet at all',
  'プリンターが印刷できません',
];
/** The shipped questions from end to end: buttons, words, numbers, what is taken back, and the summary. */
const script = [
  ...[
    'Mail or calendar',
    'my laptop',
    'Windows',
    'Windows 11',
    'office wifi',
    'It freezes when I open a shared calendar',
  ],
  ...['since yesterday', 'An update', 'No error is shown', 'restarted it twice', 'the whole team', 'about 20 people'],
  ...['actually it was a Mac', 'macOS 14.2', 'I can work around it', 'skip', 'people is 25', "Yes, that's right"],
];

export async function run() {
  const [
    { openLmdb },
    { openUnderstanding },
    { openDialogs },
    { DeskAdapter },
    { SupportBot },
    { TurnMiddleware },
    channel,
    { texts },
  ] = await Promise.all(
    [
      'store/lmdb',
      'understanding/load',
      'dialogs/load',
      'bot/adapter',
      'bot/bot',
      'bot/turn',
      'channels/botframework',
      'bot/texts',
    ].map((module) => import(join(root, 'dist', `${module}.js`))),
  );
  const directory = await mkdtemp(join(tmpdir(), 'firstline-bench-'));
  const store = await openLmdb(directory);
  const understanding = await openUnderstanding({ directory: join(root, 'faq'), watch: false });
  const dialogs = await openDialogs({ directory: join(root, 'dialogs'), watch: false });
  const turns = new TurnMiddleware({ store, log: { info() {}, error() {} } });
  const adapter = new DeskAdapter(channel.authenticationFor({}), turns);
  const bot = new SupportBot({ understanding, dialogs, staffing: async () => ({ state: 'open', waiting: 0 }) });
  const open = { type: 'open', channel: { kind: 'website' }, visitor: { id: 'v', signed: false }, language: 'en' };
  const turn = async (id, text) => {
    const activity = {
      type: 'message',
      text,
      channelId: 'directline',
      serviceUrl: 'http://x',
      conversation: { id },
      from: { id: 'v' },
      recipient: { id: 'b' },
    };
    const started = performance.now();
    await adapter.websiteTurn(activity, { conversation: id, open }, (context) => bot.run(context));
    return performance.now() - started;
  };
  const times = { dialog: [], faq: [] };
  for (let n = 0; n < talks; n++) {
    await turn(`dialog-${n}`, 'talk to a person');
    await turn(`dialog-${n}`, texts.en.startQuestions);
    for (const [i, text] of script.entries()) {
      const faq = () => turn(`faq-${n}`, questions[i % questions.length]);
      const dialog = () => turn(`dialog-${n}`, text);
      const [a, b] = i % 2 ? [await faq(), await dialog()].reverse() : [await dialog(), await faq()];
      if (n < warmUp) continue;
      times.dialog.push(a);
      times.faq.push(b);
    }
    const [state] = await store.load([`dialog-${n}`]);
    if (state.memory?.dialog) throw new Error('The script does not reach the end of the questions any more.');
  }
  await dialogs.close();
  await understanding.close();
  await store.close();
  await rm(directory, { recursive: true, force: true });
  return ['p50', 'p99'].map((name) => {
    const share = name === 'p50' ? 0.5 : 0.99;
    const [value, baselineValue] = [quantile(times.dialog, share), quantile(times.faq, share)];
    return {
      name: `turn in a guided dialog ${name}`,
      value,
      unit: 'ms',
      baseline: 'FAQ turn',
      baselineValue,
      ratio: value / baselineValue,
    };
  });
}
