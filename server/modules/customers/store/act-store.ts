import type { Instant } from "#platform/clock";
import { sql, storable, type Tx, ts } from "#platform/db";
import { uuidv7 } from "#platform/ids";

/** What a person decided about who is who. */
export interface Act {
  id: string;
  kind: "join" | "part" | "refuse" | "mark";
  customerId: string;
  otherId: string | null;
  reason: string;
  by: string;
  at: Instant;
  ord: number;
  undoneAt: Instant | null;
  undoneBy: string | null;
}
const COLUMNS = sql`a.id, a.kind, a.customer_id as "customerId", a.other_id as "otherId", a.reason, a.by_agent as "by", a.at, a.ord, a.undone_at as "undoneAt",
  a.undone_by as "undoneBy"`;

/** Inserted behind the locks of what it decides about, so that its `ord` says which came later. */
export async function insertAct(
  tx: Tx,
  act: Pick<Act, "kind" | "customerId" | "otherId" | "reason" | "by">,
): Promise<Act> {
  const done = await sql<Act>`
    insert into identity_act as a (account_id, id, kind, customer_id, other_id, reason, by_agent, at)
    values (${tx.accountId}, ${uuidv7(tx.now)}, ${act.kind}, ${act.customerId}, ${act.otherId}, ${storable(act.reason).slice(0, 500)}, ${act.by}, ${ts(tx.now)})
    returning ${COLUMNS}`.execute(tx.tables());
  return done.rows[0]!;
}

export async function lockAct(tx: Tx, id: string): Promise<Act | null> {
  const found = await sql<Act>`
    select ${COLUMNS} from identity_act a where a.account_id = ${tx.accountId} and a.id = ${id} for update`.execute(
    tx.tables(),
  );
  return found.rows[0] ?? null;
}

export async function findAct(tx: Tx, id: string): Promise<Act | null> {
  const found =
    await sql<Act>`select ${COLUMNS} from identity_act a where a.account_id = ${tx.accountId} and a.id = ${id}`.execute(
      tx.tables(),
    );
  return found.rows[0] ?? null;
}

export async function endAct(tx: Tx, id: string, by: string): Promise<void> {
  await sql`update identity_act set undone_at = ${ts(tx.now)}, undone_by = ${by}
    where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables());
}

/** What was decided about these customers, the newest first. */
export async function actsAbout(tx: Tx, customerIds: readonly string[], limit: number): Promise<Act[]> {
  const ids = [...customerIds];
  const found = await sql<Act>`
    select ${COLUMNS} from identity_act a where a.account_id = ${tx.accountId}
      and (a.customer_id = any(${ids}::uuid[]) or a.other_id = any(${ids}::uuid[])) order by a.ord desc limit ${limit}`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Says whether several people write from a handle. Returns its version, null where there is no such handle. */
export async function markShared(tx: Tx, handleId: string, shared: boolean): Promise<boolean> {
  const done = await sql`update handle set shared = ${shared}, version = version + 1
    where account_id = ${tx.accountId} and id = ${handleId} and shared <> ${shared}`.execute(tx.tables());
  return Number(done.numAffectedRows ?? 0) > 0;
}
