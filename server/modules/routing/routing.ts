import { setPresence } from "#modules/workforce";
import type { Instant } from "#platform/clock";
import { storable, type Tx } from "#platform/db";
import { AppError, notFound, notNow } from "#platform/errors";
import { setTimer } from "#platform/timers";
import { ANY_RING, servesQueue } from "./domain/model.ts";
import { nothingToTake } from "./domain/nothing-to-take.ts";
import { compareWaiting } from "./domain/order.ts";
import { accept, decline, end, snooze, take, takeNext as takeNextOf, toQueue } from "./domain/transitions.ts";
import { inRouting, look } from "./in-routing.ts";
import { withInterrupted } from "./interrupted.ts";
import { needsOfQueue } from "./new-work.ts";
import { OWNER_GONE_MS } from "./reactions/on-agents-moved.ts";
import { itemOf, orRefuse, unknownAgent } from "./refusals.ts";
import type { Session } from "./session.ts";
import { findOffer, type OfferRow } from "./store/offer-store.ts";
import { heldByOthers } from "./store/queue-store.ts";
import type { Work } from "./store/work-store.ts";

/** An offer: as the item shows it while it is pending, else as it ended. */
async function offerIn(
  session: Session,
  id: string,
): Promise<Pick<OfferRow, "id" | "workItemId" | "agentId" | "state"> | undefined> {
  for (const { id: workItemId, offer } of session.items.values())
    if (offer?.id === id) return { id, workItemId, agentId: offer.agentId, state: "pending" };
  return findOffer(session.tx, id);
}

/** One winner: a second click finds the work already his, everybody else is told who has it (409 not-now). */
export async function acceptOffer(tx: Tx, asked: Accepting): Promise<Work> {
  const [taken] = await acceptOffers(tx, [asked]);
  if (taken instanceof AppError || !taken) throw taken ?? notFound("offer");
  return taken;
}

/** Of many who accept in one act each is answered by itself, in this order: the work as it stands after all of them, or why not. */
export async function acceptOffers(tx: Tx, asked: readonly Accepting[]): Promise<(Work | AppError)[]> {
  if (asked.length === 0) return [];
  const { result, work } = await inRouting(
    tx,
    { offerIds: asked.map(({ offerId }) => offerId) },
    async (session) => {
      const taken: (string | AppError)[] = [];
      for (const one of asked) taken.push(await acceptOne(session, one));
      return taken;
    },
    { serve: false, named: asked.map(({ agentId }) => agentId) },
  );
  return result.map((taken) => (typeof taken === "string" ? work(taken) : taken));
}

interface Accepting {
  readonly offerId: string;
  readonly agentId: string;
}

