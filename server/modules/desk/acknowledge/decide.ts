import type { ClearTime } from "#modules/routing";
import { type Instant, MINUTE } from "#platform/clock";
import type { Result } from "#platform/result";
import { roundUp } from "#shared/acknowledgement";

/** All that decides whether a customer is told by itself that a person will come, and when. */
export interface Waits {
  readonly on: boolean;
  readonly publicToo: boolean;
  readonly when: "closed" | "slow";
  readonly slowMinutes: number;
  readonly quiet: boolean;
  readonly visibility: string;
  readonly t0: Instant;
  readonly due: Instant;
  /** When the queue opens; null: it is served now. */
  readonly opensAt: Instant | null;
  readonly clear: ClearTime;
  /** A person has it already, or has answered. */
  readonly inHands: boolean;
  readonly crisis: boolean;
  readonly byMachine: boolean;
}
export type NotTold =
  | "off"
  | "public"
  | "quiet-hours"
  | "in-hands"
  | "too-old"
  | "crisis"
  | "machine"
  | "not-slow"
  | "no-time-known";

/** What came late, or was read in afterwards, is not greeted as if it had just come. */
const FRESH = 60 * MINUTE;

/** Tells the time of the promise, or why nothing is said. A time nobody can name is no promise: then nothing is said. */
export function promiseFor(w: Waits, now: Instant): Result<{ at: Instant }, NotTold> {
  if (!w.on) return no("off");
  if (w.visibility !== "private" && !w.publicToo) return no("public");
  if (w.byMachine) return no("machine");
  // In danger people are wanted, not words of a program.
  if (w.crisis) return no("crisis");
  if (w.inHands) return no("in-hands");
  if (now - w.t0 > FRESH) return no("too-old");
  if (w.quiet) return no("quiet-hours");
  if (w.opensAt !== null) return { ok: true, at: roundUp(w.opensAt) };
  if (w.when === "closed") return no("not-slow");
  if (w.clear.state === "clears") {
    // The later end of the forecast: who is promised a time is to be answered by then 9 of 10 times.
    const at = roundUp(w.clear.to ?? Math.max(w.clear.at, w.due));
    return at - now >= w.slowMinutes * MINUTE ? { ok: true, at } : no("not-slow");
  }
  return no(w.clear.state === "clear" ? "not-slow" : "no-time-known");
}

const no = (why: NotTold) => ({ ok: false as const, why });
