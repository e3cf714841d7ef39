import { json, sql, type Tx } from "#platform/db";
import type { Easing } from "../domain/easing.ts";
import type { Choice, Priority } from "../domain/model.ts";
import { type RoutingTables, routing } from "./tables.ts";

type Row = RoutingTables["queue"];
export interface QueueRow {
  id: string;
  name: string;
  position: number;
  teamId: string;
  calendarId: string;
  accepts: Row["accepts"]["__select__"];
  skills: Row["skills"]["__select__"];
  targets: Record<Priority, number>;
  outOfHours: "hold" | "work";
  autoServe: boolean;
  /** Parts of the target after which the rings open, and the teams that help out from each on. */
  ringParts: number[];
  overflow: string[][];
  choice: Choice;
  /** Teams that help out now. */
  relief: string[];
  /** What is easier for a time, as long as that is not over. */
  easing: Easing[];
  version: number;
}

/** All queues in the order in which they are asked whether they accept. */
export async function allQueues(tx: Tx): Promise<QueueRow[]> {
  const rows = await routing(tx)
    .selectFrom("queue")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .orderBy("position")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, position: row.position, teamId: row.team_id, calendarId: row.calendar_id },
    ...{ accepts: row.accepts, skills: row.skills, targets: row.targets, outOfHours: row.out_of_hours },
    ...{ autoServe: row.auto_serve, version: row.version },
    ...{ ringParts: row.ring_parts, overflow: row.overflow, choice: row.choice },
    relief: row.relief,
    easing: row.easing.filter((one) => one.until > tx.now),
  }));
}

export async function insertQueue(tx: Tx, queue: Omit<QueueRow, "version" | "easing">): Promise<void> {
  await routing(tx)
    .insertInto("queue")
    .values({
      ...{ account_id: tx.accountId, id: queue.id, name: queue.name, position: queue.position },
      ...{ team_id: queue.teamId, calendar_id: queue.calendarId, accepts: json(queue.accepts) },
      ...{ skills: json(queue.skills), targets: json(queue.targets), out_of_hours: queue.outOfHours },
      ...{ auto_serve: queue.autoServe, ring_parts: json(queue.ringParts), overflow: json(queue.overflow) },
      ...{ choice: queue.choice, relief: json(queue.relief), easing: json([]) },
    })
    .execute();
}

/** The easings of a queue, locked, also those whose time is over and whose end nobody saw to yet; undefined when there is no such queue. */
export async function lockEasing(tx: Tx, queueId: string): Promise<Easing[] | undefined> {
  const row = await routing(tx)
    .selectFrom("queue")
    .select("easing")
    .where("account_id", "=", tx.accountId)
    .where("id", "=", queueId)
    .forUpdate()
    .executeTakeFirst();
  return row?.easing;
}

/** Open work of a queue after the one given, in the order of the ids. */
export async function openInQueue(tx: Tx, queueId: string, after: string | null, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    select id from work_item where account_id = ${tx.accountId} and queue_id = ${queueId} and state not in ('done', 'withdrawn')
      and id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
    order by id limit ${limit}`.execute(routing(tx));
  return rows.rows.map((row) => row.id);
}

export async function saveEasing(tx: Tx, queueId: string, easing: readonly Easing[]): Promise<void> {
  await routing(tx)
    .updateTable("queue")
    .set({ easing: json([...easing]) })
    .where("account_id", "=", tx.accountId)
    .where("id", "=", queueId)
    .execute();
}

/** Saves what can be set of a queue; false when it is not in this version any more. */
export async function updateQueue(tx: Tx, queue: QueueRow): Promise<boolean> {
  const done = await routing(tx)
    .updateTable("queue")
    .set({
      ...{ name: queue.name, skills: json(queue.skills), auto_serve: queue.autoServe, choice: queue.choice },
      ...{ ring_parts: json(queue.ringParts), overflow: json(queue.overflow), version: queue.version + 1 },
    })
    .where("account_id", "=", tx.accountId)
    .where("id", "=", queue.id)
    .where("version", "=", queue.version)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

/** How near the priorities of each queue are to their shares of the turns. */
export async function turnsOf(tx: Tx): Promise<Map<string, Record<Priority, number>>> {
  const rows = await routing(tx)
    .selectFrom("queue_turn")
    .select(["queue_id", "turns"])
    .where("account_id", "=", tx.accountId)
    .execute();
  return new Map(rows.map((row) => [row.queue_id, row.turns]));
}

/** Waiting and open items of these queues, and the earliest due time of what waits. */
export async function queueFigures(
  tx: Tx,
  queueIds: readonly string[],
): Promise<Map<string, { waiting: number; open: number; firstDue: number | null }>> {
  const rows = await routing(tx)
    .selectFrom("work_item")
    .select((eb) => [
      "queue_id",
      eb.fn.countAll<number>().as("open"),
      eb.fn.countAll<number>().filterWhere("state", "in", ["queued", "offered"]).as("waiting"),
      eb.fn.min<number | null>("due_at").filterWhere("state", "in", ["queued", "offered"]).as("first_due"),
    ])
    .where("account_id", "=", tx.accountId)
    .where("queue_id", "=", sql<string>`any(${queueIds}::uuid[])`)
    .where("state", "not in", ["done", "withdrawn"])
    .groupBy("queue_id")
    .execute();
  return new Map(rows.map((r) => [r.queue_id, { waiting: r.waiting, open: r.open, firstDue: r.first_due }]));
}

/** How many items of these queues others have: in their hands, held out to them, put off by them. */
export async function heldByOthers(tx: Tx, queueIds: readonly string[], agentId: string): Promise<number> {
  const row = await routing(tx)
    .selectFrom("work_item")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("account_id", "=", tx.accountId)
    .where("queue_id", "=", sql<string>`any(${queueIds}::uuid[])`)
    .where("state", "not in", ["done", "withdrawn", "queued"])
    .where((eb) => eb.or([eb("owner_id", "is", null), eb("owner_id", "!=", agentId)]))
    .executeTakeFirstOrThrow();
  return row.n;
}
