import { z } from "zod";
import { defineSetting } from "#modules/company";
import { pauseCauses, type SlaPolicy, usualSla } from "../domain/clocks/sla-policy.ts";
import { priorities } from "../domain/model.ts";

const ms = z
  .int()
  .min(60_000)
  .max(366 * 86_400_000)
  .nullable();
const ids = z.array(z.uuid()).max(200);
const row = z.object({
  name: z.string().min(1).max(120),
  ...{ brandIds: ids, queueIds: ids, priorities: z.array(z.enum(priorities)).max(4) },
  mediums: z.array(z.enum(["phone", "chat", "dm", "public", "email"])).max(5),
  hours: z.union([z.literal("queue"), z.literal("plain"), z.uuid()]),
  ...{ firstResponseMs: ms, nextResponseMs: ms, resolutionMs: ms },
});
const causes = z.array(z.enum(pauseCauses)).max(pauseCauses.length);

/** What is promised to whom; without rows what each queue has. A version may begin at a later date. */
export const slaSetting = defineSetting<SlaPolicy>({
  key: "routing.sla",
  schema: z.object({
    rows: z.array(row).max(200),
    warnAt: z.array(z.number().gt(0).lt(1)).max(5),
    pauses: z.object({ response: causes, resolution: causes }),
  }),
  fallback: usualSla,
  perBrand: false,
  describe: "How soon customers are answered and helped: targets, warnings and what stops the clocks.",
});
