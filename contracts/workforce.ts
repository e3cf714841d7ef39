import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

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

/** How somebody was here, span by span without a hole; `by` null: the program. Milliseconds by state in `totals`. */
export const presenceHistory = z.object({
  agentId: id,
  spans: z.array(
    z.object({
      state: presenceState,
      from: instant,
      to: instant,
      reason: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
  totals: z.partialRecord(presenceState, z.number()),
});

const mediumKind = z.enum(["phone", "chat", "dm", "public", "email"]);
const cap = z.int().min(0).max(50);
/** How much somebody takes on: of 100 that a full agent has; at most so many of a kind (left out: the usual); kinds that are never in hands together. */
const capacity = {
  name: z.string().trim().min(1).max(80),
  budget: z.int().min(10).max(200),
  limits: z.partialRecord(mediumKind, cap),
  apart: z.array(z.array(mediumKind).min(2).max(5)).max(10),
};
export const capacityProfile = z.object({ id, ...capacity, version: z.int() });
export type CapacityProfileView = z.infer<typeof capacityProfile>;
export const capacityGiven = z.object({
  ...{ id, profileId: id, subjectKind: z.enum(["agent", "team"]), subjectId: id },
  ...{ validFrom: instant, validUntil: instant.nullable() },
});
export type CapacityGivenView = z.infer<typeof capacityGiven>;
/** All profiles, what of them was given and is not over, and by which profile (null: none) each agent goes now. */
export const capacityBook = z.object({
  profiles: z.array(capacityProfile),
  given: z.array(capacityGiven),
  agents: z.array(z.object({ agentId: id, profileId: id.nullable(), budget: z.int() })),
  /** What an item of each kind takes of the 100, and the usual cap. */
  kinds: z.array(z.object({ kind: mediumKind, weight: z.int(), cap: z.int() })),
});
export const addCapacity = z.object(capacity);
export const changeCapacity = z.object({ ...capacity, expectedVersion });
export const giveCapacity = z.object({
  ...{ profileId: id, subjectKind: z.enum(["agent", "team"]), subjectId: id },
  ...{ validFrom: instant.nullable().default(null), validUntil: instant.nullable().default(null) },
});
