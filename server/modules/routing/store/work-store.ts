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
  /** What texts that say the same have in common; null for a short one. */
  readonly alike: string | null;
  readonly reasons: readonly Reason[];
  readonly openedAt: Instant;
  readonly doneAt: Instant | null;
  readonly version: number;
}
/** What is known of an item only when it is made. */
export type WorkFacts = Pick<Work, "customerId" | "brandId" | "channelId" | "visibility" | "traceId" | "alike">;

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
    ...{ knownIds: row.known_agents, barred: row.barred, guests: row.guests, behind: row.behind, alike: row.alike },
    ...{ wrapUntil: row.wrap_until, wrapExtended: row.wrap_extended, heldFor: row.held_for },
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
  const look = async (ids: readonly string[] | undefined, where: RawBuilder<unknown>, through = sql``) => {
    if (!ids || ids.length === 0) return [];
    const rows = await sql<ItemRow>`
      select w.*, o.id as offer_id, o.agent_id as offer_agent, o.offered_at, o.expires_at
      from unnest(${[...new Set(ids)]}::uuid[]) as u(id) ${through}
      cross join lateral (select * from work_item w where ${account} and ${where} offset 0) w
      left join lateral (select * from offer o where o.account_id = w.account_id and o.work_item_id = w.id and o.state = 'pending' offset 0) o on true`.execute(
      routing(tx),
    );
    return rows.rows;
  };
  const offers = (by: RawBuilder<unknown>) =>
    sql`cross join lateral (select work_item_id from offer f where f.account_id = ${tx.accountId} and ${by} offset 0) f`;
  // Asked in one breath: within a round they are one statement.
  const found = await Promise.all([
    look(find.ids, sql`w.id = u.id`),
    look(find.episodeIds, sql`w.episode_id = u.id`),
    look(find.conversationIds, sql`w.conversation_id = u.id and ${open}`),
    look(find.offerIds, sql`w.id = f.work_item_id`, offers(sql`f.id = u.id`)),
    look(find.offeredTo, sql`w.id = f.work_item_id`, offers(sql`f.agent_id = u.id and f.state = 'pending'`)),
    look(find.activeOf, sql`w.owner_id = u.id and ${open} and w.state in ('active', 'wrapup')`),
  ]);
  // In an order of its own and not in the table's: the same state gives the same decisions, in the same order.
  const inOrder = found.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...new Map(inOrder.map((row) => [row.id, workOf(row)])).values()];
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

/** Where an item stands in its lane: what is due first, waited longest, and then by its id. */
export interface Place {
  readonly due: Instant;
  readonly t0: Instant;
  readonly id: string;
}

/** The next of each lane behind a place, `limit` at most of each; `in`: of which of the lanes asked for. */
export async function headsOf(
  tx: Tx,
  lanes: readonly (Lane & { after: Place })[],
  limit: number,
): Promise<{ in: number; work: Work }[]> {
  if (lanes.length === 0) return [];
  const asked = lanes.map((l, n) => ({
    ...{ n, queue_id: l.queueId, lane: l.lane, due: new Date(l.after.due).toISOString() },
    ...{ t0: new Date(l.after.t0).toISOString(), id: l.after.id },
  }));
  // What is queued has no pending offer.
  const rows = await sql<ItemRow & { n: number }>`
    select h.*, l.n, null as offer_id from jsonb_to_recordset(${json(asked)}::jsonb) as l(n integer, queue_id uuid, lane text, due timestamptz, t0 timestamptz, id uuid)
    cross join lateral (
      select w.* from work_item w
      where w.account_id = ${tx.accountId} and w.queue_id = l.queue_id and w.lane = l.lane and w.state = 'queued'
        and (w.due_at, w.t0, w.id) > (l.due, l.t0, l.id)
      order by w.due_at, w.t0, w.id limit ${limit}) h`.execute(routing(tx));
  return rows.rows.map((row) => ({ in: row.n, work: workOf(row) }));
}

