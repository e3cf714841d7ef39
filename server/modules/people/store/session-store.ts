import type { Instant } from "#platform/clock";
import { type Database, sql, type Tx, ts } from "#platform/db";
import type { Grant } from "#platform/http/actor";

interface FoundActor {
  id: string;
  name: string;
  seenAt: Instant;
  grants: { verb: string; scope: Grant["scope"]; scopeId: string | null }[];
}

const GRANTS = sql`coalesce((
  select jsonb_agg(jsonb_build_object('verb', g.verb, 'scope', g.scope_kind, 'scopeId', g.scope_id)) from access_grant g
  where g.account_id = who.account_id and (g.subject_id = who.id or g.subject_id in (select m.team_id from team_member m where m.account_id = who.account_id and m.agent_id = who.id))), '[]')`;

/** One statement: the session, its agent and all rights. */
export async function findSession(tx: Tx, hash: Buffer): Promise<FoundActor | undefined> {
  const rows = await sql<FoundActor>`
    select who.id, who.name, s.seen_at as "seenAt", ${GRANTS} as grants
    from session s join agent who on who.account_id = s.account_id and who.id = s.agent_id
    where s.account_id = ${tx.accountId} and s.token_hash = ${hash} and s.ended_at is null and s.expires_at > ${ts(tx.now)} and who.state = 'active'`.execute(
    tx.tables(),
  );
  return rows.rows[0];
}
export async function findApiKey(tx: Tx, keyId: string, hash: Buffer): Promise<FoundActor | undefined> {
  const rows = await sql<FoundActor>`
    select who.id, who.name, coalesce(who.last_used_at, who.created_at) as "seenAt", ${GRANTS} as grants
    from api_key who
    where who.account_id = ${tx.accountId} and who.id = ${keyId} and who.secret_hash = ${hash} and who.revoked_at is null and (who.expires_at is null or who.expires_at > ${ts(tx.now)})`.execute(
    tx.tables(),
  );
  return rows.rows[0];
}
export async function insertSession(
  tx: Tx,
  s: { hash: Buffer; agentId: string; expiresAt: Instant; userAgent: string },
): Promise<void> {
  await sql`insert into session (account_id, token_hash, agent_id, created_at, seen_at, expires_at, user_agent)
    values (${tx.accountId}, ${s.hash}, ${s.agentId}, ${ts(tx.now)}, ${ts(tx.now)}, ${ts(s.expiresAt)}, ${s.userAgent.slice(0, 300)})`.execute(
    tx.tables(),
  );
}
export async function touchSession(tx: Tx, hash: Buffer, expiresAt: Instant): Promise<void> {
  await sql`update session set seen_at = ${ts(tx.now)}, expires_at = least(${ts(expiresAt)}, created_at + interval '7 days') where account_id = ${tx.accountId} and token_hash = ${hash}`.execute(
    tx.tables(),
  );
}
export async function touchApiKey(tx: Tx, keyId: string): Promise<void> {
  await sql`update api_key set last_used_at = ${ts(tx.now)} where account_id = ${tx.accountId} and id = ${keyId}`.execute(
    tx.tables(),
  );
}
/** Ends one session; returns whose it was and how many that agent has left. */
export async function endSession(tx: Tx, hash: Buffer): Promise<{ agentId: string; left: number } | undefined> {
  const rows = await sql<{
    agentId: string;
  }>`update session set ended_at = ${ts(tx.now)} where account_id = ${tx.accountId} and token_hash = ${hash} and ended_at is null returning agent_id as "agentId"`.execute(
    tx.tables(),
  );
  const agentId = rows.rows[0]?.agentId;
  if (!agentId) return undefined;
  const left = await sql<{
    n: number;
  }>`select count(*)::int as n from session where account_id = ${tx.accountId} and agent_id = ${agentId} and ended_at is null and expires_at > ${ts(tx.now)}`.execute(
    tx.tables(),
  );
  return { agentId, left: left.rows[0]?.n ?? 0 };
}
export async function endSessionsOf(tx: Tx, agentId: string): Promise<void> {
  await sql`update session set ended_at = ${ts(tx.now)} where account_id = ${tx.accountId} and agent_id = ${agentId} and ended_at is null`.execute(
    tx.tables(),
  );
}

/** Across accounts, before one is known: who has this e-mail address. A named statement of the system role. */
export async function findCredentials(
  db: Database,
  email: string,
): Promise<{ accountId: string; agentId: string; passwordHash: string | null; state: string; demo: boolean }[]> {
  return db.asSystem(
    async (trx) =>
      (
        await sql<{
          accountId: string;
          agentId: string;
          passwordHash: string | null;
          state: string;
          demo: boolean;
        }>`select account_id as "accountId", id as "agentId", password_hash as "passwordHash", state, demo from agent where email = ${email} order by created_at limit 5`.execute(
          trx,
        )
      ).rows,
  );
}
/** The demo company's agents, shown on the sign-in page while the demo is on. */
export async function findDemoAgents(
  db: Database,
): Promise<{ accountId: string; agentId: string; name: string; email: string; role: string }[]> {
  return db.asSystem(
    async (trx) =>
      (
        await sql<{
          accountId: string;
          agentId: string;
          name: string;
          email: string;
          role: string;
        }>`select account_id as "accountId", id as "agentId", name, email, initials as role from agent where demo and state = 'active' order by created_at, id limit 30`.execute(
          trx,
        )
      ).rows,
  );
}

export async function countAttempts(
  db: Database,
  buckets: readonly string[],
  since: Instant,
): Promise<{ bucket: string; n: number; oldest: Instant }[]> {
  return db.asSystem(
    async (trx) =>
      (
        await sql<{
          bucket: string;
          n: number;
          oldest: Instant;
        }>`select bucket, count(*)::int as n, min(at) as oldest from sign_in_attempt where bucket = any(${buckets}) and at > ${ts(since)} group by bucket`.execute(
          trx,
        )
      ).rows,
  );
}
export async function addAttempts(
  db: Database,
  buckets: readonly string[],
  now: Instant,
  forgetBefore: Instant,
): Promise<void> {
  await db.asSystem(async (trx) => {
    await sql`insert into sign_in_attempt (bucket, at) select b, ${ts(now)} from unnest(${buckets}::text[]) b`.execute(
      trx,
    );
    await sql`delete from sign_in_attempt where at < ${ts(forgetBefore)}`.execute(trx);
  });
}
export async function clearAttempts(db: Database, bucket: string): Promise<void> {
  await db.asSystem((trx) => sql`delete from sign_in_attempt where bucket = ${bucket}`.execute(trx));
}
export async function takeBackAttempt(db: Database, bucket: string, at: Instant): Promise<void> {
  await db.asSystem((trx) =>
    sql`delete from sign_in_attempt where ctid = (select ctid from sign_in_attempt where bucket = ${bucket} and at = ${ts(at)} limit 1)`.execute(
      trx,
    ),
  );
}
