import type { Instant } from "#platform/clock";
import { sql, storable, type Tx, ts } from "#platform/db";

/** Instants are epoch milliseconds; `by` is an agent's (or key's) id. */
export interface OrganisationOf {
  id: string;
  name: string;
  role: string;
  at: Instant;
}
export interface FieldValue {
  key: string;
  value: string | null;
  at: Instant;
  by: string | null;
  version: number;
}
export interface ConsentSaid {
  purpose: string;
  given: boolean;
  source: string;
  at: Instant;
  by: string | null;
}
export interface CustomerNote {
  id: string;
  agentId: string;
  text: string;
  at: Instant;
}

/** A customer and whoever he was before his handles were joined: what was noted of them is noted of him. */
const selves = (tx: Tx, customerId: string) => sql`(select ${customerId}::uuid union
  select h.home_customer_id from handle h where h.account_id = ${tx.accountId} and h.customer_id = ${customerId} and h.home_customer_id is not null)`;

export async function selectOrganisations(tx: Tx, customerId: string): Promise<OrganisationOf[]> {
  const found = await sql<OrganisationOf>`
    select distinct on (lower(o.name), o.id) o.id, o.name, c.role, c.added_at as at
    from customer_organisation c join organisation o on o.account_id = c.account_id and o.id = c.organisation_id
    where c.account_id = ${tx.accountId} and c.customer_id in ${selves(tx, customerId)}
    order by lower(o.name), o.id, (c.customer_id = ${customerId}::uuid) desc, c.added_at desc limit 50`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** The newest value of each field; the customer's own before one of whoever he was. */
export async function selectFields(tx: Tx, customerId: string): Promise<FieldValue[]> {
  const found = await sql<FieldValue>`
    select distinct on (f.key) f.key, f.value, f.set_at as at, f.set_by as by, case when f.customer_id = ${customerId}::uuid then f.version else 0 end as version
    from customer_field f where f.account_id = ${tx.accountId} and f.customer_id in ${selves(tx, customerId)}
    order by f.key, (f.customer_id = ${customerId}::uuid) desc, f.set_at desc`.execute(tx.tables());
  return found.rows;
}

/** The last word on each purpose. */
export async function selectConsents(tx: Tx, customerId: string): Promise<ConsentSaid[]> {
  const found = await sql<ConsentSaid>`
    select distinct on (c.purpose) c.purpose, c.given, c.source, c.at, c.recorded_by as by
    from consent c where c.account_id = ${tx.accountId} and c.customer_id in ${selves(tx, customerId)}
    order by c.purpose, c.at desc, c.id desc`.execute(tx.tables());
  return found.rows;
}

/** The newest fifty. */
export async function selectNotes(tx: Tx, customerId: string): Promise<CustomerNote[]> {
  const found = await sql<CustomerNote>`
    select n.id, n.agent_id as "agentId", n.text, n.at from customer_note n
    where n.account_id = ${tx.accountId} and n.customer_id in ${selves(tx, customerId)} and n.deleted_at is null
    order by n.at desc, n.id desc limit 50`.execute(tx.tables());
  return found.rows;
}

/** The organisation of this name, made when it is met for the first time; capitals do not matter. */
export async function meetOrganisation(tx: Tx, org: { id: string; name: string; by: string | null }): Promise<string> {
  const name = storable(org.name);
  const met = await sql<{ id: string }>`
    insert into organisation as o (account_id, id, name, name_key, created_at, created_by)
    values (${tx.accountId}, ${org.id}, ${name}, ${name.normalize("NFKC").toLowerCase()}, ${ts(tx.now)}, ${org.by})
    on conflict (account_id, name_key) do update set name = o.name returning o.id`.execute(tx.tables());
  return met.rows[0]!.id;
}

export async function putMembership(
  tx: Tx,
  of: { customerId: string; organisationId: string; role: string; by: string | null },
): Promise<void> {
  await sql`
    insert into customer_organisation (account_id, customer_id, organisation_id, role, added_at, added_by)
    values (${tx.accountId}, ${of.customerId}, ${of.organisationId}, ${storable(of.role)}, ${ts(tx.now)}, ${of.by})
    on conflict (account_id, customer_id, organisation_id) do update set role = excluded.role`.execute(tx.tables());
}

/** False when there was none. */
export async function deleteMembership(tx: Tx, customerId: string, organisationId: string): Promise<boolean> {
  const done =
    await sql`delete from customer_organisation where account_id = ${tx.accountId} and organisation_id = ${organisationId}
    and customer_id in ${selves(tx, customerId)}`.execute(tx.tables());
  return Number(done.numAffectedRows ?? 0) > 0;
}

/** Writes a field when nobody wrote meanwhile; the new version, or null. `expected` 0: it has no value of its own yet. */
export async function putField(
  tx: Tx,
  f: { customerId: string; key: string; value: string | null; by: string | null; expected: number },
): Promise<number | null> {
  const value = f.value === null ? null : storable(f.value);
  const row = await sql<{ version: number }>`
    insert into customer_field as c (account_id, customer_id, key, value, set_at, set_by, version)
    select ${tx.accountId}, ${f.customerId}, ${f.key}, ${value}, ${ts(tx.now)}, ${f.by}, 1
    where ${f.expected}::integer = 0 or exists (select 1 from customer_field x where x.account_id = ${tx.accountId} and x.customer_id = ${f.customerId} and x.key = ${f.key})
    on conflict (account_id, customer_id, key) do update set value = excluded.value, set_at = excluded.set_at, set_by = excluded.set_by, version = c.version + 1
      where c.version = ${f.expected}
    returning c.version`.execute(tx.tables());
  return row.rows[0]?.version ?? null;
}

export async function insertConsent(
  tx: Tx,
  c: { id: string; customerId: string; purpose: string; given: boolean; source: string; by: string | null },
): Promise<void> {
  await sql`insert into consent (account_id, id, customer_id, purpose, given, source, at, recorded_by)
    values (${tx.accountId}, ${c.id}, ${c.customerId}, ${c.purpose}, ${c.given}, ${storable(c.source)}, ${ts(tx.now)}, ${c.by})`.execute(
    tx.tables(),
  );
}

export async function insertCustomerNote(
  tx: Tx,
  n: { id: string; customerId: string; agentId: string; text: string },
): Promise<void> {
  await sql`insert into customer_note (account_id, id, customer_id, agent_id, text, at)
    values (${tx.accountId}, ${n.id}, ${n.customerId}, ${n.agentId}, ${storable(n.text)}, ${ts(tx.now)})`.execute(
    tx.tables(),
  );
}

/** False when there is none, or it was taken away before. */
export async function hideCustomerNote(tx: Tx, customerId: string, noteId: string, by: string): Promise<boolean> {
  const done = await sql`update customer_note set deleted_at = ${ts(tx.now)}, deleted_by = ${by}
    where account_id = ${tx.accountId} and id = ${noteId} and deleted_at is null and customer_id in ${selves(tx, customerId)}`.execute(
    tx.tables(),
  );
  return Number(done.numAffectedRows ?? 0) > 0;
}

/** To whom a customer's address leads: himself, or whoever he was joined to last. Null where there is none. */
export async function findPresent(tx: Tx, customerId: string): Promise<string | null> {
  const found = await sql<{ id: string }>`
    with recursive way as (
      select c.id, c.merged_into, 0 as n from customer c where c.account_id = ${tx.accountId} and c.id = ${customerId}
      union all
      select c.id, c.merged_into, w.n + 1 from way w join customer c on c.account_id = ${tx.accountId} and c.id = w.merged_into where w.n < 20
    ) select id from way order by n desc limit 1`.execute(tx.tables());
  return found.rows[0]?.id ?? null;
}
