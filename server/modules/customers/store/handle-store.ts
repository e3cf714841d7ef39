import type { Instant } from "#platform/clock";
import { type Generated, type Json, json, sql, storable, type Ts, type TsNull, type Tx, ts } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { contactOf, handleName, isReusable, looks } from "../domain/keys.ts";
import { customerName, type Meeting } from "../domain/meet.ts";
import { changedHandsAt, type NameSpan, withSightings } from "../domain/name-spans.ts";

interface CustomerTable {
  account_id: string;
  id: string;
  name: string;
  kind: Generated<"person" | "organisation">;
  language: string | null;
  merged_into: string | null;
  state: Generated<"live" | "erased">;
  first_seen_at: Ts;
  last_seen_at: Ts;
  version: Generated<number>;
}
interface HandleTable {
  account_id: string;
  id: string;
  network: string;
  scope: string;
  external_id: string;
  handle: string;
  name: string;
  avatar_url: string | null;
  profile_url: string | null;
  followers: number | null;
  followers_at: TsNull;
  verified: boolean;
  is_bot: boolean;
  customer_id: string;
  handle_key: Generated<string>;
  look_key: Generated<string>;
  contact_key: string | null;
  home_customer_id: string | null;
  shared: Generated<boolean>;
  recycled_at: TsNull;
  state: Generated<"live" | "erased">;
  first_seen_at: Ts;
  last_seen_at: Ts;
  version: Generated<number>;
}
interface HandleJoinTable {
  account_id: string;
  id: string;
  handle_id: string;
  customer_id: string;
  evidence: Json<{ code: string; text: string }[]>;
  confidence: number;
  author_kind: "network" | "agent" | "system";
  author_id: string | null;
  at: Ts;
  undone_at: TsNull;
  undone_by: string | null;
}
export interface CustomerTables {
  customer: CustomerTable;
  handle: HandleTable;
  handle_join: HandleJoinTable;
}

export interface StoredHandle {
  id: string;
  customerId: string;
  network: string;
  scope: string;
  externalId: string;
  handle: string;
  name: string;
  /** The customer it is by itself. */
  homeId: string;
  firstSeenAt: Instant;
  lastSeenAt: Instant;
  /** The names it was seen under; empty where it cannot be given to somebody else. */
  names: NameSpan[];
  recycledAt: Instant | null;
  version: number;
}

/** The handles of these keys that are known already. */
export async function findHandles(tx: Tx, met: readonly Meeting[]): Promise<StoredHandle[]> {
  const rows = await sql<StoredHandle>`
    select h.id, h.customer_id as "customerId", h.network, h.scope, h.external_id as "externalId", h.handle, h.name, h.version,
      coalesce(h.home_customer_id, h.customer_id) as "homeId", h.first_seen_at as "firstSeenAt", h.last_seen_at as "lastSeenAt",
      h.names, h.recycled_at as "recycledAt"
    from handle h join unnest(${met.map((m) => m.network)}::text[], ${met.map((m) => m.scope)}::text[], ${met.map((m) => storable(m.externalId))}::text[]) as k(network, scope, external_id)
      on h.network = k.network and h.scope = k.scope and h.external_id = k.external_id
    where h.account_id = ${tx.accountId}`.execute(tx.tables());
  return rows.rows;
}

/**
 * One statement for the whole run: meets or refreshes every handle, and gives each new one a customer and a join of its own.
 * Rows are taken in the order of `met`, so two runs that share handles wait for one another instead of locking each other out.
 */
