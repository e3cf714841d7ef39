import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

const priorities = { urgent: z.int(), high: z.int(), normal: z.int(), low: z.int() };

/** Among agents who fit equally well: who carries least, or who was given nothing for longest. */
export const queueChoice = z.enum(["least-loaded", "longest-idle"]);
/** A queue and how it stands. `targets` are milliseconds of its opening time by priority. */
export const queueView = z.object({
  id,
  name: z.string(),
  position: z.int(),
  teamId: id,
  open: z.boolean(),
  opensAt: instant.nullable(),
  outOfHours: z.enum(["hold", "work"]),
  autoServe: z.boolean(),
  targets: z.object(priorities),
  skills: z.array(z.object({ skillId: id, level: z.int() })),
  /** Parts of the target after which its rings open, and the teams that help out from each on. */
  ringParts: z.array(z.number()),
  overflow: z.array(z.array(id)),
  choice: queueChoice,
  /** Waiting or held out to somebody. */
  waiting: z.int(),
  /** Everything that is not done. */
  openWork: z.int(),
  firstDueAt: instant.nullable(),
  version: z.int(),
});
export type QueueView = z.infer<typeof queueView>;
export const queueList = z.object({ queues: z.array(queueView) });

/** How a queue's work is handed out; what is left out stays as it is. */
export const changeQueue = z.object({
  expectedVersion,
  skills: z
    .array(z.object({ skillId: id, level: z.int().min(1).max(100) }))
    .max(50)
    .optional(),
  ringParts: z.array(z.number().gt(0).lt(1)).length(3).optional(),
  overflow: z.array(z.array(id).max(20)).length(3).optional(),
  choice: queueChoice.optional(),
  autoServe: z.boolean().optional(),
});
export const queueChanged = z.object({ id, version: z.int() });
/** Of each team: how many are in it and how many of them may take a queue's work. */
export const queueHelpers = z.object({
  teams: z.array(z.object({ id, name: z.string(), members: z.int(), may: z.int() })),
});

/** Decisions about help for queues in peaks, the newest first: began or ended, with which teams and why. */
export const reliefList = z.object({
  lines: z.array(
    z.object({
      ...{ queueId: id, at: instant, act: z.enum(["began", "ended"]), teamIds: z.array(id) },
      reasons: z.array(z.string()),
    }),
  ),
});

/** The work an agent got, or gave back. */
export const workMoved = z.object({
  ok: z.literal(true),
  workItemId: id,
  conversationId: id,
  episodeId: id,
  queueId: id,
  state: z.enum(["queued", "offered", "active", "parked", "wrapup", "done", "withdrawn"]),
  ownerId: id.nullable(),
  dueAt: instant,
  version: z.int(),
});
export type WorkMoved = z.infer<typeof workMoved>;
