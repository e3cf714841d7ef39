import type { Instant } from "#platform/clock";
import { type Database, sql, type Tx, ts } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Source } from "../domain/adapter.ts";
import { among, type Only } from "./channel-store.ts";
import { uuidFloor } from "./recordset.ts";

export interface NewRaw {
  id: string;
  channelId: string;
  source: Source;
  receivedAt: Instant;
  /** JSON text that jsonb takes. */
  head: string;
  /** Sealed under the account's key. */
  body: Uint8Array;
  traceId: string | null;
  replayKey: string | null;
}

/** One statement for the whole batch; a request whose replay key is known from the last 24 hours is left out. Written twice is written once. */
export async function insertRaw(tx: Tx, rows: readonly NewRaw[]): Promise<void> {
  const column = <T>(pick: (row: NewRaw) => T): T[] => rows.map(pick);
  await sql`
    with given as (
      select * from unnest(${column((r) => r.id)}::uuid[], ${column((r) => r.channelId)}::uuid[], ${column((r) => r.source)}::text[], ${column((r) => ts(r.receivedAt))}::timestamptz[],
        ${column((r) => r.head)}::text[], ${column((r) => Buffer.from(r.body))}::bytea[], ${column((r) => r.traceId)}::text[], ${column((r) => r.replayKey)}::text[])
        as g(id, channel_id, source, received_at, head, body, trace_id, replay_key)
    ), fresh as (
      insert into hook_replay (account_id, channel_id, key, at)
      select distinct on (channel_id, replay_key) ${tx.accountId}::uuid, channel_id, replay_key, received_at from given where replay_key is not null
      order by channel_id, replay_key, id on conflict do nothing returning channel_id, key
    )
    insert into raw_inbox (account_id, id, channel_id, source, received_at, head, body, sealed, state, trace_id)
    select distinct on (g.channel_id, coalesce(g.replay_key, g.id::text)) ${tx.accountId}, g.id, g.channel_id, g.source, g.received_at, g.head::jsonb, g.body, true, 'new', g.trace_id
    from given g left join fresh f on f.channel_id = g.channel_id and f.key = g.replay_key
    where g.replay_key is null or f.key is not null
    order by g.channel_id, coalesce(g.replay_key, g.id::text), g.id
    on conflict do nothing`.execute(tx.tables());
}

export interface RawRow {
  id: string;
  source: Source;
  receivedAt: Instant;
  head: Record<string, unknown>;
  body: Buffer;
  sealed: boolean;
  tries: number;
  traceId: string | null;
}

/** Waiting input of a channel, oldest first; rows that another worker holds are skipped. `ids` narrows it (after a batch failed). */
export async function claimRaw(tx: Tx, channelId: string, limit: number, ids?: readonly string[]): Promise<RawRow[]> {
  const only = ids ? sql`and id = any(${[...ids]}::uuid[])` : sql``;
  const found =
    await sql<RawRow>`select id, source, received_at as "receivedAt", head, body, sealed, tries, trace_id as "traceId" from raw_inbox
    where account_id = ${tx.accountId} and channel_id = ${channelId} and state = 'new' ${only} order by id limit ${limit} for update skip locked`.execute(
      tx.tables(),
    );
  return found.rows;
}

export interface FinishedRaw {
  id: string;
  state: "parsed" | "quarantined";
  /** Null keeps the body as it is. */
  body: Uint8Array | null;
  error: string | null;
}

export async function finishRaw(tx: Tx, rows: readonly FinishedRaw[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update raw_inbox r set state = d.state, body = coalesce(d.body, r.body), error = d.error, tries = r.tries + 1
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.state)}::text[], ${rows.map((r) => (r.body ? Buffer.from(r.body) : null))}::bytea[], ${rows.map((r) => r.error)}::text[])
      as d(id, state, body, error)
    where r.account_id = ${tx.accountId} and r.id = d.id and r.id = any(${rows.map((r) => r.id)}::uuid[])`.execute(
    tx.tables(),
  );
}

/** Wipes raw copies of messages in which the beginning of a number was found only later. */
export async function dropRaw(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from raw_inbox where account_id = ${tx.accountId} and id = any(${[...ids]}::uuid[]) and state = 'parsed'`.execute(
    tx.tables(),
  );
}

/** Input is parsed again (a parser fault was mended): kept copies only. Returns how many wait now. */
export async function reopenRaw(tx: Tx, channelId: string, which: "quarantined" | "all"): Promise<number> {
  const states = which === "all" ? ["quarantined", "parsed"] : ["quarantined"];
  const done = await sql`update raw_inbox set state = 'new', error = null
    where account_id = ${tx.accountId} and channel_id = ${channelId} and state = any(${states}) and length(body) > 0`.execute(
    tx.tables(),
  );
  return Number(done.numAffectedRows ?? 0);
}

/** Channels of all accounts that have input waiting. Paused channels keep theirs until they are on again. */
export async function waitingChannels(
  db: Database,
  only: Only,
): Promise<{ accountId: AccountId; channelId: string }[]> {
  const found = await db.asSystem((trx) =>
    sql<{
      accountId: AccountId;
      channelId: string;
    }>`select account_id as "accountId", id as "channelId" from channel c
      where state <> 'paused' ${among(only)} and exists (select 1 from raw_inbox r where r.account_id = c.account_id and r.channel_id = c.id and r.state = 'new')`.execute(
      trx,
    ),
  );
  return found.rows;
}

/** Redacted copies go after a day, quarantine after seven, replay keys after a day. */
export async function purgeRaw(
  tx: Tx,
  channelId: string,
  parsedBefore: Instant,
  quarantinedBefore: Instant,
): Promise<void> {
  const q = tx.tables();
  await sql`delete from raw_inbox where account_id = ${tx.accountId} and channel_id = ${channelId}
    and ((state = 'parsed' and id < ${uuidFloor(parsedBefore)}::uuid) or (state = 'quarantined' and id < ${uuidFloor(quarantinedBefore)}::uuid))`.execute(
    q,
  );
  await sql`delete from hook_replay where account_id = ${tx.accountId} and channel_id = ${channelId} and at < ${ts(parsedBefore)}`.execute(
    q,
  );
}

export async function quarantinedCounts(tx: Tx): Promise<Map<string, number>> {
  const found = await sql<{
    id: string;
    n: number;
  }>`select channel_id as id, count(*)::int as n from raw_inbox where account_id = ${tx.accountId} and state = 'quarantined' group by 1`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((r) => [r.id, r.n]));
}

/** Whether input of a channel still waits to be parsed. */
export async function rawWaits(tx: Tx, channelId: string): Promise<boolean> {
  const found =
    await sql`select from raw_inbox where account_id = ${tx.accountId} and channel_id = ${channelId} and state = 'new' limit 1`.execute(
      tx.tables(),
    );
  return found.rows.length > 0;
}
