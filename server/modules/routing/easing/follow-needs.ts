import { setTimer, type TimerHandler } from "#platform/timers";
import { change } from "../domain/capacity.ts";
import { decide } from "../domain/decide.ts";
import { easedNeeds, saysNeeds } from "../domain/easing.ts";
import { isOpen } from "../domain/model.ts";
import { inRouting } from "../in-routing.ts";
import type { Session } from "../session.ts";
import { openInQueue } from "../store/queue-store.ts";

/** Ref: a queue of which less is asked of people now, or the usual again: its open work follows, page by page. */
export const EASED_NEEDS = "eased-needs";
const PAGE = 200;

export const followNeeds: TimerHandler = async (tx, { ref: queueId, payload }) => {
  const after = typeof payload.after === "string" ? payload.after : null;
  const ids = await openInQueue(tx, queueId, after, PAGE);
  const last = ids.at(-1);
  if (!last) return;
  const more = ids.length === PAGE;
  // What waits is handed out once, when all of it asks the same.
  await inRouting(tx, { ids }, (session) => askAnew(session, queueId), { serve: !more });
  if (more) await setTimer(tx, EASED_NEEDS, queueId, tx.now, { after: last });
};

function askAnew(session: Session, queueId: string): void {
  const queue = session.queueFacts.find((one) => one.id === queueId);
  if (!queue) return;
  for (const item of session.items.values()) {
    if (item.queueId !== queueId || !isOpen(item)) continue;
    const needs = easedNeeds(item.needs, queue);
    if (needs === item.needs) continue;
    const reasons = saysNeeds(item.needs, needs, queue.easing);
    change(session, item, { needs });
    decide(session, item, session.now, "changed", reasons, { until: item.due });
  }
}
