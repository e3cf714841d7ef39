import { z } from "zod";
import { id, instant } from "./common.ts";

export const presenceState = z.enum(["available", "busy", "break", "training", "away", "not-responding", "offline"]);
export const presenceView = z.object({
  agentId: id,
  name: z.string(),
  initials: z.string(),
  state: presenceState,
  since: instant,
  until: instant.nullable(),
  reason: z.string().nullable(),
  /** Tenths of the agent's budget of 100: screens show "6.5 / 10". */
  load: z.number(),
  budget: z.number(),
  version: z.int(),
});
export type PresenceView = z.infer<typeof presenceView>;
export const setPresence = z.object({
  state: z.enum(["available", "busy", "break", "training", "away", "offline"]),
  until: instant.nullable().default(null),
  reason: z.string().max(200).default(""),
});
export const presenceList = z.object({ agents: z.array(presenceView) });
