import type { Instant } from "#platform/clock";
import { change } from "./capacity.ts";
import { decide } from "./decide.ts";
import { type Item, policyOf, type World } from "./model.ts";
import { no, type Outcome } from "./outcome.ts";

/** The matter is done, its agent still writes it up: it takes room until the agent says so or the time is over. */
export function beginWrapUp(world: World, item: Item, reason: string, ms: number, now: Instant): void {
  const wrapUntil = now + ms;
  change(world, item, {
    ...{ state: "wrapup", clock: "stopped", stickyUntil: null, wakesAt: null },
    ...{ wrapUntil, wrapExtended: false, parkReason: reason, heldFor: null },
  });
  const text = `Done; ${seconds(ms)} to write it up.`;
  const more = { how: "began" as const, agentId: item.ownerId, until: wrapUntil };
  decide(world, item, now, "wrapped-up", [{ code: "wrap-up", text }], more);
}

/** How long the agent of an item may write it up; 0 where that is no part of the work. */
export function wrapUpMs(world: World, item: Item): number {
  if (item.state !== "active" || item.ownerId === null) return 0;
  const { wrapUpMs: ms, wrapUpMostMs } = policyOf(world);
  return Math.min(ms[item.mediumClass], wrapUpMostMs);
}

/** By its agent (`agentId`), or by the clock (null). */
export function finishWrapUp(world: World, item: Item, agentId: string | null, now: Instant): Outcome {
  if (item.state === "done") return { ok: true, item };
  if (item.state !== "wrapup") return no("no-wrap-up");
  if (agentId !== null && item.ownerId !== agentId) return no("not-yours");
  const reason = item.parkReason ?? "done";
  change(world, item, { state: "done", wrapUntil: null, parkReason: null });
  decide(world, item, now, "ended", [{ code: "done", text: reason }], { how: "done", agentId: item.ownerId });
  return { ok: true, item };
}

/** Once, by its agent, as long again; never beyond what the account allows for all of it. On record. */
export function extendWrapUp(world: World, item: Item, agentId: string, now: Instant): Outcome {
  if (item.state !== "wrapup" || item.wrapUntil === null) return no("no-wrap-up");
  if (item.ownerId !== agentId) return no("not-yours");
  if (item.wrapExtended) return no("extended-already");
  const { wrapUpMs: ms, wrapUpMostMs } = policyOf(world);
  const more = Math.max(0, Math.min(ms[item.mediumClass], wrapUpMostMs - ms[item.mediumClass]));
  const wrapUntil = item.wrapUntil + more;
  change(world, item, { wrapUntil, wrapExtended: true });
  const text = `${seconds(more)} more to write it up.`;
  const about = { how: "extended" as const, agentId, until: wrapUntil };
  decide(world, item, now, "wrapped-up", [{ code: "wrap-up-extended", text }], about);
  return { ok: true, item };
}

const seconds = (ms: number) => `${Math.round(ms / 1_000)} s`;
