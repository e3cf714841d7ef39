import type { Instant } from "#platform/clock";
import { type Generated, type Json, json, sql, type Ts, type TsNull, type Tx, ts, tsOrNull } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { absent, type Presence, type PresenceState } from "../domain/presence.ts";
import type { PresenceStep } from "../domain/spans.ts";

interface WorkforceTables {
  presence: {
    account_id: string;
    agent_id: string;
    state: PresenceState;
    since: Ts;
    until: TsNull;
    reason: string | null;
    budget: Generated<number>;
    limits: Json<Record<string, number>>;
    apart: Json<(readonly string[])[]>;
    profile_id: string | null;
    version: Generated<number>;
  };
  presence_log: {
    account_id: string;
    id: string;
    agent_id: string;
    state: string;
    at: Ts;
    reason: string | null;
    by_agent: string | null;
  };
}
const columns = [
  "agent_id",
  "state",
  "since",
  "until",
  "reason",
  "budget",
  "limits",
  "apart",
  "profile_id",
  "version",
] as const;

function presenceOf<Row extends { agent_id: string; profile_id: string | null }>({
  agent_id,
  profile_id,
  ...row
}: Row) {
  return { agentId: agent_id, profileId: profile_id, ...row };
}

/** Presence of these agents, or of all who ever came. */
export async function findPresences(tx: Tx, agentIds?: readonly string[]): Promise<Presence[]> {
  if (agentIds?.length === 0) return [];
  let query = tx
    .tables<WorkforceTables>()
    .selectFrom("presence")
    .select(columns)
    .where("account_id", "=", tx.accountId);
  if (agentIds) query = query.where("agent_id", "=", sql<string>`any(${agentIds}::uuid[])`);
  return (await query.execute()).map(presenceOf);
}

/** Presence of all who are not offline, and of these. */
export async function findPresent(tx: Tx, agentIds: readonly string[]): Promise<Presence[]> {
  const rows = await tx
    .tables<WorkforceTables>()
    .selectFrom("presence")
    .select(columns)
    .where("account_id", "=", tx.accountId)
    .where((where) =>
      where.or([where("state", "<>", "offline"), where("agent_id", "=", sql<string>`any(${[...agentIds]}::uuid[])`)]),
    )
    .execute();
  return rows.map(presenceOf);
}

/** The row of one agent, locked until the end of the transaction; made when the agent comes for the first time. */
export async function lockPresence(tx: Tx, agentId: string): Promise<Presence> {
  const db = tx.tables<WorkforceTables>();
  const first = absent(agentId);
  await db
    .insertInto("presence")
    .values({
      ...{ account_id: tx.accountId, agent_id: agentId, state: first.state, since: ts(tx.now) },
      ...{ limits: json({}), apart: json([]), version: 0 },
    })
    .onConflict((on) => on.doNothing())
    .execute();
  const row = await db
    .selectFrom("presence")
    .select(columns)
    .where("account_id", "=", tx.accountId)
    .where("agent_id", "=", agentId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return presenceOf(row);
}

export async function savePresence(tx: Tx, presence: Presence, by: string | null): Promise<void> {
  const db = tx.tables<WorkforceTables>();
  const { agentId, state, since, until, reason, version } = presence;
  await db
    .updateTable("presence")
    .set({ state, since: ts(since), until: tsOrNull(until), reason, version })
    .where("account_id", "=", tx.accountId)
    .where("agent_id", "=", agentId)
    .execute();
  const id = uuidv7(tx.now);
  await db
    .insertInto("presence_log")
    .values({ account_id: tx.accountId, id, agent_id: agentId, state, at: ts(tx.now), reason, by_agent: by })
    .execute();
}

/** The log of an agent between two instants, with the last line before it. */
export async function presenceSteps(tx: Tx, agentId: string, from: Instant, to: Instant): Promise<PresenceStep[]> {
  const rows = await sql<PresenceStep>`
    (select state, at, reason, by_agent as "byAgent", id from presence_log
      where account_id = ${tx.accountId} and agent_id = ${agentId} and at <= ${ts(from)} order by at desc, id desc limit 1)
    union all
    (select state, at, reason, by_agent, id from presence_log
      where account_id = ${tx.accountId} and agent_id = ${agentId} and at > ${ts(from)} and at < ${ts(to)})
    order by at, id limit 5000`.execute(tx.tables());
  return rows.rows;
}

/** An agent's budget (100 is a full one) and own caps by kind of medium. */
export async function saveCapacity(
  tx: Tx,
  agentId: string,
  budget: number,
  limits: Readonly<Record<string, number>>,
): Promise<void> {
  await tx
    .tables<WorkforceTables>()
    .updateTable("presence")
    .set({ budget, limits: json(limits) })
    .where("account_id", "=", tx.accountId)
    .where("agent_id", "=", agentId)
    .execute();
}
