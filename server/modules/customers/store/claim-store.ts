import { json, sql, storable, type Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import type { Claim, Known } from "../domain/conclude.ts";

const CLAIM = sql`c.handle_id as "handleId", c.kind, c.value, c.network, c.message_id as "messageId", c.brand_id as "brandId", c.language, c.sure, c.public, c.said_at as "saidAt"`;
/** So many handles or claims of one value are looked at; more are something public. */
const EACH = 6;

/** Keeps claims; one that a handle made before keeps the earliest time it was made. Returns how many are new. */
export async function insertClaims(tx: Tx, claims: readonly Claim[]): Promise<number> {
  const rows = claims.map((c) => ({
    ...c,
    id: uuidv7(tx.now),
    value: storable(c.value).slice(0, 300),
    saidAt: new Date(c.saidAt).toISOString(),
  }));
  const done = await sql<{ fresh: boolean }>`
    insert into identity_claim as c (account_id, id, handle_id, kind, value, network, message_id, brand_id, language, sure, public, said_at)
    select distinct on (r."handleId", r.kind, r.network, r.value) ${tx.accountId}, r.id, r."handleId", r.kind, r.value, r.network, r."messageId", r."brandId", r.language, r.sure, r.public, r."saidAt"
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id uuid, "handleId" uuid, kind text, value text, network text, "messageId" uuid, "brandId" uuid, language text, sure boolean, public boolean, "saidAt" timestamptz)
    order by r."handleId", r.kind, r.network, r.value, r.sure desc, r.public, r."saidAt"
    on conflict (account_id, handle_id, kind, network, value) do update set public = c.public and excluded.public, sure = c.sure or excluded.sure,
      message_id = case when excluded.said_at < c.said_at then excluded.message_id else c.message_id end, said_at = least(c.said_at, excluded.said_at)
    returning (xmax = 0) or c.public or not c.sure as fresh`.execute(tx.tables());
  return done.rows.filter((r) => r.fresh).length;
}

/** Claims that name one of these values, a few of each, and all that these handles made. */
export async function claimsOn(tx: Tx, values: readonly string[]): Promise<Claim[]> {
  if (values.length === 0) return [];
  const found = await sql<Claim>`
    select ${CLAIM} from unnest(${values.map(storable)}::text[]) as v(value) cross join lateral (
      select * from identity_claim where account_id = ${tx.accountId} and value = v.value order by said_at limit ${EACH}) c`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Live handles that are called so, look so, or are this address or number; a few of each. */
export async function handlesCalled(
  tx: Tx,
  by: {
    names: readonly string[];
    looks: readonly string[];
    contacts: readonly string[];
    /** Of these the addresses. */
    domains: readonly string[];
  },
): Promise<Known[]> {
  if (by.names.length + by.looks.length + by.contacts.length + by.domains.length === 0) return [];
  const alike = (column: "handle_key" | "look_key" | "contact_key" | "mail_domain", values: readonly string[]) => sql`
    select h.* from unnest(${values.map(storable)}::text[]) as v(value) cross join lateral (
      select * from handle where account_id = ${tx.accountId} and ${sql.ref(column)} = v.value and state = 'live' limit ${EACH}) h where v.value <> ''`;
  const found = await sql<Known>`
    select distinct on (h.id) h.id, h.network, h.scope, h.external_id as "externalId", h.handle, h.name, h.is_bot as "isBot", h.first_seen_at as "firstSeenAt"
    from (${alike("handle_key", by.names)} union all ${alike("look_key", by.looks)} union all ${alike("contact_key", by.contacts)}${by.domains.length === 0 ? sql`` : sql` union all ${alike("mail_domain", by.domains)}`}) h order by h.id`.execute(
    tx.tables(),
  );
  return found.rows;
}

export async function knownHandles(tx: Tx, ids: readonly string[]): Promise<Known[]> {
  if (ids.length === 0) return [];
  const found = await sql<Known>`
    select h.id, h.network, h.scope, h.external_id as "externalId", h.handle, h.name, h.is_bot as "isBot", h.first_seen_at as "firstSeenAt"
    from handle h where h.account_id = ${tx.accountId} and h.id = any(${[...ids]}::uuid[]) and h.state = 'live'`.execute(
    tx.tables(),
  );
  return found.rows;
}
