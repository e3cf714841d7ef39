import { z } from "zod";
import { id, instant } from "./common.ts";

const medium = z.enum(["phone", "chat", "dm", "public", "email"]);
const priority = z.enum(["urgent", "high", "normal", "low"]);
const time = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/)
  .describe("a local time, 08:30");
/** Null: all of the span. An end that is not after its start lies on the next day. */
const daily = z.object({ from: time, to: time }).nullable();

/** One thing that would have been otherwise. */
export const rehearsalChange = z.discriminatedUnion("what", [
  z.object({ what: z.literal("skill"), teamId: id, skillId: id, level: z.int().min(1).max(100) }),
  z.object({ what: z.literal("join"), agentId: id, teamId: id }),
  z.object({ what: z.literal("people"), teamId: id, add: z.int().min(1).max(100), daily }),
  z.object({ what: z.literal("absence"), agentId: id, daily }),
  z.object({ what: z.literal("target"), queueId: id, priority, minutes: z.int().min(1).max(525_600) }),
  /** Tenths of an agent on screens: 20 of 100 is 2. Calls fill all of a person and have none. */
  z.object({ what: z.literal("weight"), medium: medium.exclude(["phone"]), weight: z.int().min(1).max(100) }),
  z.object({ what: z.literal("cap"), medium, cap: z.int().min(0).max(100) }),
  /** Asked for softly, its wait relaxes it; hard, nobody else gets it. */
  z.object({ what: z.literal("ask"), skillId: id, kind: z.enum(["hard", "soft"]) }),
]);
export type RehearsalChange = z.infer<typeof rehearsalChange>;

export const rehearsalAsked = z.object({
  from: instant,
  to: instant,
  /** Of the times of day. */
  zone: z.string().min(1).max(64).describe("IANA time zone, Europe/London"),
  changes: z.array(rehearsalChange).max(50),
});
export type RehearsalAsked = z.infer<typeof rehearsalAsked>;

const figure = z.object({
  /** What really happened; null where that is not kept. */
  really: z.number().nullable(),
  /** Played again, as it was and as it would be: means over the runs. */
  before: z.number().nullable(),
  after: z.number().nullable(),
  difference: z.number().nullable(),
  /** Null: not told apart from chance, or neither is better. */
  verdict: z.enum(["better", "worse"]).nullable(),
});
export type RehearsedFigure = z.infer<typeof figure>;

/** All work, the work of a priority, of a queue, of a queue's priority; or a team's people. Waits and overtime in milliseconds, parts from 0 to 1. */
export const rehearsedLine = z.object({
  of: z.enum(["all", "priority", "queue", "team"]),
  queueId: z.string().nullable(),
  teamId: z.string().nullable(),
  priority: priority.nullable(),
  figures: z.object({
    ...{ items: figure.optional(), left: figure.optional(), serviceLevel: figure.optional() },
    ...{ waitP50: figure.optional(), waitP90: figure.optional(), waitWorst: figure.optional() },
    ...{ transfers: figure.optional(), occupancy: figure.optional(), overtime: figure.optional() },
  }),
});
export type RehearsedLine = z.infer<typeof rehearsedLine>;

export const rehearsal = z.object({
  ...{ from: instant, to: instant, items: z.int(), seeds: z.int() },
  /** Work that ended without anybody, and lines of the past that could not be used. */
  leftOut: z.int(),
  /** How near the play comes to what really was: of the work that was taken both times, the parts with the same agent and within a minute. */
  agrees: z.object({ compared: z.int(), sameAgent: z.number().nullable(), sameWait: z.number().nullable() }),
  lines: z.array(rehearsedLine),
});
export type Rehearsal = z.infer<typeof rehearsal>;
