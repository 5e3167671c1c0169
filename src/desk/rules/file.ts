/** `desk.yaml` as a whole: its sections, each with its own file here. What the file leaves out has its shipped value. */
import * as z from 'zod';
import type { DeskRules } from '../../conversation/rules.ts';
import { type CalendarRules, calendar } from './calendar.ts';
import { desk } from './desk.ts';
import { escalation } from './escalation.ts';
import { limits } from './limits.ts';
import { logs } from './logs.ts';
import { lease, silence } from './presence.ts';
import { queue } from './queue.ts';
import { cannedReplies } from './replies.ts';
import { retention } from './retention.ts';
import { sentiment } from './sentiment.ts';
import { sla } from './sla.ts';
import { tickets } from './tickets.ts';
import { type UnderstandingRules, understanding } from './understanding.ts';

/** All of the desk's rules; the domain looks at `DeskRules` alone. */
export interface Rules extends DeskRules {
  readonly understanding: UnderstandingRules;
  readonly calendar: CalendarRules;
}

export const deskFile = z
  .strictObject({
    desk: desk.meta({
      description: 'The name of the desk, and its time zone. 窓口の名前と時間帯。',
    }),
    understanding: understanding.meta({
      description: 'When the bot answers, offers choices or hands over. ボットが回答・候補提示・引き継ぎを決める基準。',
    }),
    calendar: calendar.meta({
      description: 'Opening hours, holidays, tiers and rosters. 受付時間、休日、階層ごとの時間、勤務表。',
    }),
    queue: queue.meta({
      description: 'How waiting cases find an agent. 待っている案件の割り当て方。',
    }),
    lease: lease.meta({
      description: "How an agent's connection keeps cases. 担当者の接続が切れたときの扱い。",
    }),
    silence: silence.meta({
      description: 'What happens when a visitor is left unanswered. 返信がないときの扱い。',
    }),
    sla: sla.meta({
      description: 'How soon who is answered, in open time. 返信・解決の期限(受付時間内で計算)。',
    }),
    sentiment: sentiment.meta({
      description: 'How upset a message must sound to raise the priority. 優先度を上げる不満の度合い。',
    }),
    logs: logs.meta({
      description: 'What is kept and masked of log files. ログファイルの保存とマスク。',
    }),
    limits: limits.meta({
      description: 'How much visitors may send and store. お客様が送れるファイルの上限。',
    }),
    tickets: tickets.meta({
      description:
        'Categories, own fields, codes, reopening, closing, survey. チケットの分類・項目・完了コード・再開・終了・満足度。',
    }),
    escalation: escalation.meta({
      description: 'Where cases go, what must be known for it, webhooks. 引き継ぎ先と必要項目、webhook。',
    }),
    retention: retention.meta({
      description: 'When closed conversations move to the archive. 終了した会話を保管庫へ移す時期。',
    }),
    cannedReplies: cannedReplies.meta({
      description: 'Sentences that agents send often. 定型文。',
    }),
  })
  .meta({ title: 'firstline desk rules', description: "The desk's own rules. 窓口の決まり。" });

export const shippedRules: Rules = deskFile.parse({});
