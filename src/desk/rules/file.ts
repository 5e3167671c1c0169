/** `desk.yaml` as a whole: its sections, each with its own file here. What the file leaves out has its shipped value. */
import * as z from 'zod';
import type { DeskRules } from '../../conversation/rules.ts';
import { type CalendarRules, calendar } from './calendar.ts';
import { desk } from './desk.ts';
import { escalation } from './escalation.ts';
import { type LogRules, logs } from './logs.ts';
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
  readonly logs: LogRules;
}

export const deskFile = z.strictObject({
  desk,
  understanding,
  calendar,
  queue,
  lease,
  silence,
  sla,
  sentiment,
  logs,
  tickets,
  escalation,
  retention,
  cannedReplies,
});

export const shippedRules: Rules = deskFile.parse({});
