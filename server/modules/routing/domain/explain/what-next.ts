import type { Instant } from "#platform/clock";
import { EXCLUDED_MS, isHeld } from "../admit.ts";
import { type Item, isOpen } from "../model.ts";
import { levelIn, ringAt } from "../skills.ts";

/** What comes by itself, and when. The sentence says what, not when. */
export interface Coming {
  readonly code: "offer-ends" | "hold-ends" | "ring" | "opens" | "wakes" | "write-up-ends" | "asked-again" | "due";
  readonly text: string;
  readonly at: Instant;
}
export interface QueueNow {
  readonly name: string;
  readonly overflow: readonly (readonly string[])[];
  /** When it opens; null: it is served now. */
  readonly opensAt: Instant | null;
}

/** What becomes of an item if nobody does anything, in order. Names by id. */
export function whatNext(item: Item, queue: QueueNow, nameOf: (id: string) => string, now: Instant): Coming[] {
  if (!isOpen(item)) return [];
  const coming: Coming[] = [];
  const add = (code: Coming["code"], at: Instant | null | undefined, text: string) => {
    if (at != null && at > now) coming.push({ code, at, text });
  };
  if (item.offer) add("offer-ends", item.offer.expiresAt, `The offer ends, and it is held out to somebody else.`);
  if (item.state === "queued") {
    if (isHeld(item, now))
      add("hold-ends", item.stickyUntil, `It waits no longer for ${nameOf(item.preferredId as string)} alone.`);
    if (!item.crisis) add("opens", queue.opensAt, `${queue.name} opens: it is handed out.`);
    for (const e of item.excluded)
      add(
        "asked-again",
        e.at + EXCLUDED_MS,
        e.passed
          ? `${nameOf(e.agentId)}, who let it pass, may be asked again.`
          : `${nameOf(e.agentId)}, who declined it, may be asked again.`,
      );
  }
  if (item.state === "queued" || item.state === "offered")
    for (const [n, at] of item.ringsAt.entries()) {
      const text = saysRing(item, queue, n + 1, nameOf);
      if (text && ringAt(item, now) <= n) add("ring", at, text);
    }
  if (item.state === "parked") add("wakes", item.wakesAt, "It comes back from being put aside.");
  if (item.state === "wrapup") add("write-up-ends", item.wrapUntil, "The time to write it up is over.");
  if (item.clock === "running") add("due", item.due, "It is due.");
  return coming.sort((a, b) => a.at - b.at);
}

/** What a ring changes: softer skills, further teams. Null: nothing. */
function saysRing(item: Item, queue: QueueNow, ring: number, nameOf: (id: string) => string): string | null {
  const softer = item.needs
    .filter((need) => levelIn(need, ring) < levelIn(need, ring - 1))
    .map((need) =>
      levelIn(need, ring) === 0
        ? `${need.name} is not asked for any more`
        : `${need.name} may be ${levelIn(need, ring)}`,
    );
  const teams = (queue.overflow[ring - 1] ?? []).map((team) => `${nameOf(team)} helps out`);
  const parts = [...softer, ...teams];
  return parts.length === 0 ? null : `${parts.join(", ")}.`;
}
