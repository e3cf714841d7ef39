import type { SkillGiven } from "#modules/people";
import type { Easing } from "#modules/routing";
import type { Instant } from "#platform/clock";
import { type Generated, type Json, json, type Ts, type TsNull, type Tx, ts, tsOrNull } from "#platform/db";

interface Stood {
  ownerId: string | null;
  queueId: string;
  priority: "urgent" | "high" | "normal" | "low";
  /** The first unanswered message and when an answer to it was due; acts of before it was kept have neither. */
  t0?: Instant;
  due?: Instant;
}
/** How an item stood before an act, and how the act left it: taken back only while it stands so still. */
export interface GaveBefore {
  workItemId: string;
  before: Stood;
  after: Stood;
}
/** What it takes to take an act back. */
export type ActDetail =
  | { kind: "give" | "priority"; items: GaveBefore[] }
  | { kind: "loan"; agentId: string; skillId: string; level: number; before: SkillGiven | null; reason: string }
  | { kind: "loan"; agentId: string; teamId: string; reason: string; surgeFor?: string }
  | { kind: "ease"; queueId: string; easing: Easing };

interface SupervisionTables {
  supervision_act: {
    account_id: string;
    id: string;
    kind: ActDetail["kind"];
    by_agent: string | null;
    at: Ts;
    ends_at: TsNull;
    ended_at: TsNull;
    detail: Json<ActDetail>;
    version: Generated<number>;
  };
}

/** One act of a supervisor. */
export interface SupervisionAct {
  id: string;
  /** Null: a rule did. */
  byAgent: string | null;
  at: Instant;
  endsAt: Instant | null;
  endedAt: Instant | null;
  detail: ActDetail;
  version: number;
}

const acts = (tx: Tx) => tx.tables<SupervisionTables>();
const columns = ["id", "by_agent", "at", "ends_at", "ended_at", "detail", "version"] as const;
type Row = {
  id: string;
  by_agent: string | null;
  at: Instant;
  ends_at: Instant | null;
  ended_at: Instant | null;
  detail: ActDetail;
  version: number;
};
const actOf = (row: Row): SupervisionAct => ({
  ...{ id: row.id, byAgent: row.by_agent, at: row.at, endsAt: row.ends_at, endedAt: row.ended_at },
  ...{ detail: row.detail, version: row.version },
});

export async function insertAct(
  tx: Tx,
  act: { id: string; byAgent: string | null; endsAt: Instant | null; detail: ActDetail },
): Promise<void> {
  await acts(tx)
    .insertInto("supervision_act")
    .values({
      ...{ account_id: tx.accountId, id: act.id, kind: act.detail.kind, by_agent: act.byAgent, at: ts(tx.now) },
      ...{ ends_at: tsOrNull(act.endsAt), detail: json(act.detail) },
    })
    .execute();
}

export async function lockAct(tx: Tx, id: string): Promise<SupervisionAct | undefined> {
  const row = await acts(tx)
    .selectFrom("supervision_act")
    .select(columns)
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row && actOf(row);
}

/** What holds for a time and is not over: what is lent, and what is easier. */
export async function openForNow(tx: Tx): Promise<SupervisionAct[]> {
  const rows = await acts(tx)
    .selectFrom("supervision_act")
    .select(columns)
    .where("account_id", "=", tx.accountId)
    .where("ended_at", "is", null)
    .where("ends_at", "is not", null)
    .orderBy("ends_at")
    .execute();
  return rows.map(actOf);
}

export async function endAct(tx: Tx, act: SupervisionAct): Promise<void> {
  await acts(tx)
    .updateTable("supervision_act")
    .set({ ended_at: ts(tx.now), version: act.version + 1 })
    .where("account_id", "=", tx.accountId)
    .where("id", "=", act.id)
    .execute();
}
