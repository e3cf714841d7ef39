import type { Instant } from "#platform/clock";
import { EXCLUDED_MS, isHeld } from "../admit.ts";
import type { Item } from "../model.ts";
import { nextRingAt } from "../skills.ts";
import type { QueueSide } from "./ask.ts";

const NOBODY: readonly string[] = [];

/** Whom the item may not be given to, now or once. */
export function excludable(item: Item): readonly string[] {
  if (item.excluded.length === 0 && item.barred.length === 0) return NOBODY;
  return [...new Set([...item.barred, ...item.excluded.map((e) => e.agentId)])];
}

/** When time alone changes who may have it: a hold ends, a ring opens, a decline is forgotten. */
export function looksAgainAt(item: Item, side: QueueSide, now: Instant): Instant | null {
  let at = isHeld(item, now) ? (item.stickyUntil as number) : Number.POSITIVE_INFINITY;
  if (side.queue.overflow.length > 0 || item.excluded.length > 0 || relaxes(item))
    at = Math.min(at, nextRingAt(item, now) ?? at);
  for (const e of item.excluded) if (e.at + EXCLUDED_MS > now) at = Math.min(at, e.at + EXCLUDED_MS);
  return at === Number.POSITIVE_INFINITY ? null : at;
}

function relaxes({ needs }: Item): boolean {
  for (const need of needs) if (need.kind === "soft") return true;
  return false;
}
