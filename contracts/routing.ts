import { z } from "zod";
import { id, instant } from "./common.ts";

const priorities = { urgent: z.int(), high: z.int(), normal: z.int(), low: z.int() };

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
  /** Waiting or held out to somebody. */
  waiting: z.int(),
  /** Everything that is not done. */
  openWork: z.int(),
  firstDueAt: instant.nullable(),
  version: z.int(),
});
export type QueueView = z.infer<typeof queueView>;
export const queueList = z.object({ queues: z.array(queueView) });

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
