/** Epoch milliseconds, UTC. */
export type Instant = number;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Below this a deadline is near, however long the target (design system, "Deadline states"). */
const NEAR = 10 * MINUTE;

export type DeadlineState = "quiet" | "soon" | "late" | "paused" | "live" | "none";

/** What the face of a deadline shows. `filled` is the part of the pie, 0…1, clockwise; `left` is negative once late (ms). */
export type DeadlineFace = { state: DeadlineState; left: number; filled: number };

export type DeadlineFacts = {
  dueAt: Instant | null;
  /** The whole span that was promised, ms: fills the pie and gives the last third. */
  target?: number | null;
  paused?: boolean;
  /** The customer is typing or on the line. */
  live?: boolean;
};

/** Soon begins under ten minutes or in the last third of the target, whichever comes first. */
export function deadlineFace(facts: DeadlineFacts, now: Instant): DeadlineFace {
  if (facts.live) return { state: "live", left: 0, filled: 0 };
  if (facts.paused) return { state: "paused", left: 0, filled: 0 };
  if (facts.dueAt === null) return { state: "none", left: 0, filled: 0 };
  const left = facts.dueAt - now;
  const target = facts.target && facts.target > 0 ? facts.target : null;
  const filled = target ? Math.min(1, Math.max(0, 1 - left / target)) : left > 0 ? 0.3 : 1;
  if (left < 0) return { state: "late", left, filled: 1 };
  const near = Math.max(NEAR, target ? target / 3 : 0);
  return { state: left < near ? "soon" : "quiet", left, filled };
}

/** A span as people read it; the words around it ("late", "min") belong to the component. */
export type Span =
  | { unit: "clock"; minutes: number; seconds: string }
  | { unit: "minutes"; minutes: number }
  | { unit: "hours"; hours: number; minutes: string }
  | { unit: "days"; days: number };

/** Under ten minutes m:ss, under an hour whole minutes, under a day "2 h 10", above that days. */
export function span(milliseconds: number): Span {
  const whole = Math.abs(milliseconds);
  if (whole < NEAR) {
    const seconds = Math.floor(whole / SECOND);
    return { unit: "clock", minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, "0") };
  }
  if (whole < HOUR) return { unit: "minutes", minutes: Math.floor(whole / MINUTE) };
  if (whole < DAY) {
    const minutes = Math.floor(whole / MINUTE);
    return { unit: "hours", hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") };
  }
  return { unit: "days", days: Math.floor(whole / DAY) };
}

/** Whether the face may change within the next minute or shows seconds: then the clock must step by seconds. */
export function needsSeconds(facts: DeadlineFacts, now: Instant): boolean {
  if (facts.dueAt === null || facts.paused || facts.live) return false;
  const near = Math.max(NEAR, facts.target ? facts.target / 3 : 0);
  const left = facts.dueAt - now;
  return left < near + 2 * MINUTE && left > -NEAR - 2 * MINUTE;
}
