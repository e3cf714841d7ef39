import type { Instant } from "#platform/clock";
import { json, storable, type Tx, ts, tsOrNull } from "#platform/db";
import type { Page } from "../domain/page.ts";
import { type EscalationTables, escalations } from "./tables.ts";

export interface Escalation extends Page {
  readonly id: string;
  readonly topic: string;
  readonly trigger: string;
  readonly says: string;
  readonly brandId: string | null;
  readonly conversationId: string | null;
  readonly workItemId: string | null;
  readonly openedBy: string | null;
  readonly holding: readonly { locale: string; text: string }[];
  readonly approvers: readonly string[];
  readonly ladderVersion: number;
  readonly openedAt: Instant;
  readonly version: number;
}

type Row = import("kysely").Selectable<EscalationTables["escalation"]>;

function escalationOf(r: Row): Escalation {
  return {
    ...{ id: r.id, topic: r.topic, trigger: r.trigger, says: r.says, brandId: r.brand_id, openedBy: r.opened_by },
    ...{ conversationId: r.conversation_id, workItemId: r.work_item_id, holding: r.holding, approvers: r.approvers },
    ...{ ladderVersion: r.ladder_version, state: r.state, severity: r.severity, levels: r.levels, step: r.step },
    ...{ round: r.round, pages: r.pages, paged: r.paged, owner: r.owner_id, since: r.since, dueAt: r.due_at },
    ...{ alarmedAt: r.alarmed_at, goneAt: r.gone_at, seen: r.seen, endedAt: r.ended_at, endReason: r.end_reason },
    ...{ openedAt: r.opened_at, version: r.version },
  };
}

const all = (tx: Tx) => escalations(tx).selectFrom("escalation").selectAll().where("account_id", "=", tx.accountId);

/** Locked: one act at a time. */
export async function lockEscalation(tx: Tx, id: string): Promise<Escalation | undefined> {
  const row = await all(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && escalationOf(row);
}
export async function findEscalation(tx: Tx, id: string): Promise<Escalation | undefined> {
  const row = await all(tx).where("id", "=", id).executeTakeFirst();
  return row && escalationOf(row);
}
/** The open one of a topic, else the last that ended. Locked. */
export async function lockTopic(tx: Tx, topic: string): Promise<Escalation | undefined> {
  const row = await all(tx)
    .where("topic", "=", topic)
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row && escalationOf(row);
}
export async function openEscalations(tx: Tx, conversationId?: string): Promise<Escalation[]> {
  let query = all(tx).where("ended_at", "is", null);
  if (conversationId !== undefined) query = query.where("conversation_id", "=", conversationId);
  const rows = await query.orderBy("severity", "desc").orderBy("opened_at").limit(500).execute();
  return rows.map(escalationOf);
}
export async function endedEscalations(tx: Tx, limit: number): Promise<Escalation[]> {
  const rows = await all(tx).where("ended_at", "is not", null).orderBy("ended_at", "desc").limit(limit).execute();
  return rows.map(escalationOf);
}

const pageColumns = (e: Page) => ({
  ...{ state: e.state, severity: e.severity, levels: json(e.levels), step: e.step, round: e.round, pages: e.pages },
  ...{ paged: json(e.paged), owner_id: e.owner, seen: e.seen, since: ts(e.since), due_at: tsOrNull(e.dueAt) },
  ...{ alarmed_at: tsOrNull(e.alarmedAt), gone_at: tsOrNull(e.goneAt), ended_at: tsOrNull(e.endedAt) },
  end_reason: e.endReason === null ? null : storable(e.endReason),
});

/** False: another one of this topic is open already. */
export async function insertEscalation(tx: Tx, e: Escalation): Promise<boolean> {
  const done = await escalations(tx)
    .insertInto("escalation")
    .values({
      ...{ account_id: tx.accountId, id: e.id, topic: storable(e.topic), trigger: e.trigger, says: storable(e.says) },
      ...{ brand_id: e.brandId, conversation_id: e.conversationId, work_item_id: e.workItemId, opened_by: e.openedBy },
      ...{ holding: json(e.holding), approvers: json(e.approvers), ladder_version: e.ladderVersion },
      ...{ opened_at: ts(e.openedAt), ...pageColumns(e) },
    })
    .onConflict((c) => c.columns(["account_id", "topic"]).where("ended_at", "is", null).doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0) > 0;
}
export async function updateEscalation(tx: Tx, id: string, page: Page): Promise<number> {
  const row = await escalations(tx)
    .updateTable("escalation")
    .set((eb) => ({ ...pageColumns(page), version: eb("version", "+", 1) }))
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id)
    .returning("version")
    .executeTakeFirstOrThrow();
  return row.version;
}

export interface StepRow {
  at: Instant;
  act: string;
  agentId: string | null;
  says: string;
}
export async function addSteps(tx: Tx, escalationId: string, steps: readonly StepRow[]): Promise<void> {
  if (steps.length === 0) return;
  const last = await escalations(tx)
    .selectFrom("escalation_step")
    .select((eb) => eb.fn.coalesce(eb.fn.max("n"), eb.lit(0)).as("n"))
    .where("account_id", "=", tx.accountId)
    .where("escalation_id", "=", escalationId)
    .executeTakeFirstOrThrow();
  await escalations(tx)
    .insertInto("escalation_step")
    .values(
      steps.map((step, i) => ({
        ...{ account_id: tx.accountId, escalation_id: escalationId, n: Number(last.n) + i + 1, at: ts(step.at) },
        ...{ act: step.act, agent_id: step.agentId, says: storable(step.says) },
      })),
    )
    .execute();
}
export async function stepsOf(tx: Tx, escalationId: string): Promise<StepRow[]> {
  const rows = await escalations(tx)
    .selectFrom("escalation_step")
    .select(["at", "act", "agent_id", "says"])
    .where("account_id", "=", tx.accountId)
    .where("escalation_id", "=", escalationId)
    .orderBy("n")
    .limit(500)
    .execute();
  return rows.map((r) => ({ at: r.at, act: r.act, agentId: r.agent_id, says: r.says }));
}
