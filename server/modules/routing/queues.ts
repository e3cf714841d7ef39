import { calendarOf, calendarsOf, dueAt, isOpen, nextOpening } from "#modules/company";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import type { Accepts } from "./domain/accepts.ts";
import { noTurns, type Priority, priorities, type Queue, type Terms } from "./domain/model.ts";
import { RING_PARTS } from "./domain/skills.ts";
import { allQueues, insertQueue, type QueueRow, turnsOf } from "./store/queue-store.ts";
import type { QueueSkill } from "./store/tables.ts";

export type QueueFacts = QueueRow & {
  /** Is its calendar open now? */
  open: boolean;
  /** When it opens next, if it is closed. */
  opensAt: Instant | null;
};

/** All queues with their calendars, in the order in which they are asked. */
export async function queuesOf(tx: Tx): Promise<QueueFacts[]> {
  return (await loadQueues(tx)).map(({ calendar: _, ...queue }) => queue);
}

export type LoadedQueue = QueueFacts & { calendar: Awaited<ReturnType<typeof calendarOf>>["calendar"] };

export async function loadQueues(tx: Tx): Promise<LoadedQueue[]> {
  const rows = await allQueues(tx);
  const calendars = await calendarsOf(
    tx,
    rows.map((row) => row.calendarId),
  );
  return rows.map((row) => {
    const calendar = calendars.get(row.calendarId)?.calendar;
    if (!calendar) throw notFound("calendar");
    const open = isOpen(tx.now, calendar);
    return { ...row, calendar, open, opensAt: open ? null : nextOpening(tx.now, calendar) };
  });
}

/** A queue as the engine sees it. */
export async function queuesForEngine(tx: Tx, queues: readonly LoadedQueue[]): Promise<Map<string, Queue>> {
  const turns = await turnsOf(tx);
  return new Map(
    queues.map((queue) => [
      queue.id,
      {
        ...{ id: queue.id, name: queue.name, teamId: queue.teamId, autoServe: queue.autoServe },
        ...{ serving: queue.open || queue.outOfHours === "work", turns: turns.get(queue.id) ?? noTurns() },
      },
    ]),
  );
}

/** Due time and rings in the business time of the queue. Danger to people knows no calendar. */
export function termsOf(queue: LoadedQueue, of: { priority: Priority; crisis: boolean; t0: Instant }): Terms {
  const target = queue.targets[of.priority];
  const after = (ms: number) => (of.crisis ? of.t0 + ms : dueAt(of.t0, ms, queue.calendar));
  return { due: after(target), ringsAt: RING_PARTS.map((part) => after(Math.round(target * part))) };
}

export interface NewQueue {
  name: string;
  position: number;
  teamId: string;
  calendarId: string;
  accepts?: Accepts;
  /** What everything in this queue asks of an agent, beside the language. */
  skills?: QueueSkill[];
  /** Milliseconds of business time by priority. */
  targets: Record<Priority, number>;
  outOfHours?: "hold" | "work";
  autoServe?: boolean;
}

export async function addQueue(tx: Tx, queue: NewQueue): Promise<string> {
  for (const priority of priorities)
    if (!(queue.targets[priority] > 0))
      throw new AppError("invalid-request", `The queue ${queue.name} needs a target for the priority ${priority}.`);
  const { calendar } = await calendarOf(tx, queue.calendarId);
  if (nextOpening(tx.now, calendar) === null)
    throw new AppError("invalid-request", `The calendar of the queue ${queue.name} never opens.`);
  const id = uuidv7(tx.now);
  await insertQueue(tx, {
    ...{ id, accepts: {}, skills: [], outOfHours: "hold" as const, autoServe: true },
    ...queue,
  });
  return id;
}

export async function queueOf(tx: Tx, id: string): Promise<QueueFacts> {
  const queue = (await queuesOf(tx)).find((q) => q.id === id);
  if (!queue) throw notFound("queue");
  return queue;
}