/** The id of the work. What is refused has changed nothing. */
async function acceptOne(session: Session, { offerId, agentId }: Accepting): Promise<string | AppError> {
  try {
    const offer = await offerIn(session, offerId);
    // What was held out to somebody else is none of the asker's business.
    if (!offer || offer.agentId !== agentId) throw notFound("offer");
    const item = itemOf(session, offer.workItemId);
    await withInterrupted(session, item, agentId);
    orRefuse(session, item, accept(session, item, offer.id, agentId, session.now));
    return item.id;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Back to the queue at its old place; not offered to this agent again before everybody else who could take it was asked. */
export async function declineOffer(
  tx: Tx,
  asked: { offerId: string; agentId: string; reason: string; note?: string },
): Promise<Work> {
  const { result, work } = await inRouting(tx, { offerIds: [asked.offerId] }, async (session) => {
    const offer = await offerIn(session, asked.offerId);
    if (!offer || offer.agentId !== asked.agentId) throw notFound("offer");
    const item = itemOf(session, offer.workItemId);
    if (offer.state === "declined") return item.id;
    const reason = storable([asked.reason, asked.note?.trim()].filter(Boolean).join(": "));
    if (item.offer?.id !== offer.id) orRefuse(session, item, { ok: false, why: "timed-out" });
    orRefuse(session, item, decline(session, item, asked.agentId, reason, session.now));
    return item.id;
  });
  return work(result);
}

/** The offer held out longest, else the most urgent item that the agent admits, whether or not its queue is served now. */
export async function takeNext(tx: Tx, agentId: string): Promise<Work> {
  const { result, work } = await inRouting(
    tx,
    { offeredTo: [agentId] },
    async (session) => {
      const agent = session.agents.get(agentId);
      if (!agent) throw unknownAgent();
      await wakeUp(session, agentId);
      const offered = [...session.items.values()].sort((a, b) => (a.offer?.offeredAt ?? 0) - (b.offer?.offeredAt ?? 0));
      const mine = (item: { queueId: string }) => {
        const queue = session.queues.get(item.queueId);
        return queue !== undefined && servesQueue(agent, queue, ANY_RING);
      };
      for (const item of offered.filter(mine))
        if (item.offer && accept(session, item, item.offer.id, agentId, session.now).ok) return item.id;
      const queueIds = [...session.queues.values()].filter((q) => servesQueue(agent, q, ANY_RING)).map((q) => q.id);
      let found: string | undefined;
      await look(session, new Set(queueIds), () => {
        const waiting = [...session.items.values()].sort(compareWaiting);
        found ??= takeNextOf(session, agentId, waiting, session.now)?.id;
        return found === undefined;
      });
      if (found === undefined) {
        const others = await heldByOthers(tx, queueIds, agentId);
        const { says, why, waiting } = nothingToTake(session, agent, session.now, others, session.woken.has(agentId));
        throw notNow(says, { why, waiting });
      }
      return found;
    },
    { serve: false },
  );
  return work(result);
}

/** Who was found not to respond is back as soon as he acts. */
async function wakeUp(session: Session, agentId: string): Promise<void> {
  const agent = session.agents.get(agentId);
  if (agent?.presence !== "not-responding") return;
  await setPresence(session.tx, { agentId, state: "available", reason: "", by: agentId });
  agent.presence = "available";
  session.woken.add(agentId);
}

interface Hand {
  workItemId: string;
  agentId: string;
  /** Has the right work.over-capacity. */
  mayExceed: boolean;
  expectedVersion?: number;
}

/** From the list. */
export async function takeWork(tx: Tx, asked: Hand): Promise<Work> {
  const { work } = await inRouting(
    tx,
    { ids: [asked.workItemId] },
    async (session) => {
      const item = itemOf(session, asked.workItemId, asked.expectedVersion);
      if (!session.agents.has(asked.agentId)) throw unknownAgent();
      await wakeUp(session, asked.agentId);
      await withInterrupted(session, item, asked.agentId);
      orRefuse(session, item, take(session, item, asked.agentId, "taken", asked.mayExceed, session.now));
    },
    { serve: false, named: [asked.agentId] },
  );
  return work(asked.workItemId);
}

/** Gives work to an agent or to a queue. The note that goes with it is the desk's. */
export async function assignWork(
  tx: Tx,
  asked: Omit<Hand, "agentId"> & {
    to: { kind: "agent"; agentId: string } | { kind: "queue"; queueId: string };
    by: string;
  },
): Promise<Work> {
  const named = asked.to.kind === "agent" ? [asked.to.agentId] : [];
  const act = async (session: Session) => {
    const item = itemOf(session, asked.workItemId, asked.expectedVersion);
    const { to, by } = asked;
    const name = session.agents.get(by)?.name ?? "Somebody";
    if (to.kind === "agent") {
      if (!session.agents.has(to.agentId)) throw unknownAgent();
      orRefuse(session, item, take(session, item, to.agentId, "assigned", asked.mayExceed, session.now));
      // Given to somebody who is not here, it waits as long as what they left behind.
      if (session.agents.get(to.agentId)?.presence === "offline")
        await setTimer(tx, "owner-gone", to.agentId, session.now + OWNER_GONE_MS);
      return;
    }
    const queue = session.queueFacts.find((q) => q.id === to.queueId);
    if (!queue) throw new AppError("invalid-request", "There is no queue with this id. GET /api/queues lists them.");
    // The language stays asked for; what the old queue asked beside it does not.
    const old = session.queueFacts.find((q) => q.id === item.queueId);
    const kept = item.needs.filter((need) => !old?.skills.some((skill) => skill.skillId === need.skillId));
    const needs = [...kept, ...needsOfQueue(session, queue)];
    const reason = `${name} moved it to ${queue.name}.`;
    const moved = { queueId: queue.id, needs, reason, by, bySupervisor: asked.mayExceed };
    orRefuse(session, item, toQueue(session, item, moved, session.now));
  };
  const { work } = await inRouting(tx, { ids: [asked.workItemId] }, act, { named });
  return work(asked.workItemId);
}

/** Put aside by its owner until an instant; the customer's next message wakes it before. */
export async function snoozeWork(
  tx: Tx,
  asked: { workItemId: string; agentId: string; until: Instant; expectedVersion?: number },
): Promise<Work> {
  if (asked.until <= tx.now) throw new AppError("invalid-request", "Choose a time in the future to be reminded at.");
  const { work } = await inRouting(tx, { ids: [asked.workItemId] }, (session) => {
    const item = itemOf(session, asked.workItemId, asked.expectedVersion);
    orRefuse(session, item, snooze(session, item, asked.agentId, asked.until, session.now));
  });
  return work(asked.workItemId);
}

/** Back to the queue at its old place, for somebody else first. */
export async function releaseWork(
  tx: Tx,
  asked: { workItemId: string; agentId: string; expectedVersion?: number },
): Promise<Work> {
  const { work } = await inRouting(tx, { ids: [asked.workItemId] }, (session) => {
    const item = itemOf(session, asked.workItemId, asked.expectedVersion);
    if (item.ownerId !== asked.agentId) orRefuse(session, item, { ok: false, why: "not-yours" });
    const name = session.agents.get(asked.agentId)?.name ?? "The owner";
    const back = { queueId: item.queueId, needs: item.needs, reason: `${name} gave it back.`, by: asked.agentId };
    orRefuse(session, item, toQueue(session, item, { ...back, declinedBy: asked.agentId }, session.now));
  });
  return work(asked.workItemId);
}

/** Ends the open work of a conversation, or one item; ended work stays as it is. Null when there is none. */
export async function endWork(
  tx: Tx,
  asked: { workItemId?: string; conversationId?: string; how: "done" | "withdrawn"; reason: string },
): Promise<Work | null> {
  const find = {
    ...(asked.workItemId !== undefined && { ids: [asked.workItemId] }),
    ...(asked.conversationId !== undefined && { conversationIds: [asked.conversationId] }),
  };
  const { result, work } = await inRouting(tx, find, async (session) => {
    const item = asked.workItemId === undefined ? [...session.items.values()][0] : session.items.get(asked.workItemId);
    await withInterrupted(session, item, item?.ownerId ?? null);
    if (item) end(session, item, asked.how, storable(asked.reason), session.now);
    return item?.id;
  });
  return result === undefined ? null : work(result);
}
