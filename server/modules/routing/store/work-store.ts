import type { RawBuilder, Selectable } from "kysely";
import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts, tsOrNull } from "#platform/db";
import type { Item, PendingOffer, Reason } from "../domain/model.ts";
import { type RoutingTables, routing } from "./tables.ts";

/** An item with what the engine does not look at. */
export interface Work extends Readonly<Item> {
  readonly customerId: string;
  readonly brandId: string;
  readonly channelId: string;
  readonly visibility: string;
  /** Of the message that opened the episode. */
  readonly traceId: string | null;
  readonly reasons: readonly Reason[];
  readonly openedAt: Instant;
  readonly doneAt: Instant | null;
  readonly version: number;
}
/** What is known of an item only when it is made. */
export type WorkFacts = Pick<Work, "customerId" | "brandId" | "channelId" | "visibility" | "traceId">;

/** One writer of routing at a time per account, until the transaction ends. Always taken before any row of routing. */
export async function lockRouting(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('routing ' || ${tx.accountId}::text, 0))`.execute(
    tx.tables(),
  );
}

/** A row of `work_item` with its pending offer. */
export type ItemRow = Selectable<RoutingTables["work_item"]> & {
  offer_id: string | null;
  offer_agent: string | null;
  offered_at: Instant | null;
  expires_at: Instant | null;
};

export function workOf(row: ItemRow): Work {
  return {
    ...{ id: row.id, queueId: row.queue_id, conversationId: row.conversation_id, episodeId: row.episode_id },
    ...{ customerId: row.customer_id, brandId: row.brand_id, channelId: row.channel_id, visibility: row.visibility },
    ...{ mediumClass: row.medium, weight: row.weight, state: row.state, clock: row.clock, crisis: row.crisis },
    ...{ priority: row.priority, needs: row.skills, t0: row.t0, due: row.due_at, ringsAt: row.rings_at },
    ...{ ownerId: row.owner_id, assignedAt: row.assigned_at, preferredId: row.sticky_agent_id },
    ...{ stickyUntil: row.sticky_until, excluded: row.excluded, wakesAt: row.wakes_at, parkReason: row.park_reason },
    ...{ misses: row.misses, transfers: row.transfers, reasons: row.reason.reasons ?? [], offer: offerOf(row) },
    ...{ openedAt: row.opened_at, doneAt: row.done_at, version: row.version, traceId: row.trace_id },
  };
}

function offerOf(row: ItemRow): PendingOffer | null {
  if (!row.offer_id) return null;
  return {
    ...{ id: row.offer_id, agentId: row.offer_agent as string },
    ...{ offeredAt: row.offered_at as Instant, expiresAt: row.expires_at as Instant },
  };
}

/** Which items somebody asks for; everything named is found, open or not. */
export interface Find {
  readonly ids?: readonly string[];
  readonly episodeIds?: readonly string[];
  /** Open items of these conversations. */
  readonly conversationIds?: readonly string[];
  /** Items held out by these offers, whatever became of them. */
  readonly offerIds?: readonly string[];
  /** Items held out to these agents now. */
  readonly offeredTo?: readonly string[];
  /** Items these agents have in work. */
  readonly activeOf?: readonly string[];
}

/**
 * Looks each thing up by itself (`lateral … offset 0`): before a table has statistics the planner would rather read
 * everything the account has, because it takes the account for small.
 */
export async function findWork(tx: Tx, find: Find): Promise<Work[]> {
  const account = sql`w.account_id = ${tx.accountId}`;
  const open = sql`w.state not in ('done', 'withdrawn')`;
  const found: ItemRow[] = [];
  const look = async (ids: readonly string[] | undefined, where: RawBuilder<unknown>, through = sql``) => {
    if (!ids || ids.length === 0) return;
    const rows = await sql<ItemRow>`
      select w.*, o.id as offer_id, o.agent_id as offer_agent, o.offered_at, o.expires_at
      from unnest(${[...new Set(ids)]}::uuid[]) as u(id) ${through}
      cross join lateral (select * from work_item w where ${account} and ${where} offset 0) w
      left join lateral (select * from offer o where o.account_id = w.account_id and o.work_item_id = w.id and o.state = 'pending' offset 0) o on true`.execute(
      routing(tx),
    );
    found.push(...rows.rows);
  };
  const offers = (by: RawBuilder<unknown>) =>
    sql`cross join lateral (select work_item_id from offer f where f.account_id = ${tx.accountId} and ${by} offset 0) f`;
  await look(find.ids, sql`w.id = u.id`);
  await look(find.episodeIds, sql`w.episode_id = u.id`);
  await look(find.conversationIds, sql`w.conversation_id = u.id and ${open}`);
  await look(find.offerIds, sql`w.id = f.work_item_id`, offers(sql`f.id = u.id`));
  await look(find.offeredTo, sql`w.id = f.work_item_id`, offers(sql`f.agent_id = u.id and f.state = 'pending'`));
  await look(find.activeOf, sql`w.owner_id = u.id and ${open} and w.state in ('active', 'wrapup')`);
  // In an order of its own and not in the table's: the same state gives the same decisions, in the same order.
  const inOrder = found.sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...new Map(inOrder.map((row) => [row.id, workOf(row)])).values()];
}

/** The queue and the owner of the work that decides where a conversation stands. */
export interface Stood {
  queueId: string;
  ownerId: string | null;
}

/** Of conversations that were worked on before: where each stands, and who had it last. */
export async function lastOf(
  tx: Tx,
  conversationIds: readonly string[],
): Promise<Map<string, Stood & { lastOwnerId: string | null }>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await sql<{ id: string; queue_id: string; owner_id: string | null; last_owner_id: string | null }>`
    select c.id, s.queue_id, s.owner_id, (
      select w.owner_id from work_item w where w.account_id = ${tx.accountId} and w.conversation_id = c.id and w.owner_id is not null
      order by w.opened_at desc limit 1) as last_owner_id
    from unnest(${[...new Set(conversationIds)]}::uuid[]) as c(id)
    cross join lateral (
      select w.queue_id, w.owner_id from work_item w where w.account_id = ${tx.accountId} and w.conversation_id = c.id
      order by (w.state in ('done', 'withdrawn')), w.opened_at desc, w.id desc limit 1) s`.execute(routing(tx));
  return new Map(
    rows.rows.map((row) => [row.id, { queueId: row.queue_id, ownerId: row.owner_id, lastOwnerId: row.last_owner_id }]),
  );
}

export interface Lane {
  queueId: string;
  lane: string;
}

/** The lanes in which something waits: hops from lane to lane over the index, whatever their length. */
export async function waitingLanes(tx: Tx): Promise<Lane[]> {
  const rows = await sql<{ queue_id: string; lane: string }>`
    with recursive hop as (
      (select queue_id, lane from work_item where account_id = ${tx.accountId} and state = 'queued' order by queue_id, lane limit 1)
      union all
      select n.queue_id, n.lane from hop h cross join lateral (
        select w.queue_id, w.lane from work_item w
        where w.account_id = ${tx.accountId} and w.state = 'queued' and (w.queue_id, w.lane) > (h.queue_id, h.lane)
        order by w.queue_id, w.lane limit 1) n
    ) select queue_id, lane from hop`.execute(routing(tx));
  return rows.rows.map((row) => ({ queueId: row.queue_id, lane: row.lane }));
}

/** The next of each lane after those that were looked at, `limit` at most of each. */
export async function headsOf(
  tx: Tx,
  lanes: readonly (Lane & { after: Work | null })[],
  limit: number,
): Promise<Work[]> {
  if (lanes.length === 0) return [];
  const asked = lanes.map((l) => ({
    ...{ queue_id: l.queueId, lane: l.lane, due: new Date(l.after?.due ?? 0).toISOString() },
    ...{ t0: new Date(l.after?.t0 ?? 0).toISOString(), id: l.after?.id ?? "00000000-0000-0000-0000-000000000000" },
  }));
  // What is queued has no pending offer.
  const rows = await sql<ItemRow>`
    select h.*, null as offer_id from jsonb_to_recordset(${json(asked)}::jsonb) as l(queue_id uuid, lane text, due timestamptz, t0 timestamptz, id uuid)
    cross join lateral (
      select w.* from work_item w
      where w.account_id = ${tx.accountId} and w.queue_id = l.queue_id and w.lane = l.lane and w.state = 'queued'
        and (w.due_at, w.t0, w.id) > (l.due, l.t0, l.id)
      order by w.due_at, w.t0, w.id limit ${limit}) h`.execute(routing(tx));
  return rows.rows.map(workOf);
}

/** Writes new items in one statement. */
export async function insertWork(tx: Tx, made: readonly (Item & WorkFacts & { lane: string })[]): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map((item) => ({
    ...{ id: item.id, conversation_id: item.conversationId, episode_id: item.episodeId, customer_id: item.customerId },
    ...{ brand_id: item.brandId, channel_id: item.channelId, medium: item.mediumClass, visibility: item.visibility },
    ...{ weight: item.weight, trace_id: item.traceId, ...changing(item) },
  }));
  await sql`
    insert into work_item (account_id, opened_at, reason, id, conversation_id, episode_id, customer_id, brand_id, channel_id, medium, visibility, weight, trace_id, ${CHANGING})
    select ${tx.accountId}, ${ts(tx.now)}, '{}', r.id, r.conversation_id, r.episode_id, r.customer_id, r.brand_id, r.channel_id, r.medium, r.visibility, r.weight, r.trace_id, ${CHANGING}
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id uuid, conversation_id uuid, episode_id uuid, customer_id uuid, brand_id uuid, channel_id uuid,
      medium text, visibility text, weight integer, trace_id text, ${CHANGING_SHAPE})`.execute(routing(tx));
}

const CHANGING = sql`queue_id, state, crisis, priority, skills, t0, due_at, rings_at, lane, clock, owner_id, assigned_at, sticky_agent_id, sticky_until,
  excluded, wakes_at, park_reason, misses, transfers`;
const CHANGING_SHAPE = sql`queue_id uuid, state text, crisis boolean, priority text, skills jsonb, t0 timestamptz, due_at timestamptz, rings_at jsonb, lane text,
  clock text, owner_id uuid, assigned_at timestamptz, sticky_agent_id uuid, sticky_until timestamptz, excluded jsonb, wakes_at timestamptz, park_reason text,
  misses integer, transfers integer`;

function changing(item: Item & { lane: string }) {
  return {
    ...{ queue_id: item.queueId, state: item.state, crisis: item.crisis, priority: item.priority },
    ...{ skills: item.needs, t0: ts(item.t0), due_at: ts(item.due), rings_at: item.ringsAt },
    ...{ lane: item.lane, clock: item.clock, owner_id: item.ownerId, assigned_at: tsOrNull(item.assignedAt) },
    ...{ sticky_agent_id: item.preferredId, sticky_until: tsOrNull(item.stickyUntil), excluded: item.excluded },
    ...{ wakes_at: tsOrNull(item.wakesAt), park_reason: item.parkReason, misses: item.misses },
    transfers: item.transfers,
  };
}

type Saved = Item & { lane: string; version: number; reasons: readonly Reason[] | null; ends: boolean };

/** Saves changed items in one statement; `version` is the one they were read with. Returns how many were as expected. */
export async function updateWork(tx: Tx, changed: readonly Saved[]): Promise<number> {
  if (changed.length === 0) return 0;
  const rows = changed.map((item) => ({
    ...changing(item),
    ...{ id: item.id, version: item.version },
    ...{ reason: item.reasons ? { reasons: item.reasons } : null, ends: item.ends },
  }));
  const done = await sql`
    update work_item w set queue_id = r.queue_id, state = r.state, crisis = r.crisis, priority = r.priority, skills = r.skills,
      t0 = r.t0, due_at = r.due_at, rings_at = r.rings_at, lane = r.lane, clock = r.clock, owner_id = r.owner_id,
      assigned_at = r.assigned_at, sticky_agent_id = r.sticky_agent_id, sticky_until = r.sticky_until, excluded = r.excluded,
      wakes_at = r.wakes_at, park_reason = r.park_reason, misses = r.misses, transfers = r.transfers,
      reason = coalesce(r.reason, w.reason),
      done_at = case when r.ends then ${ts(tx.now)}::timestamptz when r.state in ('done', 'withdrawn') then w.done_at end,
      version = w.version + 1
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id uuid, version integer, reason jsonb, ends boolean, ${CHANGING_SHAPE})
    where w.account_id = ${tx.accountId} and w.id = r.id and w.version = r.version`.execute(routing(tx));
  return Number(done.numAffectedRows ?? 0);
}

/** The channel on which the customer spoke last; of several of one episode the last counts. */
export async function moveWork(
  tx: Tx,
  moved: readonly { episodeId: string; channelId: string; visibility: string }[],
): Promise<void> {
  const rows = [...new Map(moved.map((m) => [m.episodeId, m])).values()];
  await sql`
    update work_item w set channel_id = r."channelId", visibility = r.visibility
    from jsonb_to_recordset(${json(rows)}::jsonb) as r("episodeId" uuid, "channelId" uuid, visibility text)
    where w.account_id = ${tx.accountId} and w.episode_id = r."episodeId"
      and (w.channel_id, w.visibility) is distinct from (r."channelId", r.visibility)`.execute(routing(tx));
}

/** Whose work it is now; the last word on a conversation counts. */
export async function moveCustomers(
  tx: Tx,
  moved: readonly { conversationId: string; customerId: string }[],
): Promise<void> {
  const rows = [...new Map(moved.map((m) => [m.conversationId, m])).values()];
  await sql`
    update work_item w set customer_id = r."customerId" from jsonb_to_recordset(${json(rows)}::jsonb) as r("conversationId" uuid, "customerId" uuid)
    where w.account_id = ${tx.accountId} and w.conversation_id = r."conversationId" and w.customer_id <> r."customerId"`.execute(
    routing(tx),
  );
}

/** The work of episodes that stand in other conversations now. A conversation has one open item: all go out of the way first. */
export async function moveToConversations(
  tx: Tx,
  moved: readonly { id: string; conversationId: string }[],
): Promise<void> {
  const rows = json(moved.map(({ id, conversationId }) => ({ id, conversationId })));
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as r(id uuid, "conversationId" uuid)`;
  const same = sql`w.account_id = ${tx.accountId} and w.episode_id = r.id`;
  const away =
    await sql`update work_item w set conversation_id = w.id from ${given} where ${same} and w.conversation_id <> r."conversationId"`.execute(
      routing(tx),
    );
  if (Number(away.numAffectedRows ?? 0) === 0) return;
  await sql`update work_item w set conversation_id = r."conversationId", version = w.version + 1 from ${given} where ${same} and w.conversation_id = w.id`.execute(
    routing(tx),
  );
}
