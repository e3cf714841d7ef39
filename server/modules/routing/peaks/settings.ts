import { z } from "zod";
import { defineSetting } from "#modules/company";

const minutes = z.int().min(1).max(10_080);
const row = z.object({
  queueId: z.uuid(),
  /** When which teams help out, and when they are no longer needed. */
  overflow: z
    .object({
      teamIds: z.array(z.uuid()).min(1).max(10),
      oldestMinutes: minutes.nullable().default(null),
      clearMinutes: minutes.nullable().default(null),
      calmMinutes: z.int().min(1).max(240).default(10),
      /** People who are marked for that are called in as well. */
      callHelpers: z.boolean().default(false),
    })
    .nullable()
    .default(null),
  /** While it is closed: `queue` sends what comes to another one, `team` lets one take it. Null: as the queue itself says, hold or work. */
  closed: z
    .union([
      z.object({ do: z.literal("queue"), queueId: z.uuid() }),
      z.object({ do: z.literal("team"), teamId: z.uuid() }),
    ])
    .nullable()
    .default(null),
});
export type PeakRules = z.output<typeof row>;

/** Peaks and nights, queue by queue; a queue without a row has none. */
export const peaksSetting = defineSetting({
  key: "routing.peaks",
  schema: z.object({ queues: z.array(row).max(500) }),
  fallback: { queues: [] },
  perBrand: false,
  describe:
    "By queue: when other teams help out (age of what waits, forecast clear time) and when no more, and who takes what comes while it is closed.",
});
