import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";
import type { FileFacts } from "./attachment-store.ts";
import { recordset } from "./recordset.ts";

export interface OutboundFileRow extends FileFacts {
  id: string;
  agentId: string;
  name: string;
  alt: string;
  mimeStated: string;
  bytes: number;
  heldBy: string | null;
  deliveryId: string | null;
  n: number;
  networkRef: unknown;
  tries: number;
}

const COLUMNS = sql`f.id, f.agent_id as "agentId", f.state, f.why, f.detail, f.name, f.alt, f.mime_stated as "mimeStated", f.mime, f.bytes, f.blob, f.thumb, f.width, f.height,
  f.held_by as "heldBy", f.delivery_id as "deliveryId", f.n, f.network_ref as "networkRef", f.tries`;

export async function insertOutboundFile(
  tx: Tx,
  f: Pick<OutboundFileRow, "id" | "agentId" | "name" | "mimeStated" | "mime" | "bytes" | "blob"> & { nextAt: Instant },
): Promise<void> {
  await sql`insert into outbound_file (account_id, id, agent_id, state, name, mime_stated, mime, bytes, blob, next_at, touched_at)
    values (${tx.accountId}, ${f.id}, ${f.agentId}, 'waiting', ${f.name}, ${f.mimeStated}, ${f.mime}, ${f.bytes}, ${f.blob}, ${ts(f.nextAt)}, ${ts(tx.now)})`.execute(
    tx.tables(),
  );
}

export async function findOutboundFiles(tx: Tx, ids: readonly string[], lock = false): Promise<OutboundFileRow[]> {
  if (ids.length === 0) return [];
  const found = await sql<OutboundFileRow>`select ${COLUMNS} from outbound_file f
    where f.account_id = ${tx.accountId} and f.id = any(${[...ids]}::uuid[]) order by f.id ${lock ? sql`for update` : sql``}`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Of deliveries, in the order in which they go out. */
export async function filesOfDeliveries(tx: Tx, deliveryIds: readonly string[]): Promise<OutboundFileRow[]> {
  if (deliveryIds.length === 0) return [];
  const found = await sql<OutboundFileRow>`select ${COLUMNS} from outbound_file f
    where f.account_id = ${tx.accountId} and f.delivery_id = any(${[...deliveryIds]}::uuid[]) order by f.delivery_id, f.n, f.id`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** How many files this agent has that stand in nothing yet. */
export async function countLoose(tx: Tx, agentId: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from outbound_file
    where account_id = ${tx.accountId} and agent_id = ${agentId} and delivery_id is null and held_by is null`.execute(
    tx.tables(),
  );
  return found.rows[0]!.n;
}

/** From now on they go with the delivery; how many of them could be taken. */
export async function takeForDelivery(
  tx: Tx,
  deliveryId: string,
  agentId: string,
  files: readonly { id: string; alt: string }[],
): Promise<number> {
  const rows = files.map((f, n) => ({ id: f.id, alt: f.alt, n }));
  const done =
    await sql`update outbound_file f set delivery_id = ${deliveryId}, held_by = null, alt = r.alt, n = r.n, touched_at = ${ts(tx.now)}
    from jsonb_to_recordset(${recordset(rows)}::jsonb) as r(id uuid, alt text, n integer)
    where f.account_id = ${tx.accountId} and f.id = r.id and f.agent_id = ${agentId} and f.delivery_id is null and f.state = 'here'`.execute(
      tx.tables(),
    );
  return Number(done.numAffectedRows ?? 0);
}

/** The delivery did not leave: its files are of a draft again. */
export async function giveBack(tx: Tx, deliveryId: string, heldBy: string | null): Promise<void> {
  await sql`update outbound_file set delivery_id = null, held_by = ${heldBy}, network_ref = null, touched_at = ${ts(tx.now)}
    where account_id = ${tx.accountId} and delivery_id = ${deliveryId}`.execute(tx.tables());
}

/** The files of a draft are these, no others of this agent. */
export async function setHolder(tx: Tx, heldBy: string, agentId: string, ids: readonly string[]): Promise<void> {
  await sql`update outbound_file set held_by = case when id = any(${[...ids]}::uuid[]) then ${heldBy}::uuid end, touched_at = ${ts(tx.now)}
    where account_id = ${tx.accountId} and agent_id = ${agentId} and delivery_id is null
      and (held_by = ${heldBy} or id = any(${[...ids]}::uuid[]))`.execute(tx.tables());
}

export async function claimOutboundFiles(tx: Tx, until: Instant, limit: number): Promise<OutboundFileRow[]> {
  const found = await sql<OutboundFileRow>`
    with due as (select d.id from outbound_file d where d.account_id = ${tx.accountId} and d.state = 'waiting' and d.next_at <= ${ts(tx.now)}
      order by d.next_at, d.id limit ${limit} for update skip locked)
    update outbound_file f set next_at = ${ts(until)}, tries = f.tries + 1 from due where f.account_id = ${tx.accountId} and f.id = due.id returning ${COLUMNS}`.execute(
    tx.tables(),
  );
  return found.rows;
}

export async function saveOutboundFile(
  tx: Tx,
  id: string,
  facts: FileFacts & { tries: number; nextAt: Instant },
): Promise<void> {
  await sql`update outbound_file set state = ${facts.state}, why = ${facts.why}, detail = ${facts.detail}, mime = ${facts.mime}, bytes = ${facts.bytes ?? 0}, blob = ${facts.blob}, thumb = ${facts.thumb},
      width = ${facts.width}, height = ${facts.height}, tries = ${facts.tries}, next_at = ${ts(facts.nextAt)}
    where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables());
}

export async function saveNetworkRef(tx: Tx, id: string, ref: unknown): Promise<void> {
  await sql`update outbound_file set network_ref = ${json(ref)}::jsonb where account_id = ${tx.accountId} and id = ${id}`.execute(
    tx.tables(),
  );
}

/** Removes files of an agent that stand in no delivery; the blobs they referred to. */
export async function deleteLoose(tx: Tx, agentId: string, ids: readonly string[]): Promise<string[]> {
  const gone = await sql<{ blob: string | null; thumb: string | null }>`
    delete from outbound_file where account_id = ${tx.accountId} and agent_id = ${agentId} and id = any(${[...ids]}::uuid[]) and delivery_id is null returning blob, thumb`.execute(
    tx.tables(),
  );
  return gone.rows.flatMap((r) => [r.blob, r.thumb].filter((h) => h !== null));
}

/** What stands in no draft and no delivery and was not touched since; some at a time. */
export async function deleteForgotten(
  tx: Tx,
  before: Instant,
  limit: number,
): Promise<{ rows: number; blobs: string[] }> {
  const gone = await sql<{ blob: string | null; thumb: string | null }>`
    delete from outbound_file where account_id = ${tx.accountId} and id in (
      select id from outbound_file where account_id = ${tx.accountId} and delivery_id is null and held_by is null and touched_at < ${ts(before)} limit ${limit})
    returning blob, thumb`.execute(tx.tables());
  return { rows: gone.rows.length, blobs: gone.rows.flatMap((r) => [r.blob, r.thumb].filter((h) => h !== null)) };
}
