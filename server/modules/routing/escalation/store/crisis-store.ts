import type { Instant } from "#platform/clock";
import { storable, type Tx, ts, tsOrNull } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { type EscalationTables, escalations } from "./tables.ts";

export interface Crisis {
  id: string;
  brandId: string;
  topic: string;
  state: "running" | "over";
  escalationId: string | null;
  spokespersonId: string;
  /** The spokesperson's name. */
  speaker: string;
  paused: boolean;
  holding: string;
  startedAt: Instant;
  startedBy: string | null;
  endedAt: Instant | null;
  endedBy: string | null;
  review: string | null;
  version: number;
}
type Row = import("kysely").Selectable<EscalationTables["crisis"]>;
function crisisOf(r: Row): Crisis {
  return {
    ...{ id: r.id, brandId: r.brand_id, topic: r.topic, state: r.state, escalationId: r.escalation_id },
    ...{
      spokespersonId: r.spokesperson_id,
      speaker: r.speaker,
      paused: r.paused,
      holding: r.holding,
      startedAt: r.started_at,
    },
    ...{ startedBy: r.started_by, endedAt: r.ended_at, endedBy: r.ended_by, review: r.review, version: r.version },
  };
}
const all = (tx: Tx) => escalations(tx).selectFrom("crisis").selectAll().where("account_id", "=", tx.accountId);

export async function runningCrises(tx: Tx): Promise<Crisis[]> {
  return (await all(tx).where("state", "=", "running").orderBy("started_at").limit(50).execute()).map(crisisOf);
}
export async function pastCrises(tx: Tx): Promise<Crisis[]> {
  return (await all(tx).where("state", "=", "over").orderBy("started_at", "desc").limit(20).execute()).map(crisisOf);
}
export async function findCrisis(tx: Tx, id: string): Promise<Crisis | undefined> {
  const row = await all(tx).where("id", "=", id).executeTakeFirst();
  return row && crisisOf(row);
}
export async function lockCrisis(tx: Tx, id: string): Promise<Crisis | undefined> {
  const row = await all(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && crisisOf(row);
}
/** The running crises that bind a conversation. */
export async function crisesOfConversation(tx: Tx, conversationId: string): Promise<Crisis[]> {
  const rows = await escalations(tx)
    .selectFrom("crisis as c")
    .innerJoin("crisis_conversation as b", (j) =>
      j.onRef("b.account_id", "=", "c.account_id").onRef("b.crisis_id", "=", "c.id"),
    )
    .selectAll("c")
    .where("c.account_id", "=", tx.accountId)
    .where("b.conversation_id", "=", conversationId)
    .where("c.state", "=", "running")
    .orderBy("c.started_at")
    .execute();
  return rows.map(crisisOf);
}
export async function insertCrisis(tx: Tx, c: Crisis): Promise<void> {
  await escalations(tx)
    .insertInto("crisis")
    .values({
      ...{ account_id: tx.accountId, id: c.id, brand_id: c.brandId, topic: storable(c.topic), state: c.state },
      ...{ escalation_id: c.escalationId, spokesperson_id: c.spokespersonId, speaker: c.speaker, paused: c.paused },
      ...{ holding: storable(c.holding), started_at: ts(c.startedAt), started_by: c.startedBy },
    })
    .execute();
}
export async function updateCrisis(tx: Tx, c: Crisis): Promise<number> {
  const row = await escalations(tx)
    .updateTable("crisis")
    .set((eb) => ({
      ...{
        state: c.state,
        spokesperson_id: c.spokespersonId,
        speaker: c.speaker,
        paused: c.paused,
        holding: storable(c.holding),
      },
      ...{ ended_at: tsOrNull(c.endedAt), ended_by: c.endedBy, review: c.review === null ? null : storable(c.review) },
      version: eb("version", "+", 1),
    }))
    .where("account_id", "=", tx.accountId)
    .where("id", "=", c.id)
    .returning("version")
    .executeTakeFirstOrThrow();
  return row.version;
}
export async function bindConversations(tx: Tx, crisisId: string, ids: readonly string[], by: string): Promise<void> {
  if (ids.length === 0) return;
  await escalations(tx)
    .insertInto("crisis_conversation")
    .values(
      [...new Set(ids)].map((id) => ({
        ...{ account_id: tx.accountId, crisis_id: crisisId, conversation_id: id, bound_at: ts(tx.now), bound_by: by },
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute();
}
export async function unbindConversation(tx: Tx, crisisId: string, conversationId: string): Promise<void> {
  await escalations(tx)
    .deleteFrom("crisis_conversation")
    .where("account_id", "=", tx.accountId)
    .where("crisis_id", "=", crisisId)
    .where("conversation_id", "=", conversationId)
    .execute();
}
export async function boundTo(tx: Tx, crisisIds: readonly string[]): Promise<Map<string, string[]>> {
  if (crisisIds.length === 0) return new Map();
  const rows = await escalations(tx)
    .selectFrom("crisis_conversation")
    .select(["crisis_id", "conversation_id"])
    .where("account_id", "=", tx.accountId)
    .where("crisis_id", "in", [...crisisIds])
    .orderBy("bound_at")
    .execute();
  return new Map(
    [...Map.groupBy(rows, (r) => r.crisis_id)].map(([id, own]) => [id, own.map((r) => r.conversation_id)]),
  );
}
export async function logCrisis(
  tx: Tx,
  crisisId: string,
  agentId: string | null,
  act: string,
  says = "",
): Promise<void> {
  await escalations(tx)
    .insertInto("crisis_log")
    .values({
      ...{ account_id: tx.accountId, id: uuidv7(tx.now), crisis_id: crisisId, at: ts(tx.now), agent_id: agentId, act },
      says: storable(says),
    })
    .execute();
}
export async function crisisLog(
  tx: Tx,
  crisisId: string,
): Promise<{ at: Instant; agentId: string | null; act: string; says: string }[]> {
  const rows = await escalations(tx)
    .selectFrom("crisis_log")
    .select(["at", "agent_id", "act", "says"])
    .where("account_id", "=", tx.accountId)
    .where("crisis_id", "=", crisisId)
    .orderBy("at")
    .orderBy("id")
    .limit(500)
    .execute();
  return rows.map((r) => ({ at: r.at, agentId: r.agent_id, act: r.act, says: r.says }));
}
