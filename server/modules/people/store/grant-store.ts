import type { Instant } from "#platform/clock";
import { type Tx, ts, tsOrNull } from "#platform/db";
import type { Grant } from "#platform/http/actor";
import { people } from "./agent-store.ts";

export interface GrantRow {
  id: string;
  subjectKind: "agent" | "team" | "api-key";
  subjectId: string;
  verb: string;
  scope: Grant["scope"];
  scopeId: string | null;
}

export async function allGrants(tx: Tx): Promise<GrantRow[]> {
  const rows = await people(tx)
    .selectFrom("access_grant")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .orderBy("id")
    .execute();
  return rows.map((r) => ({
    id: r.id,
    subjectKind: r.subject_kind,
    subjectId: r.subject_id,
    verb: r.verb,
    scope: r.scope_kind,
    scopeId: r.scope_id,
  }));
}
export async function insertGrant(tx: Tx, id: string, g: Omit<GrantRow, "id">): Promise<void> {
  await people(tx)
    .insertInto("access_grant")
    .values({
      account_id: tx.accountId,
      id,
      subject_kind: g.subjectKind,
      subject_id: g.subjectId,
      verb: g.verb,
      scope_kind: g.scope,
      scope_id: g.scopeId,
    })
    .execute();
}
/** Whose it was. */
export async function deleteGrant(
  tx: Tx,
  id: string,
): Promise<{ id: string; kind: GrantRow["subjectKind"] } | undefined> {
  const row = await people(tx)
    .deleteFrom("access_grant")
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id)
    .returning(["subject_id", "subject_kind"])
    .executeTakeFirst();
  return row && { id: row.subject_id, kind: row.subject_kind };
}

export interface ApiKey {
  id: string;
  name: string;
  createdAt: Instant;
  expiresAt: Instant | null;
  revokedAt: Instant | null;
  lastUsedAt: Instant | null;
}
export async function allApiKeys(tx: Tx): Promise<ApiKey[]> {
  const rows = await people(tx)
    .selectFrom("api_key")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .orderBy("id")
    .execute();
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    createdAt: r.created_at,
    expiresAt: r.expires_at,
    revokedAt: r.revoked_at,
    lastUsedAt: r.last_used_at,
  }));
}
export async function insertApiKey(
  tx: Tx,
  key: { id: string; name: string; hash: Buffer; createdBy: string; expiresAt: Instant | null },
): Promise<void> {
  await people(tx)
    .insertInto("api_key")
    .values({
      account_id: tx.accountId,
      id: key.id,
      name: key.name,
      secret_hash: key.hash,
      created_by: key.createdBy,
      created_at: ts(tx.now),
      expires_at: tsOrNull(key.expiresAt),
    })
    .execute();
}
export async function revokeApiKey(tx: Tx, id: string): Promise<boolean> {
  const done = await people(tx)
    .updateTable("api_key")
    .set({ revoked_at: ts(tx.now) })
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}
