import { lastCommandAt } from "#platform/http/commands";
import { setTimer, type TimerHandler } from "#platform/timers";
import { isHeld } from "./domain/admit.ts";
import { passTime } from "./domain/pass-time.ts";
import { EASED_NEEDS, followNeeds } from "./easing/follow-needs.ts";
import { FLOODS, stepFloods } from "./floods.ts";
import { inRouting } from "./in-routing.ts";
import { giveBackOf, lookAtAgents } from "./reactions/on-agents-moved.ts";
import { routersTimers } from "./router/only-the-router.ts";
import { looksAgainAt } from "./save.ts";
import type { Session } from "./session.ts";
import { findOffer } from "./store/offer-store.ts";

/** What came due of the items at hand happens. Whose offer ran out is asked after first: whoever gave commands meanwhile is here. */
async function letTimePass(session: Session): Promise<void> {
  for (const { offer } of session.items.values()) {
    if (!offer || offer.expiresAt > session.now || session.actedAt.has(offer.agentId)) continue;
    const at = await lastCommandAt(session.tx, offer.agentId);
    if (at !== null) session.actedAt.set(offer.agentId, at);
  }
  passTime(session, session.now);
}

/** The clock has moved: what is due of the item happens, then the queue is served. Safe to run late and twice. */
const itemIsDue: TimerHandler = async (tx, timer) => {
  await inRouting(tx, { ids: [timer.ref] }, letTimePass);
};

const handlers: Record<string, TimerHandler> = {
  /** All offers to the agent are read, because an agent found not to respond loses them all. */
  "offer-expiry": async (tx, timer) => {
    const offer = await findOffer(tx, timer.ref);
    if (offer?.state !== "pending") return;
    await inRouting(tx, { offeredTo: [offer.agentId] }, letTimePass);
  },
  "work-wake": itemIsDue,
  "sticky-end": itemIsDue,
  "wrap-up-ends": itemIsDue,
  /** Somebody's skill begins to count, or is over. */
  "skills-change": (tx, timer) => lookAtAgents(tx, [timer.ref]),
  [EASED_NEEDS]: followNeeds,
  [FLOODS]: (tx) => stepFloods(tx),
  "ring-opens": async (tx, timer) => {
    await inRouting(tx, { ids: [timer.ref] }, async (session) => {
      const item = session.items.get(timer.ref);
      const at =
        item?.state === "queued" && !isHeld(item, session.now)
          ? looksAgainAt(item, session.now, session.queues.get(item.queueId))
          : null;
      if (at !== null) await setTimer(tx, "ring-opens", timer.ref, at);
    });
  },
  "queue-opens": async (tx) => {
    await inRouting(tx, {}, () => {});
  },
  "owner-gone": (tx, timer) => giveBackOf(tx, timer.ref),
  /** A verb was decided in another process. */
  "routing-serve": async (tx) => {
    await inRouting(tx, {}, () => {});
  },
};

/** Only the process that leads keeps time for an account. */
export const timers = routersTimers(handlers);
