import { z } from "zod";
import { id, instant } from "./common.ts";

const priority = z.enum(["urgent", "high", "normal", "low"]);
const medium = z.enum(["phone", "chat", "dm", "public", "email"]);
const ms = z
  .int()
  .min(60_000)
  .max(366 * 86_400_000)
  .describe("milliseconds");
export const clockKind = z.enum(["first-response", "next-response", "resolution", "reply-window"]);
export const pauseCause = z.enum(["waiting-for-customer", "third-party", "peer-answer", "outage-hold"]);

/** What is promised to some; empty lists mean "any". The first row that fits decides. */
export const slaRow = z.object({
  name: z.string().min(1).max(120),
  brandIds: z.array(id).max(200),
  queueIds: z.array(id).max(200),
  priorities: z.array(priority).max(4),
  mediums: z.array(medium).max(5),
  /** In the opening time of the queue, of a calendar (its id), or around the clock. */
  hours: z.union([z.literal("queue"), z.literal("plain"), id]),
  /** Null: as the queue has it. */
  firstResponseMs: ms.nullable(),
  nextResponseMs: ms.nullable(),
  /** Null: nothing is promised. */
  resolutionMs: ms.nullable(),
});
export type SlaRowView = z.infer<typeof slaRow>;
export const slaPolicy = z.object({
  rows: z.array(slaRow).max(200),
  /** Parts of the target at which somebody is warned. */
  warnAt: z.array(z.number().gt(0).lt(1)).max(5),
  /** What stops which clocks. */
  pauses: z.object({ response: z.array(pauseCause).max(4), resolution: z.array(pauseCause).max(4) }),
});
export type SlaPolicyView = z.infer<typeof slaPolicy>;
export const slaView = z.object({
  policy: slaPolicy,
  /** Grows with every change; 0: what every account begins with. */
  version: z.int(),
  /** A newer policy that begins later. */
  coming: z.object({ policy: slaPolicy, from: instant }).nullable(),
  queues: z.array(
    z.object({
      ...{ id, name: z.string(), calendarId: id },
      targets: z.object({ urgent: z.int(), high: z.int(), normal: z.int(), low: z.int() }),
    }),
  ),
  /** Clocks that run or are paused now. */
  openClocks: z.int(),
});
export type SlaView = z.infer<typeof slaView>;
export const setSla = z.object({
  policy: slaPolicy,
  expectedVersion: z.int().min(0).max(2_147_483_647),
  /** From when on; null: now. */
  from: instant.nullable(),
  /** What is open goes by it as well; only for a policy that begins now. */
  openToo: z.boolean(),
});

/** "What does this mean?": one message, by a policy that need not be saved. */
export const slaAsked = z.object({
  policy: slaPolicy,
  at: instant,
  brandId: id,
  queueId: id,
  priority,
  medium,
});
export const slaMeans = z.object({
  row: z.string().nullable(),
  firstResponseDue: instant,
  nextResponseDue: instant,
  resolutionDue: instant.nullable(),
  warnAt: z.array(instant),
  /** The zone in which these are to be read. */
  zone: z.string(),
});
export type SlaMeans = z.infer<typeof slaMeans>;

const pause = z.object({ cause: pauseCause, from: instant, to: instant.nullable(), countedMs: z.int() });
export const clockStory = z.object({
  id,
  episodeId: id,
  kind: clockKind,
  state: z.enum(["running", "paused", "met", "met-late", "over"]),
  startedAt: instant,
  /** When it reached us; later than `startedAt` when a network told us late. */
  knownAt: instant,
  targetMs: z.int(),
  /** Longer for a time than the usual: who said so, until when, and why. */
  stretched: z
    .object({ usualMs: z.int(), percent: z.int(), until: instant, byName: z.string(), reason: z.string() })
    .nullable(),
  /** Null: around the clock. */
  calendar: z.string().nullable(),
  dueAt: instant.nullable(),
  /** Of a reply window its end; else when a breach is told. */
  alarmAt: instant.nullable(),
  warnedAt: z.array(instant),
  breachedAt: instant.nullable(),
  overAt: instant.nullable(),
  why: z.string().nullable(),
  /** Time that counts until now, or until it was over. */
  ranMs: z.int(),
  pauses: z.array(pause),
});
export type ClockStory = z.infer<typeof clockStory>;
export const clockList = z.object({
  clocks: z.array(clockStory),
  /** The open work's clocks can be stopped by hand now while we wait for a third party. */
  canPause: z.boolean(),
  /** And because another customer has answered. */
  canHold: z.boolean(),
});
export type ClockList = z.infer<typeof clockList>;
/** What people say themselves. */
export const saidCause = pauseCause.extract(["third-party", "peer-answer"]);
export const pauseBody = z.object({
  reason: z.string().max(500),
  /** For a third party only. */
  until: instant.nullable(),
  cause: saidCause.default("third-party"),
});
export const resumeBody = z.object({ cause: saidCause });

/** The promise that counts now in a conversation: whose, in which hours, and why it stands still. */
export const promiseShown = z.object({
  kind: clockKind,
  targetMs: z.int(),
  /** Null: around the clock. */
  calendar: z.string().nullable(),
  /** The row of the promises it comes from; null: the queue's own target, or promises that were changed since. */
  row: z.string().nullable(),
  paused: z.object({ cause: pauseCause, from: instant }).nullable(),
});
export type PromiseShown = z.infer<typeof promiseShown>;
