import { z } from "zod";
import { defineSetting } from "#modules/company";
import { usualPresenceRules } from "./domain/presence-rules.ts";

const minutes = z.int().min(1).max(1_440).nullable();
const usual = usualPresenceRules;

/** What is done for the customers of agents who are not at their desks, and when a desk counts as left. */
export const presenceRules = defineSetting({
  key: "workforce.presence",
  schema: z.object({
    lostAfterSeconds: z.int().min(30).max(3_600).default(usual.lostAfterSeconds),
    goneAfterMinutes: z.int().min(1).max(1_440).default(usual.goneAfterMinutes),
    returnMinutes: z
      .object({
        ...{ busy: minutes.default(usual.returnMinutes.busy), break: minutes.default(usual.returnMinutes.break) },
        ...{ training: minutes.default(usual.returnMinutes.training), away: minutes.default(usual.returnMinutes.away) },
        "not-responding": minutes.default(usual.returnMinutes["not-responding"]),
        offline: minutes.default(usual.returnMinutes.offline),
      })
      .prefault({}),
  }),
  fallback: usual,
  perBrand: false,
  describe:
    "When customers who wait for an agent who is not available go back to the queue (minutes by presence; null: never), and when a desk without a connection counts as left.",
});