/** What of an item changes, as `save_routing` takes it. */
export function changing(item: Item & { lane: string }) {
  return {
    ...{ queue_id: item.queueId, state: item.state, crisis: item.crisis, priority: item.priority },
    ...{ skills: item.needs, t0: ts(item.t0), due_at: ts(item.due), rings_at: item.ringsAt },
    ...{ lane: item.lane, clock: item.clock, owner_id: item.ownerId, assigned_at: tsOrNull(item.assignedAt) },
    ...{ sticky_agent_id: item.preferredId, sticky_until: tsOrNull(item.stickyUntil), excluded: item.excluded },
    ...{ wakes_at: tsOrNull(item.wakesAt), park_reason: item.parkReason, misses: item.misses },
    ...{ transfers: item.transfers, known_agents: item.knownIds, barred: item.barred, guests: item.guests },
    ...{ has_guests: item.guests.length > 0, behind: item.behind, wrap_until: tsOrNull(item.wrapUntil) },
    ...{ wrap_extended: item.wrapExtended, held_for: item.heldFor },
  };
}

/** `version`: the one it was read with. `reasons`: of the last decision about it; null when there was none. `ends`: it does so now. */
export type ChangedWork = Item & { lane: string; version: number; reasons: readonly Reason[] | null; ends: boolean };

/** Such a write is routing's own: the trigger that looks for others' is to say nothing. */
const BY_ROUTING = sql`(select set_config('app.routing', 'on', true)) as by_routing`;
/** What waits and was changed outside of an act (`moved`): whoever keeps it in memory reads it again. */
const TELL_MOVED = (tx: Tx) =>
  sql`insert into routing_news (account_id, item_id) select ${tx.accountId}, id from moved where state = 'queued'`;

/** The channel on which the customer spoke last; of several of one episode the last counts. */
export async function moveWork(
  tx: Tx,
  moved: readonly { episodeId: string; channelId: string; visibility: string }[],
): Promise<void> {
  const rows = [...new Map(moved.map((m) => [m.episodeId, m])).values()];
  await sql`
    with moved as (
      update work_item w set channel_id = r."channelId", visibility = r.visibility
      from jsonb_to_recordset(${json(rows)}::jsonb) as r("episodeId" uuid, "channelId" uuid, visibility text), ${BY_ROUTING}
      where w.account_id = ${tx.accountId} and w.episode_id = r."episodeId"
        and (w.channel_id, w.visibility) is distinct from (r."channelId", r.visibility)
      returning w.id, w.state)
    ${TELL_MOVED(tx)}`.execute(routing(tx));
}

/** Whose work it is now; the last word on a conversation counts. */
export async function moveCustomers(
  tx: Tx,
  moved: readonly { conversationId: string; customerId: string }[],
): Promise<void> {
  const rows = [...new Map(moved.map((m) => [m.conversationId, m])).values()];
  await sql`
    with moved as (
      update work_item w set customer_id = r."customerId"
      from jsonb_to_recordset(${json(rows)}::jsonb) as r("conversationId" uuid, "customerId" uuid), ${BY_ROUTING}
      where w.account_id = ${tx.accountId} and w.conversation_id = r."conversationId" and w.customer_id <> r."customerId"
      returning w.id, w.state)
    ${TELL_MOVED(tx)}`.execute(routing(tx));
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
    await sql`update work_item w set conversation_id = w.id from ${given}, ${BY_ROUTING} where ${same} and w.conversation_id <> r."conversationId"`.execute(
      routing(tx),
    );
  if (Number(away.numAffectedRows ?? 0) === 0) return;
  await sql`
    with moved as (
      update work_item w set conversation_id = r."conversationId", version = w.version + 1 from ${given} where ${same} and w.conversation_id = w.id
      returning w.id, w.state)
    ${TELL_MOVED(tx)}`.execute(routing(tx));
}
