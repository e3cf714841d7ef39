import type { Instant, Millis } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import { uuidv7 } from "#platform/ids";

/** What was touched by a step of somebody else, or changed past routing. */
export interface Touched {
  readonly step: number;
  readonly items: readonly string[];
  readonly agents: readonly string[];
  readonly everything: boolean;
}
/** How an act of routing begins, under the lock (the function `begin_routing`). */
export interface Begun {
  /** Made with the account's first act in this database. */
  readonly incarnation: string;
  /** The last step now, and before what was taken in as news by this act. */
  readonly step: number;
  readonly before: number;
  /** The last of the known steps that happened; null when none did, or too long ago. */
  readonly base: number | null;
  readonly token: number;
  /** Who leads now; null when nobody does. */
  readonly holder: string | null;
  readonly until: Instant;
  /** What the steps after `base` touched, the oldest first. */
  readonly since: readonly Touched[];
}

/** Takes the lock of routing until the transaction ends, and takes or prolongs the lease for `asker`. Always before any row of routing. */
export async function beginRouting(
  tx: Tx,
  asked: { asker: string | null; leaseMs: Millis; stallMs: Millis; known: readonly number[] },
): Promise<Begun> {
  const rows = await sql<{ begun: Begun }>`
    select begin_routing(${tx.accountId}, ${asked.asker}, ${ts(tx.now)}, ${asked.leaseMs}::integer, ${asked.stallMs}::integer,
      ${[...asked.known]}::bigint[], ${uuidv7(tx.now)}::uuid) as begun`.execute(tx.tables());
  return rows.rows[0]!.begun;
}

/** Who leads, without a lock. */
export async function leaseOf(tx: Tx, leaseMs: Millis): Promise<{ holder: string | null; until: Instant }> {
  const rows = await sql<{ holder: string | null; until: Instant }>`
    select holder, expires_at as until from routing_step where account_id = ${tx.accountId}`.execute(tx.tables());
  const { holder, until } = rows.rows[0] ?? { holder: null, until: 0 };
  const free = until <= tx.now || until > tx.now + leaseMs + CLOCKS_DIFFER;
  return { holder: free ? null : holder, until };
}
/** As `begin_routing` has it: a lease that lasts longer was taken by a clock that was put back since. */
const CLOCKS_DIFFER: Millis = 60_000;

export async function endLease(tx: Tx, holder: string): Promise<void> {
  await sql`update routing_step set expires_at = 'epoch' where account_id = ${tx.accountId} and holder = ${holder}`.execute(
    tx.tables(),
  );
}

/** Told at the commit to whoever leads. Notices may be lost: a timer is the net. */
export async function callRouter(tx: Tx): Promise<void> {
  await sql`select pg_notify(${ROUTER_WANTED}, ${tx.accountId}::text)`.execute(tx.tables());
}
/** The channel of `callRouter`. */
export const ROUTER_WANTED = "hubbub_routing";
