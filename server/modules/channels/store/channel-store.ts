import type { Instant } from "#platform/clock";
import { type Database, json, sql, type Tx, ts } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Capabilities } from "#shared/capabilities";

/** The accounts a process works for; null: all. */
export type Only = readonly AccountId[] | null;
export const among = (only: Only) => (only === null ? sql`` : sql`and account_id = any(${[...only]}::uuid[])`);

/** `archive`: a place of the past, of which history was imported. Nothing is heard or sent there. */
export type ChannelState = "on" | "paused" | "needs-reauth" | "misconfigured" | "archive";

export interface ChannelRow {
  id: string;
  brandId: string;
  network: string;
  name: string;
  externalId: string;
  handle: string;
  state: ChannelState;
  trouble: string | null;
  troubleSince: Instant | null;
  hookId: string;
  config: Record<string, unknown>;
  secret: Uint8Array | null;
  /** What an administrator changed of the network's capabilities. */
  overrides: Partial<Capabilities>;
  lastInboundAt: Instant | null;
  lastReconcileAt: Instant | null;
  /** From the network's time of the newest message to ours, in milliseconds. */
  lastInboundLagMs: number | null;
  version: number;
}

type NewRow = Omit<
  ChannelRow,
  "trouble" | "troubleSince" | "lastInboundAt" | "lastReconcileAt" | "lastInboundLagMs" | "version"
>;

const COLUMNS = sql`id, brand_id as "brandId", network, name, external_id as "externalId", handle, state, trouble, trouble_since as "troubleSince",
  hook_id as "hookId", config, secret, capabilities as overrides, last_inbound_at as "lastInboundAt", last_reconcile_at as "lastReconcileAt",
  last_inbound_lag_ms as "lastInboundLagMs", version`;

export async function findChannels(tx: Tx, ids?: readonly string[]): Promise<ChannelRow[]> {
  const which = ids ? sql`and id = any(${[...ids]}::uuid[])` : sql``;
  const found =
    await sql<ChannelRow>`select ${COLUMNS} from channel where account_id = ${tx.accountId} ${which} order by name, id`.execute(
      tx.tables(),
    );
  return found.rows;
}

export async function findChannel(tx: Tx, id: string, lock = false): Promise<ChannelRow | null> {
  const found =
    await sql<ChannelRow>`select ${COLUMNS} from channel where account_id = ${tx.accountId} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx.tables(),
    );
  return found.rows[0] ?? null;
}

export async function insertChannel(tx: Tx, row: NewRow): Promise<void> {
  await sql`insert into channel (account_id, id, brand_id, network, name, external_id, handle, state, hook_id, config, secret, capabilities, created_at)
    values (${tx.accountId}, ${row.id}, ${row.brandId}, ${row.network}, ${row.name}, ${row.externalId}, ${row.handle}, ${row.state}, ${row.hookId},
      ${json(row.config)}::jsonb, ${row.secret ? Buffer.from(row.secret) : null}, ${json(row.overrides)}::jsonb, ${ts(tx.now)})`.execute(
    tx.tables(),
  );
}

/** False when somebody made it at the same moment. */
export async function insertChannelOnce(tx: Tx, row: NewRow): Promise<boolean> {
  const done =
    await sql`insert into channel (account_id, id, brand_id, network, name, external_id, handle, state, hook_id, config, secret, capabilities, created_at)
    values (${tx.accountId}, ${row.id}, ${row.brandId}, ${row.network}, ${row.name}, ${row.externalId}, ${row.handle}, ${row.state}, ${row.hookId},
      ${json(row.config)}::jsonb, null, ${json(row.overrides)}::jsonb, ${ts(tx.now)}) on conflict do nothing`.execute(
      tx.tables(),
    );
  return Number(done.numAffectedRows ?? 0) === 1;
}

export async function updateChannelState(
  tx: Tx,
  id: string,
  state: ChannelState,
  trouble: string | null,
): Promise<number> {
  const done = await sql<{
    version: number;
  }>`update channel set state = ${state}, trouble = ${trouble}, version = version + 1,
      trouble_since = case when ${trouble}::text is null then null when trouble is null then ${ts(tx.now)}::timestamptz else trouble_since end
    where account_id = ${tx.accountId} and id = ${id} returning version`.execute(tx.tables());
  return done.rows[0]?.version ?? 0;
}

/** A session was renewed or a password changed: no change that people see. */
export async function updateChannelSecret(tx: Tx, id: string, secret: Uint8Array): Promise<void> {
  await sql`update channel set secret = ${Buffer.from(secret)} where account_id = ${tx.accountId} and id = ${id}`.execute(
    tx.tables(),
  );
}

/** Our account is connected anew: another way to it, the same channel. */
export async function updateChannelAccess(
  tx: Tx,
  id: string,
  to: Pick<ChannelRow, "name" | "handle" | "config" | "secret">,
): Promise<void> {
  await sql`update channel set name = ${to.name}, handle = ${to.handle}, config = ${json(to.config)}::jsonb, secret = ${to.secret ? Buffer.from(to.secret) : null}
    where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables());
}

