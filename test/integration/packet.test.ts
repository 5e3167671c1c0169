/** What goes with a hand-off, over the wire: for agents, for other hubs, and never for the visitor's client. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgentSession, arrive, call, signIn, startDesk, type TestDesk, type Visitor } from '../support/desk.ts';
import { fewFaq } from '../support/faqs.ts';
import { stopwatch } from '../support/pace.ts';
import { until } from '../support/wait.ts';

const secret = 'a-direct-line-secret-of-the-test';

interface Opened {
  readonly state: string;
  readonly version: number;
  readonly priority: string;
  readonly packet: {
    readonly summary: readonly { readonly label: string; readonly text: string }[];
    readonly questions: readonly { readonly text: string }[];
    readonly tries: readonly { readonly entry: string; readonly title?: string; readonly helped: boolean | null }[];
    readonly sentiment: { readonly words: readonly { readonly term: string }[] } | null;
    readonly suggested: { readonly priority: string };
  } | null;
  readonly timeline: readonly { readonly version: number; readonly type: string; readonly text?: string }[];
}

let desk: TestDesk;
let agent: AgentSession;
const opened = async ({ conversation }: Visitor, query = ''): Promise<Opened> =>
  (await agent.get<Opened>(`/conversations/${conversation}${query}`)).body;

beforeAll(async () => {
  desk = await startDesk({ env: { FAQ_DIR: fewFaq, DIRECT_LINE_SECRET: secret } });
  agent = await signIn(desk.url);
});
afterAll(() => desk.stop());

describe('a hand-off', () => {
  it('P6 P7 arrives with what was asked, tried and felt, in five lines of the agent’s language', async () => {
    const visitor = await arrive(desk.url);
    await visitor.say('I forgot my password');
    await visitor.say('no');
    await visitor.say('Our production line is down, 25 people cannot work');
    await visitor.say('agent');
    const { packet, priority } = await opened(visitor);
    expect(priority).toBe('urgent');
    expect(packet?.suggested.priority).toBe('urgent');
    expect(packet?.questions[0]?.text).toBe('I forgot my password');
    expect(packet?.tries[0]).toMatchObject({ entry: 'password-forgotten', helped: false });
    expect(packet?.sentiment?.words.map(({ term }) => term)).toContain('production down');
    expect(packet?.summary).toHaveLength(5);
    const japanese = (await opened(visitor, '?lang=ja')).packet?.summary ?? [];
    expect(japanese.map(({ label }) => label)).toEqual(['お客様', 'ご用件', '引継理由', '案内済み', '次の対応']);
    expect(japanese[2]?.text).toContain('業務停止');
    const headers = { cookie: agent.cookie, 'accept-language': 'de, en;q=0.5, ja;q=0.8' };
    const byBrowser = await call<Opened>(`${desk.url}/console/api/conversations/${visitor.conversation}`, { headers });
    expect(byBrowser.body.packet?.summary).toEqual(japanese);
    expect((await agent.get(`/conversations/${visitor.conversation}?lang=fr`)).status).toBe(422);
  });

  it('P8 is for other hubs in the log, and neither for the visitor’s client nor in its stream', async () => {
    const visitor = await arrive(desk.url, 'ja');
    await visitor.say('至急です。オペレーターと話したい');
    const { timeline } = await opened(visitor);
    expect(timeline.filter(({ type }) => type === 'handoff-initiated')).toHaveLength(1);
    expect(JSON.stringify(await visitor.activities())).not.toContain('handoff.initiate');
    const hub = await call<{ activities: { type: string; name?: string; value?: unknown; attachments?: unknown[] }[] }>(
      `${visitor.base}/activities`,
      { headers: { authorization: `Bearer ${secret}` } },
    );
    const event = hub.body.activities.find(({ name }) => name === 'handoff.initiate');
    expect(event).toMatchObject({
      type: 'event',
      conversation: { id: visitor.conversation },
      value: {
        ticket: expect.stringMatching(/^T-\d{6}$/),
        reason: 'asked',
        language: 'ja',
        summary: { ja: expect.any(Array), en: expect.any(Array) },
        suggested: { tier: 1 },
      },
      attachments: [
        {
          name: 'Transcript',
          contentType: 'application/json',
          content: {
            activities: expect.arrayContaining([
              expect.objectContaining({ type: 'message', text: '至急です。オペレーターと話したい' }),
            ]),
          },
        },
      ],
    });
  });

  it('P8 is there for a case that was noted down, in the same commit', async () => {
    const { status, body } = await agent.post<{ id: string; ticket: string }>('/tickets', {
      channel: 'phone',
      customer: { name: '高橋', email: 'takahashi@example.com' },
      subject: 'プリンターが動かない',
      details: '昨日から印刷できません',
    });
    expect(status).toBe(201);
    const { timeline } = (await agent.get<Opened>(`/conversations/${encodeURIComponent(body.id)}`)).body;
    const types = timeline.map(({ type }) => type);
    expect(types.filter((type) => type === 'handoff-initiated')).toHaveLength(1);
    expect(types.indexOf('handoff-initiated')).toBeGreaterThan(types.indexOf('queued'));
    const hub = await call<{ activities: { name?: string; value?: unknown; attachments?: unknown[] }[] }>(
      `${desk.url}/v3/directline/conversations/${encodeURIComponent(body.id)}/activities`,
      { headers: { authorization: `Bearer ${secret}` } },
    );
    expect(hub.body.activities.find(({ name }) => name === 'handoff.initiate')).toMatchObject({
      channelId: 'phone',
      from: { name: '高橋' },
      conversation: { id: body.id },
      value: { ticket: body.ticket, reason: 'intake', customer: { email: 'takahashi@example.com' } },
      attachments: [{ content: { activities: [{ text: '昨日から印刷できません' }] } }],
    });
  });

  it('P9 of 300 messages is in the console whole, with its packet, within 2 s', async () => {
    const visitor = await arrive(desk.url);
    for (let i = 0; i < 150; i++) await visitor.say(i % 2 === 0 ? `hello` : 'thanks');
    const said = (await opened(visitor)).timeline.filter(({ type }) => type === 'message');
    expect(said.length).toBeGreaterThanOrEqual(300);
    await visitor.say('My printer does not print, this is the third time');
    const watch = stopwatch();
    await visitor.say('agent');
    const whole = await until(async () => {
      const found = await opened(visitor);
      return found.state === 'queued' && found.packet ? found : undefined;
    }, 'the case is there with its packet');
    expect(watch()).toBeLessThan(2_000);
    expect(whole.timeline.map(({ version }) => version)).toEqual(
      Array.from({ length: whole.version }, (_, i) => i + 1),
    );
    expect(whole.packet?.questions.at(-1)?.text).toContain('printer');
    const event = (
      await call<{ activities: object[] }>(`${visitor.base}/activities?watermark=${whole.version - 10}`, {
        headers: { authorization: `Bearer ${secret}` },
      })
    ).body.activities.find((activity) => 'name' in activity);
    // What stands in the log beside the talk stays small, however long that is.
    expect(JSON.stringify(event).length).toBeLessThan(60_000);
  });
});
