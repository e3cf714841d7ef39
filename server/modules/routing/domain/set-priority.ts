import type { Instant } from "#platform/clock";
import { change } from "./capacity.ts";
import { type Item, isOpen, type Priority, type World } from "./model.ts";
import { holdWithin } from "./sticky.ts";

/** A person says how urgent it is: due and rings follow, counted from the same first unanswered message. */
export function setPriority(
  world: World,
  item: Item,
  to: { priority: Priority; by: string | null; name: string },
  now: Instant,
): { ok: true; item: Item } | { ok: false; why: "ended" } {
  if (!isOpen(item)) return { ok: false, why: "ended" };
  if (item.priority === to.priority) return { ok: true, item };
  const terms = world.terms({ queueId: item.queueId, priority: to.priority, crisis: item.crisis, t0: item.t0, item });
  change(world, item, { priority: to.priority, ...terms, ...holdWithin(item, terms.due) });
  const text = `${to.name} set the priority to ${to.priority}.`;
  world.decisions.push({
    ...{ act: "changed", itemId: item.id, agentId: to.by, at: now, until: terms.due },
    reasons: [{ code: "priority-set", text }],
  });
  return { ok: true, item };
}