/** Not a change that people act on: the version stays. */
export async function touchChannel(
  tx: Tx,
  id: string,
  what: "last_inbound_at" | "last_reconcile_at",
  at: Instant,
): Promise<void> {
  const column = what === "last_inbound_at" ? sql`last_inbound_at` : sql`last_reconcile_at`;
  await sql`update channel set ${column} = ${ts(at)} where account_id = ${tx.accountId} and id = ${id} and (${column} is null or ${column} < ${ts(at)})`.execute(
    tx.tables(),
  );
}

/** Input was read: when it came, and how far behind the network's own time. */
export async function touchInbound(tx: Tx, id: string, at: Instant, lagMs: number | null): Promise<void> {
  await sql`update channel set last_inbound_at = ${ts(at)}, last_inbound_lag_ms = coalesce(${lagMs}::int, last_inbound_lag_ms)
    where account_id = ${tx.accountId} and id = ${id} and (last_inbound_at is null or last_inbound_at < ${ts(at)})`.execute(
    tx.tables(),
  );
}

/** The channel that is this account of ours on this network, if there is one; locked. */
export async function findChannelOf(tx: Tx, network: string, externalId: string): Promise<ChannelRow | null> {
  const found = await sql<ChannelRow>`select ${COLUMNS} from channel
    where account_id = ${tx.accountId} and network = ${network} and external_id = ${externalId} order by id limit 1 for update`.execute(
    tx.tables(),
  );
  return found.rows[0] ?? null;
}

/** Its secret is forgotten and its address for pushes is nobody's: what it brought stays. */
export async function disconnectRow(tx: Tx, id: string, hookId: string): Promise<void> {
  await sql`update channel set secret = null, hook_id = ${hookId} where account_id = ${tx.accountId} and id = ${id}`.execute(
    tx.tables(),
  );
}

/** Connected channels of all accounts, paused ones as well: an alarm of theirs is over. */
export async function channelsToWatch(db: Database, only: Only): Promise<ChannelPlace[]> {
  const found = await db.asSystem((trx) =>
    sql<ChannelPlace>`select account_id as "accountId", id as "channelId", network from channel
      where state <> 'archive' ${among(only)} order by account_id, id`.execute(trx),
  );
  return found.rows;
}

/** The whole webhook → channel look-up across accounts (D3): the hook's random name says which account it is. */
export async function findHookOwner(
  db: Database,
  hookId: string,
): Promise<{ accountId: AccountId; channelId: string } | null> {
  const found = await db.asSystem((trx) =>
    sql<{
      accountId: AccountId;
      channelId: string;
    }>`select account_id as "accountId", id as "channelId" from channel where hook_id = ${hookId}`.execute(trx),
  );
  return found.rows[0] ?? null;
}

export interface ChannelPlace {
  accountId: AccountId;
  channelId: string;
  network: string;
}

/** Channels that are on, of all accounts: the pull loops look after them. */
export async function channelsThatAreOn(db: Database, only: Only): Promise<ChannelPlace[]> {
  const found = await db.asSystem((trx) =>
    sql<ChannelPlace>`select account_id as "accountId", id as "channelId", network from channel where state = 'on' ${among(only)} order by id`.execute(
      trx,
    ),
  );
  return found.rows;
}

/** Everything that changes messages of a channel runs one after the other: a creation and its deletion cannot miss one another. */
export async function lockChannel(tx: Tx, channelId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`channel ${tx.accountId} ${channelId}`}, 0))`.execute(
    tx.tables(),
  );
}

export async function findAccountOfChannel(db: Database, channelId: string): Promise<AccountId | null> {
  const found = await db.asSystem((trx) =>
    sql<{ accountId: AccountId }>`select account_id as "accountId" from channel where id = ${channelId}`.execute(trx),
  );
  return found.rows[0]?.accountId ?? null;
}
