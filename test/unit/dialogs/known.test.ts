/** What need not be asked: from the browser, the identity, the customer's record, an earlier dialog, or what was said. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dialog } from '../../../src/dialogs/dialog.ts';
import { dialogTexts } from '../../../src/dialogs/texts.ts';
import { begin, buttons, parsed, sample, say, shippedText, story, t, text } from './sample.ts';

let dialog: Dialog;
let environment: Dialog;
let repair: Dialog;
beforeAll(() => {
  dialog = parsed(sample);
  environment = parsed(shippedText('collect-environment'));
  repair = parsed(shippedText('repair-request'));
});

/** A repair as far as the question for the model. */
const toModel = async (known: Parameters<typeof begin>[1]) =>
  story(repair, await begin(repair, known), 'laptop', 'broken', 'The hinge broke');

describe('the customer’s record', () => {
  const one = {
    'customer.model': 'ThinkPad X1',
    'customer.serial': 'PF2ABC12',
    'customer.warrantyUntil': '2027-03-31',
    'customer.email': 'ken@example.com',
  };
  const two = {
    'customer.products': 'Laptop\nPrinter',
    'customer.model': 'ThinkPad X1\nLaserJet 400',
    'customer.serial': 'PF2ABC12\nVNB3K',
    'customer.warrantyUntil': '2027-03-31\n2025-06-30',
  };

  it('G6 offers the one device to be confirmed, and answers for the warranty', async () => {
    const model = await toModel({ known: one });
    expect(text(model)).toContain(t.guess('ThinkPad X1'));
    const serial = await say(repair, model, 'yes');
    expect(text(serial)).toContain(t.guess('PF2ABC12'));
    const next = await say(repair, serial, t.thatsRight);
    expect(next.progress.answers).toMatchObject({
      model: { value: 'ThinkPad X1' },
      serial: { value: 'PF2ABC12' },
      warranty: { value: true, label: t.until(true, '2027-03-31') },
    });
    expect(next.progress.at).toBe('backup');
  });

  it('G6 of several devices asks which, and knows the rest from that', async () => {
    const model = await toModel({ known: two });
    expect(buttons(model)).toEqual(['ThinkPad X1', 'LaserJet 400', t.skip, t.back, t.person]);
    const serial = await say(repair, model, 'LaserJet 400');
    expect(text(serial)).toContain(t.guess('VNB3K'));
    const next = await say(repair, serial, 'yes');
    expect(next.progress.answers.warranty).toEqual({ value: false, label: t.until(false, '2025-06-30') });
  });

  it('G6 may be contradicted: another device is asked about', async () => {
    const model = await toModel({ known: one });
    const serial = await say(repair, model, 'My old Dell');
    expect(serial.progress.answers.model?.value).toBe('My old Dell');
    expect(serial.progress.at).toBe('serial');
  });

  it('G6 without what a step wants leaves the step to be asked', async () => {
    const model = await toModel({ known: { 'customer.model': '', 'customer.warrantyUntil': 'soon' } });
    expect(buttons(model)).toEqual([t.skip, t.back, t.person]);
    expect((await story(repair, model, 'Dell', 'skip')).progress.at).toBe('warranty');
  });
});

describe('a sentence already said', () => {
  it.each([
    ['Windows 11でOutlookが固まる', { product: 'mail', os: 'windows', 'windows-version': 'windows-11' }],
    [
      'Outlook freezes on my Windows 11 laptop since yesterday',
      { product: 'mail', device: 'laptop', since: 'since yesterday' },
    ],
    [
      '昨日の夕方からMacBookがWi-Fiにつながりません',
      { product: 'network', device: 'laptop', os: 'macos', since: '昨日の夕方から' },
    ],
    ['業務が止まっています、全社でメールが使えません', { product: 'mail', urgency: 'stopped', affected: 'everyone' }],
    ['I forgot something', {}],
  ])('G6 "%s" fills what it tells', async (said, expected) => {
    const { answers } = (await begin(environment, { said })).progress;
    expect(Object.fromEntries(Object.entries(answers).map(([id, { value }]) => [id, value]))).toMatchObject(expected);
    if (Object.keys(expected).length === 0) expect(answers).toEqual({});
  });

  it('G6 that answers one step tells others too, and the visitor is told what was noted', async () => {
    const course = await say(environment, await begin(environment), 'It is Outlook on my Mac, at home');
    expect(course.progress.answers).toMatchObject({ product: { value: 'mail' }, os: { value: 'macos' } });
    expect(text(course)).toContain('**System: macOS**');
  });

  it('G6 is kept where it is the first words, and what is added stands below', async () => {
    const there = await story(
      environment,
      await begin(environment, { known: { question: 'Outlook freezes' }, said: 'Outlook freezes' }),
      'laptop',
      'Windows',
      'Windows 11',
      'home',
    );
    expect(text(there)).toContain(t.wrote('Outlook freezes'));
    const added = await say(environment, there, 'It began with the new add-in');
    expect(added.progress.answers.happened?.value).toBe('Outlook freezes\nIt began with the new add-in');
  });
});

describe('an answer to a choice that names another thing in passing', () => {
  it('tells nothing of it', async () => {
    const internet = parsed(shippedText('no-internet'));
    const course = await story(internet, await begin(internet), 'at home', 'my phone works');
    expect(course.progress.answers.scope?.value).toBe('works');
    expect(course.progress.answers.system).toBeUndefined();
  });
});

describe('another choice of an earlier step, said plainly', () => {
  it('corrects it where it fits nothing else', async () => {
    const people = await story(dialog, await begin(dialog), 'Ken', 'Windows', 'Pro', 'It froze', 'no');
    const corrected = await say(dialog, people, 'マック', 'ja');
    expect(corrected.progress.answers.os?.value).toBe('macos');
    expect(text(corrected)).toContain(dialogTexts.ja.corrected('OS', 'macOS'));
    expect(corrected.progress.at).toBe('people');
  });
});
