import type { ReachWish } from "#contracts/escalation";
import type { Instant } from "#platform/clock";
import { json, storable, type Tx, ts } from "#platform/db";
import { escalations } from "./tables.ts";

/** What people wish; who is not in it has said nothing. */
export async function wishesOf(
  tx: Tx,
  agentIds: readonly string[],
): Promise<Map<string, { wish: ReachWish; version: number }>> {
  if (agentIds.length === 0) return new Map();
  const rows = await escalations(tx)
    .selectFrom("reach_wish")
    .select(["agent_id", "wish", "version"])
    .where("account_id", "=", tx.accountId)
    .where("agent_id", "in", [...agentIds])
    .execute();
  return new Map(rows.map((r) => [r.agent_id, { wish: r.wish, version: r.version }]));
}
/** False: it was changed meanwhile. */
export async function saveWish(tx: Tx, agentId: string, wish: ReachWish, expectedVersion: number): Promise<boolean> {
  const base = escalations(tx);
  if (expectedVersion === 0) {
    const made = await base
      .insertInto("reach_wish")
      .values({ account_id: tx.accountId, agent_id: agentId, wish: json(wish) })
      .onConflict((c) => c.columns(["account_id", "agent_id"]).doNothing())
      .executeTakeFirst();
    return Number(made.numInsertedOrUpdatedRows ?? 0) > 0;
  }
  const done = await base
    .updateTable("reach_wish")
    .set((eb) => ({ wish: json(wish), version: eb("version", "+", 1) }))
    .where("account_id", "=", tx.accountId)
    .where("agent_id", "=", agentId)
    .where("version", "=", expectedVersion)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

export interface PushBrowser {
  id: string;
  agentId: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  name: string;
  since: Instant;
}
export async function browsersOf(tx: Tx, agentIds: readonly string[]): Promise<PushBrowser[]> {
  if (agentIds.length === 0) return [];
  const rows = await escalations(tx)
    .selectFrom("push_browser")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .where("agent_id", "in", [...agentIds])
    .orderBy("since")
    .execute();
  return rows.map(({ account_id: _, agent_id: agentId, ...row }) => ({ agentId, ...row }));
}
/** A browser belongs to who asked last. */
export async function keepBrowser(tx: Tx, b: PushBrowser): Promise<void> {
  const { id, agentId, endpoint, p256dh, auth } = b;
  const mine = { agent_id: agentId, p256dh, auth, name: storable(b.name), since: ts(b.since) };
  await escalations(tx)
    .insertInto("push_browser")
    .values({ account_id: tx.accountId, id, endpoint, ...mine })
    .onConflict((c) => c.columns(["account_id", "endpoint"]).doUpdateSet(mine))
    .execute();
}
export async function dropBrowser(tx: Tx, id: string, agentId?: string): Promise<boolean> {
  let query = escalations(tx).deleteFrom("push_browser").where("account_id", "=", tx.accountId).where("id", "=", id);
  if (agentId !== undefined) query = query.where("agent_id", "=", agentId);
  return Number((await query.executeTakeFirst()).numDeletedRows) > 0;
}
/** The agent's browser of this address takes no more notices; whether there was one. */
export async function dropEndpoint(tx: Tx, endpoint: string, agentId: string): Promise<boolean> {
  const done = await escalations(tx)
    .deleteFrom("push_browser")
    .where("account_id", "=", tx.accountId)
    .where("endpoint", "=", endpoint)
    .where("agent_id", "=", agentId)
    .executeTakeFirst();
  return Number(done.numDeletedRows) > 0;
}
/** All browsers of these agents: their sessions were ended by somebody else. */
export async function dropBrowsersOf(tx: Tx, agentIds: readonly string[]): Promise<void> {
  if (agentIds.length === 0) return;
  await escalations(tx)
    .deleteFrom("push_browser")
    .where("account_id", "=", tx.accountId)
    .where("agent_id", "in", [...agentIds])
    .execute();
}

export async function findPushKey(tx: Tx): Promise<{ publicKey: string; privateKey: Buffer } | undefined> {
  const row = await escalations(tx)
    .selectFrom("push_key")
    .select(["public_key", "private_key"])
    .where("account_id", "=", tx.accountId)
    .executeTakeFirst();
  return row && { publicKey: row.public_key, privateKey: row.private_key };
}
export async function insertPushKey(tx: Tx, publicKey: string, privateKey: Buffer): Promise<void> {
  await escalations(tx)
    .insertInto("push_key")
    .values({ account_id: tx.accountId, public_key: publicKey, private_key: privateKey })
    .onConflict((c) => c.column("account_id").doNothing())
    .execute();
}

export interface PageWebhook {
  id: string;
  name: string;
  url: string;
  secret: Buffer;
  state: "on" | "dead";
  trouble: string | null;
  lastOkAt: Instant | null;
}
export async function webhooksOf(tx: Tx): Promise<PageWebhook[]> {
  const rows = await escalations(tx)
    .selectFrom("page_webhook")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .orderBy("id")
    .execute();
  return rows.map((r) => ({
    ...{ id: r.id, name: r.name, url: r.url, secret: r.secret, state: r.state, trouble: r.trouble },
    lastOkAt: r.last_ok_at,
  }));
}
export async function insertWebhook(tx: Tx, w: Pick<PageWebhook, "id" | "name" | "url" | "secret">): Promise<void> {
  await escalations(tx)
    .insertInto("page_webhook")
    .values({ account_id: tx.accountId, ...w, name: storable(w.name), state: "on", trouble: null, last_ok_at: null })
    .execute();
}
export async function deleteWebhook(tx: Tx, id: string): Promise<boolean> {
  const done = await escalations(tx)
    .deleteFrom("page_webhook")
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id)
    .executeTakeFirst();
  return Number(done.numDeletedRows) > 0;
}
export async function markWebhook(tx: Tx, id: string, trouble: string | null, dead: boolean): Promise<void> {
  await escalations(tx)
    .updateTable("page_webhook")
    .set({
      state: dead ? "dead" : "on",
      trouble: trouble === null ? null : storable(trouble),
      ...(trouble === null && { last_ok_at: ts(tx.now) }),
    })
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id)
    .execute();
}
