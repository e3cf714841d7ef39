import type { RoutableAgent } from "#modules/people";
import { type Instant, instantOf, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import { isUuid } from "#platform/ids";
import type { Load, Reason } from "./domain/model.ts";
import { levelIn, ringAt } from "./domain/skills.ts";
import { agentFacts } from "./in-routing.ts";
import { loadFrom } from "./session-agents.ts";
import { type BehindGroup, findGroups } from "./store/flood-store.ts";
import {
  countNarrowed,
  countWork,
  lookedUntil,
  type WorkCounts,
  type WorkQuery,
  workPage,
} from "./store/list-store.ts";
import { loadRows } from "./store/load-store.ts";
import type { Narrow } from "./store/narrow.ts";
import { findOffers, type OfferRow, pendingOffersOf, pendingOffersTo } from "./store/offer-store.ts";
import { allQueues, type QueueRow } from "./store/queue-store.ts";
import { findWork, type Work } from "./store/work-store.ts";
import type { Whereabouts } from "./whereabouts.ts";

export interface WorkList {
  view: "mine" | "team" | "all";
  agentId: string;
  /** What the asker may see: the queues of the right work.read, and with `own` whatever the asker owns. */
  queues: "all" | readonly string[];
  own?: boolean;
  queueId?: string | undefined;
  /** Only what waits behind this: the `key` of a group. */
  group?: string | undefined;
  /** `teamQueues` of the agent, where the caller knows them already. */
  teamQueueIds?: readonly string[] | undefined;
  /** Only what is like this. A page may then be short, or empty, and still have a next one. */
  narrow?: Narrow | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Open work in the order of due times. `mine`: what the agent owns and may see; `team`: the queues of the agent's teams; `all`: every queue permitted. */
export async function listWork(
  tx: Tx,
  asked: WorkList,
): Promise<{ items: Work[]; next: string | null; groups: BehindGroup[] }> {
  const after = cursorOf(asked.cursor);
  const query = await queryOf(tx, asked, after);
  const grouped = asked.view !== "mine" && asked.group === undefined && after === null && asked.narrow === undefined;
  const [rows, groups, until] = await Promise.all([
    workPage(tx, query),
    grouped ? findGroups(tx, query.queueIds) : [],
    asked.narrow ? lookedUntil(tx, query) : null,
  ]);
  const items = rows.slice(0, asked.limit);
  const last = rows.length > asked.limit ? items.at(-1) : until;
  return { items, groups, next: last ? `${iso(last.due)}~${last.id}` : null };
}

/** How many a narrowed list holds, up to `most`. It may know less than the list: it looks at the most urgent only. */
export async function countListed(tx: Tx, asked: Omit<WorkList, "limit" | "cursor">, most: number): Promise<number> {
  return countNarrowed(tx, await queryOf(tx, { ...asked, limit: most }, null), most);
}

async function queryOf(tx: Tx, asked: WorkList, after: WorkQuery["after"]): Promise<WorkQuery> {
  const queueIds = asked.view === "mine" ? [] : await queuesShown(tx, asked);
  return {
    ownerId: asked.view === "mine" ? asked.agentId : null,
    ownedIn: asked.own ? "all" : asked.queues,
    ...{ queueIds, behind: asked.group, narrow: asked.narrow, after, limit: asked.limit },
  };
}

async function queuesShown(tx: Tx, asked: WorkList): Promise<"all" | string[]> {
  const permitted = (id: string) => asked.queues === "all" || asked.queues.includes(id);
  if (asked.queueId !== undefined) return permitted(asked.queueId) ? [asked.queueId] : [];
  if (asked.view === "team") return (asked.teamQueueIds ?? (await teamQueues(tx, asked.agentId))).filter(permitted);
  return asked.queues === "all" ? "all" : [...asked.queues];
}

/** The queues of an agent's teams, and those that these help out. */
export async function teamQueues(tx: Tx, agentId: string): Promise<string[]> {
  const [agents, queues] = await Promise.all([agentFacts(tx, [agentId]), allQueues(tx)]);
  const teamIds = agents.get(agentId)?.teamIds;
  const serve = ({ teamId, overflow }: QueueRow) => [teamId, ...overflow.flat()].some((id) => teamIds?.includes(id));
  return queues.filter(serve).map((queue) => queue.id);
}

function cursorOf(cursor: string | undefined): { due: Instant; id: string } | null {
  if (cursor === undefined) return null;
  const [due, id] = cursor.split("~");
  const at = instantOf(due ?? "");
  if (at === null || !id || !isUuid(id))
    throw new AppError("invalid-request", "This cursor is not one that a page of this list ended with.");
  return { due: at, id };
}

/** How much is mine, offered to me, in my teams' queues that I may see, and late of mine. */
export async function workCounts(
  tx: Tx,
  asked: Pick<WorkList, "agentId" | "queues" | "own" | "teamQueueIds">,
): Promise<WorkCounts> {
  const team = (asked.teamQueueIds ?? (await teamQueues(tx, asked.agentId))).filter(
    (id) => asked.queues === "all" || asked.queues.includes(id),
  );
  return countWork(tx, asked.agentId, asked.own ? "all" : asked.queues, team);
}

/** The open work of conversations; a conversation without any is not in the map. */
export async function workOfConversations(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, Work>> {
  const found = await findWork(tx, { conversationIds });
  return new Map(found.map((work) => [work.conversationId, work]));
}

export async function workById(tx: Tx, ids: readonly string[]): Promise<Map<string, Work>> {
  return new Map((await findWork(tx, { ids })).map((work) => [work.id, work]));
}

/** An offer with all that its card shows. */
export interface OfferFacts {
  offerId: string;
  agentId: string;
  work: Work;
  offeredAt: Instant;
  expiresAt: Instant;
  weight: number;
  reasons: Reason[];
  /** `needed` is what is asked for now: soft needs relax while the item waits. */
  skills: { name: string; needed: number; have: number }[];
}

/** What is held out to an agent now, the oldest first. */
export async function offersOf(tx: Tx, agentId: string): Promise<OfferFacts[]> {
  const [offers, agents] = await Promise.all([pendingOffersTo(tx, agentId), agentFacts(tx, [agentId])]);
  const work = await workById(
    tx,
    offers.map((offer) => offer.workItemId),
  );
  return present(tx.now, offers, work, agents);
}

/** The pending offer of a conversation, to whomever it is held out. */
export async function offerOfConversation(tx: Tx, conversationId: string): Promise<OfferFacts | null> {
  const work = (await workOfConversations(tx, [conversationId])).get(conversationId);
  return work ? offerOfWork(tx, work) : null;
}

/** The pending offer of open work, to whomever it is held out; one round. */
export async function offerOfWork(tx: Tx, work: Work): Promise<OfferFacts | null> {
  if (!work.offer) return null;
  const { agentId } = work.offer;
  const [offers, agents] = await Promise.all([pendingOffersOf(tx, [work.id]), agentFacts(tx, [agentId])]);
  return present(tx.now, offers, new Map([[work.id, work]]), agents)[0] ?? null;
}

/** Where the work of offers stands, by offer; who is not in the map is no offer. One round. */
export async function whereOffersStand(tx: Tx, offerIds: readonly string[]): Promise<Map<string, Whereabouts>> {
  const [offers, works, queues] = await tx.together((t) =>
    Promise.all([findOffers(t, offerIds), findWork(t, { offerIds }), allQueues(t)]),
  );
  const work = new Map(works.map((one) => [one.id, one]));
  const teams = new Map(queues.map((queue) => [queue.id, queue.teamId]));
  return new Map(
    offers.flatMap((offer): [string, Whereabouts][] => {
      const of = work.get(offer.workItemId);
      if (!of) return [];
      const { queueId, brandId, ownerId } = of;
      return [[offer.id, { queueId, brandId, ownerId, teamId: teams.get(queueId) ?? null }]];
    }),
  );
}

function present(
  now: Instant,
  offers: readonly OfferRow[],
  work: ReadonlyMap<string, Work>,
  agents: ReadonlyMap<string, RoutableAgent>,
): OfferFacts[] {
  return offers.flatMap((offer): OfferFacts[] => {
    const item = work.get(offer.workItemId);
    // Past its time it is only a matter of a moment until the timer ends it.
    if (!item || offer.expiresAt <= now) return [];
    const ring = ringAt(item, offer.offeredAt);
    const have = new Map(agents.get(offer.agentId)?.skills.map((skill) => [skill.skillId, skill.level]));
    const skills = item.needs.map((need) => ({
      ...{ name: need.name, needed: levelIn(need, ring), have: have.get(need.skillId) ?? 0 },
    }));
    const { id: offerId, agentId, offeredAt, expiresAt, reasons } = offer;
    return [{ offerId, agentId, work: item, offeredAt, expiresAt, weight: item.weight, reasons, skills }];
  });
}

/** What agents carry: `used` of their budget (100 is a full one), and how many are put aside. */
export async function loadOf(tx: Tx, agentIds: readonly string[]): Promise<Map<string, Load>> {
  const rows = await loadRows(tx, agentIds);
  return new Map(agentIds.map((id) => [id, loadFrom(rows.filter((row) => row.agentId === id))]));
}
