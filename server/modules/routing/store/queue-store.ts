import { json, sql, type Tx } from "#platform/db";
import type { Priority } from "../domain/model.ts";
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
  }));
}

export async function insertQueue(tx: Tx, queue: Omit<QueueRow, "version">): Promise<void> {
  await routing(tx)
    .insertInto("queue")
    .values({
      ...{ account_id: tx.accountId, id: queue.id, name: queue.name, position: queue.position },
      ...{ team_id: queue.teamId, calendar_id: queue.calendarId, accepts: json(queue.accepts) },
      ...{ skills: json(queue.skills), targets: json(queue.targets), out_of_hours: queue.outOfHours },
      auto_serve: queue.autoServe,
    })
    .execute();
}

/** Weighted turns by queue. */
export async function turnsOf(tx: Tx): Promise<Map<string, Record<Priority, number>>> {
  const rows = await routing(tx)
    .selectFrom("queue_turn")
    .select(["queue_id", "turns"])
    .where("account_id", "=", tx.accountId)
    .execute();
  return new Map(rows.map((row) => [row.queue_id, row.turns]));
}

export async function saveTurns(tx: Tx, turns: ReadonlyMap<string, Record<Priority, number>>): Promise<void> {
  if (turns.size === 0) return;
  const values = [...turns].map(([queue_id, t]) => ({ account_id: tx.accountId, queue_id, turns: json(t) }));
  await routing(tx)
    .insertInto("queue_turn")
    .values(values)
    .onConflict((on) => on.columns(["account_id", "queue_id"]).doUpdateSet({ turns: sql`excluded.turns` }))
    .execute();
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
