import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import type { Hunch, Reason } from "../domain/conclude.ts";
import type { Rung } from "../domain/ladder.ts";
import { pairKey } from "./statement-store.ts";

/** A question to a person about two handles. */
export interface Suggestion {
  id: string;
  a: string;
  b: string;
  kind: Hunch["kind"];
  rung: Rung;
  score: number;
  reasons: Reason[];
  messageId: string | null;
  madeAt: Instant;
  state: "open" | "accepted" | "refused" | "withdrawn";
  decidedBy: string | null;
  actId: string | null;
}

const COLUMNS = sql`g.id, g.handle_a as a, g.handle_b as b, g.kind, g.rung, g.score, g.reasons, g.message_id as "messageId", g.made_at as "madeAt",
  g.state, g.decided_by as "decidedBy", g.act_id as "actId"`;

/** Asks what was not asked before; more reasons for an open question are added. Returns the new ones. */
export async function insertSuggestions(tx: Tx, hunches: readonly Hunch[]): Promise<Suggestion[]> {
  if (hunches.length === 0) return [];
  const rows = new Map<string, object>();
  for (const h of hunches) {
    const key = `${pairKey(h.a, h.b, h.rung)}${h.kind === "impersonator" ? "/alike" : ""}`;
    const before = rows.get(key) as Hunch | undefined;
    const reasons = [...new Map([...(before?.reasons ?? []), ...h.reasons].map((r) => [r.code, r])).values()];
    rows.set(key, { ...h, key, id: uuidv7(tx.now), reasons, score: Math.max(h.score, before?.score ?? 0) });
  }
  const done = await sql<Suggestion>`
    insert into identity_suggestion as g (account_id, id, key, handle_a, handle_b, kind, rung, score, reasons, message_id, made_at)
    select ${tx.accountId}, r.id, r.key, r.a, r.b, r.kind, r.rung, r.score, r.reasons, r."messageId", ${ts(tx.now)}
    from jsonb_to_recordset(${json([...rows.values()])}::jsonb) as r(id uuid, key text, a uuid, b uuid, kind text, rung text, score real, reasons jsonb, "messageId" uuid) order by r.key
    on conflict (account_id, key) do update set state = 'open', reasons = excluded.reasons, score = excluded.score, message_id = excluded.message_id, made_at = excluded.made_at
      where g.state = 'withdrawn' returning ${COLUMNS}`.execute(tx.tables());
  return done.rows;
}

/** Questions that stand for nothing but this reason are withdrawn with it. */
export async function withdrawOf(tx: Tx, causeId: string): Promise<void> {
  const cause = json([{ of: causeId }]);
  await sql`update identity_suggestion set state = 'withdrawn'
    where account_id = ${tx.accountId} and state = 'open' and reasons @> ${cause}::jsonb and jsonb_array_length(reasons) = 1`.execute(
    tx.tables(),
  );
}

/** Open questions about these handles, the strongest first. */
export async function openSuggestions(tx: Tx, handleIds: readonly string[], limit: number): Promise<Suggestion[]> {
  if (handleIds.length === 0) return [];
  const found = await sql<Suggestion>`
    select ${COLUMNS} from identity_suggestion g where g.account_id = ${tx.accountId} and g.state = 'open'
      and (g.handle_a = any(${[...handleIds]}::uuid[]) or g.handle_b = any(${[...handleIds]}::uuid[]))
    order by g.score desc, g.id limit ${limit}`.execute(tx.tables());
  return found.rows;
}

export async function lockSuggestion(tx: Tx, id: string): Promise<Suggestion | null> {
  const found = await sql<Suggestion>`
    select ${COLUMNS} from identity_suggestion g where g.account_id = ${tx.accountId} and g.id = ${id} for update`.execute(
    tx.tables(),
  );
  return found.rows[0] ?? null;
}

export async function decideSuggestion(
  tx: Tx,
  id: string,
  as: { state: "accepted" | "refused"; by: string; actId: string },
): Promise<void> {
  await sql`update identity_suggestion set state = ${as.state}, decided_at = ${ts(tx.now)}, decided_by = ${as.by}, act_id = ${as.actId}
    where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables());
}

/** A decision that is taken back is a question again. */
export async function askAgain(tx: Tx, actId: string): Promise<void> {
  await sql`update identity_suggestion set state = 'open', decided_at = null, decided_by = null, act_id = null
    where account_id = ${tx.accountId} and act_id = ${actId}`.execute(tx.tables());
}