export async function upsertHandles(
  tx: Tx,
  met: readonly Meeting[],
): Promise<(Omit<StoredHandle, "names" | "recycledAt" | "firstSeenAt"> & { fresh: boolean })[]> {
  const evidence = json([{ code: "own-handle", text: "A handle is its own customer until something says otherwise." }]);
  const rows = met.map((m, n) => ({
    n,
    id: uuidv7(m.firstAt),
    customer_id: uuidv7(m.firstAt),
    join_id: uuidv7(tx.now),
    network: m.network,
    scope: m.scope,
    external_id: m.externalId,
    handle: m.handle.slice(0, 300),
    name: m.name.slice(0, 300),
    customer_name: customerName(m).slice(0, 300),
    ...{ handle_key: handleName(m.handle), look_key: looks(m.handle).slice(0, 300), contact_key: contactOf(m) },
    avatar_url: m.avatarUrl,
    profile_url: m.profileUrl,
    followers: m.followers,
    followers_at: m.followersAt === null ? null : new Date(m.followersAt).toISOString(),
    verified: m.verified,
    is_bot: m.isBot,
    first_at: new Date(m.firstAt).toISOString(),
    last_at: new Date(m.lastAt).toISOString(),
    ...namesOf(m),
  }));
  const done = await sql<Omit<StoredHandle, "names" | "recycledAt" | "firstSeenAt"> & { fresh: boolean }>`
    with wanted as (
      select * from jsonb_to_recordset(${json(rows)}::jsonb) as r(n integer, id uuid, customer_id uuid, join_id uuid, network text, scope text,
        external_id text, handle text, name text, customer_name text, avatar_url text, profile_url text, followers bigint,
        followers_at timestamptz, verified boolean, is_bot boolean, first_at timestamptz, last_at timestamptz, handle_key text, look_key text, contact_key text, names jsonb, recycled_at timestamptz)
    ), met as (
      insert into handle as h (account_id, id, network, scope, external_id, handle, name, avatar_url, profile_url, followers, followers_at,
        verified, is_bot, customer_id, home_customer_id, handle_key, look_key, contact_key, names, recycled_at, first_seen_at, last_seen_at)
      select ${tx.accountId}, id, network, scope, external_id, handle, name, avatar_url, profile_url, followers, followers_at,
        verified, is_bot, customer_id, customer_id, handle_key, look_key, contact_key, names, recycled_at, first_at, last_at from wanted order by n
      on conflict (account_id, network, scope, external_id) do update set
        handle = case when excluded.last_seen_at >= h.last_seen_at and excluded.handle <> '' then excluded.handle else h.handle end,
        handle_key = case when excluded.last_seen_at >= h.last_seen_at and excluded.handle <> '' then excluded.handle_key else h.handle_key end,
        look_key = case when excluded.last_seen_at >= h.last_seen_at and excluded.handle <> '' then excluded.look_key else h.look_key end,
        contact_key = coalesce(case when excluded.last_seen_at >= h.last_seen_at then excluded.contact_key end, h.contact_key),
        name = case when excluded.last_seen_at >= h.last_seen_at and excluded.name <> '' then excluded.name else h.name end,
        avatar_url = case when excluded.last_seen_at >= h.last_seen_at then coalesce(excluded.avatar_url, h.avatar_url) else h.avatar_url end,
        profile_url = case when excluded.last_seen_at >= h.last_seen_at then coalesce(excluded.profile_url, h.profile_url) else h.profile_url end,
        followers = case when excluded.followers_at >= coalesce(h.followers_at, '-infinity') then excluded.followers else h.followers end,
        followers_at = greatest(h.followers_at, excluded.followers_at),
        verified = case when excluded.last_seen_at >= h.last_seen_at then excluded.verified else h.verified end,
        is_bot = h.is_bot or excluded.is_bot,
        first_seen_at = least(h.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(h.last_seen_at, excluded.last_seen_at),
        version = h.version + case when excluded.last_seen_at >= h.last_seen_at and (
            (excluded.handle <> '' and excluded.handle <> h.handle) or (excluded.name <> '' and excluded.name <> h.name)
            or (excluded.followers is not null and excluded.followers is distinct from h.followers)) then 1 else 0 end
      where h.state = 'live'
      returning id, customer_id, home_customer_id, network, scope, external_id, handle, name, version, first_seen_at, last_seen_at
    ), fresh as (
      select m.*, w.join_id, w.customer_name from met m join wanted w on w.id = m.id
    ), customers as (
      insert into customer (account_id, id, name, first_seen_at, last_seen_at)
      select ${tx.accountId}, customer_id, customer_name, first_seen_at, last_seen_at from fresh
    ), joins as (
      insert into handle_join (account_id, id, handle_id, customer_id, evidence, confidence, author_kind, at)
      select ${tx.accountId}, join_id, id, customer_id, ${evidence}::jsonb, 1, 'network', ${ts(tx.now)} from fresh
    )
    select m.id, m.customer_id as "customerId", m.network, m.scope, m.external_id as "externalId", m.handle, m.name, m.version,
      coalesce(m.home_customer_id, m.customer_id) as "homeId", m.last_seen_at as "lastSeenAt", exists (select from fresh f where f.id = m.id) as fresh
    from met m`.execute(tx.tables());
  return done.rows;
}

/** Locks these customers in one fixed order and notes when they were last heard of. */
export async function touchCustomers(
  tx: Tx,
  seen: ReadonlyMap<string, { firstAt: Instant; lastAt: Instant; name: string | null }>,
): Promise<void> {
  const ids = [...seen.keys()].sort();
  if (ids.length === 0) return;
  await sql`select id from customer where account_id = ${tx.accountId} and id = any(${ids}::uuid[]) order by id for update`.execute(
    tx.tables(),
  );
  const rows = ids.map((id) => ({
    id,
    first_at: new Date(seen.get(id)!.firstAt).toISOString(),
    last_at: new Date(seen.get(id)!.lastAt).toISOString(),
    name: seen.get(id)!.name,
  }));
  await sql`
    update customer c set
      first_seen_at = least(c.first_seen_at, r.first_at), last_seen_at = greatest(c.last_seen_at, r.last_at),
      name = coalesce(r.name, c.name), version = c.version + case when r.name is distinct from null and r.name <> c.name then 1 else 0 end
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id uuid, first_at timestamptz, last_at timestamptz, name text)
    where c.account_id = ${tx.accountId} and c.id = r.id
      and (r.first_at < c.first_seen_at or r.last_at > c.last_seen_at or (r.name is not null and r.name <> c.name))`.execute(
    tx.tables(),
  );
}

function namesOf(m: Meeting): { names: NameSpan[]; recycled_at: string | null } {
  const names = isReusable(m) ? withSightings([], m.sightings) : [];
  const since = changedHandsAt(m, names);
  return { names, recycled_at: since === null ? null : new Date(since).toISOString() };
}

/** The names under which handles were seen, and since when each may be somebody else's. */
export async function saveNames(
  tx: Tx,
  named: readonly { id: string; names: readonly NameSpan[]; recycledAt: Instant | null }[],
): Promise<void> {
  if (named.length === 0) return;
  const rows = named.map(({ id, names, recycledAt }) => ({
    ...{ id, names },
    at: recycledAt === null ? null : new Date(recycledAt).toISOString(),
  }));
  await sql`update handle h set names = r.names, recycled_at = r.at, version = h.version + case when h.recycled_at is distinct from r.at then 1 else 0 end
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id uuid, names jsonb, at timestamptz) where h.account_id = ${tx.accountId} and h.id = r.id`.execute(
    tx.tables(),
  );
}
