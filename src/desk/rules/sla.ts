import * as z from 'zod';
import type { Allowances, SlaPlan } from '../../conversation/rules.ts';
import { openTime, openTimeOrNone, says, share } from './values.ts';

const allowances = z.strictObject({
  firstResponse: openTime.exactOptional(),
  nextResponse: openTimeOrNone.exactOptional(),
  resolution: openTimeOrNone.exactOptional(),
});
const plan = z.strictObject({
  urgent: allowances.exactOptional(),
  high: allowances.exactOptional(),
  normal: allowances.exactOptional(),
  low: allowances.exactOptional(),
});
type Told = z.infer<typeof plan>;

const minute = 60_000;
const hour = 60 * minute;
/** What a plan has where desk.yaml is silent; what the shipped file says too. */
const shipped: SlaPlan = {
  urgent: { firstResponse: 5 * minute, nextResponse: 15 * minute, resolution: 4 * hour },
  high: { firstResponse: 15 * minute, nextResponse: 30 * minute, resolution: 8 * hour },
  normal: { firstResponse: 30 * minute, nextResponse: hour, resolution: 24 * hour },
  low: { firstResponse: 2 * hour, nextResponse: 4 * hour, resolution: 72 * hour },
};

/** A plan that says less is the other for the rest. */
function over(rest: SlaPlan, told: Told): SlaPlan {
  const of = (priority: keyof SlaPlan): Allowances => {
    const { nextResponse, resolution, firstResponse } = { ...rest[priority], ...told[priority] };
    return {
      firstResponse,
      ...(typeof nextResponse === 'number' ? { nextResponse } : {}),
      ...(typeof resolution === 'number' ? { resolution } : {}),
    };
  };
  return { urgent: of('urgent'), high: of('high'), normal: of('normal'), low: of('low') };
}

/** How soon who is answered, by plan and priority. */
export const sla = z
  .strictObject({
    warnAt: share.prefault('0.8'),
    plans: z
      .record(
        says(
          "a plan's name in lower case, up to 60 characters",
          z
            .string()
            .regex(/^[^\sA-Z][^A-Z]{0,59}$/)
            .refine((name) => name === name.toLowerCase()),
        ),
        plan,
      )
      .prefault({})
      .transform((told) => {
        const standard = over(shipped, told.default ?? {});
        const plans = Object.entries(told).map(([name, its]) => [name, over(standard, its)] as const);
        return { ...Object.fromEntries(plans), default: standard };
      }),
  })
  .prefault({});
