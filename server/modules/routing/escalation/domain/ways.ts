import type { ReachWish, Way } from "#contracts/escalation";
import type { Instant } from "#platform/clock";
import { isZone } from "#shared/zone";
import { minuteAt, minutesOf } from "./local-time.ts";

/** From this severity on nobody's quiet hours count. */
export const BREAKS_QUIET = 3;

/** Whoever has not said otherwise: the open desk always, the browser from 1, mail from 2, the company's own tool from 3. */
export const USUAL_WISH: ReachWish = {
  ways: [
    { way: "desk", from: 0 },
    { way: "push", from: 1 },
    { way: "email", from: 2 },
    { way: "webhook", from: 3 },
  ],
  quiet: null,
};

export function isQuietHour(wish: ReachWish, at: Instant): boolean {
  if (!wish.quiet || !isZone(wish.quiet.zone)) return false;
  const minute = minuteAt(wish.quiet.zone, at);
  const [from, to] = [minutesOf(wish.quiet.from), minutesOf(wish.quiet.to)];
  return from <= to ? from <= minute && minute < to : minute >= from || minute < to;
}

/**
 * The ways to take for one person. The open desk costs nothing and disturbs nobody who is not at it: it is always one. A wish that would leave
 * nothing else for grave matters is overruled: who is asked at severity 3 or 4 is reached by every way there is.
 */
export function waysFor(wish: ReachWish, there: ReadonlySet<Way>, severity: number, at: Instant): Way[] {
  const quiet = severity < BREAKS_QUIET && isQuietHour(wish, at);
  const wanted = wish.ways.filter((w) => w.from <= severity && there.has(w.way)).map((w) => w.way);
  const loud = quiet ? [] : wanted.filter((w) => w !== "desk");
  if (severity >= BREAKS_QUIET && loud.length === 0) return ["desk", ...[...there].filter((w) => w !== "desk")];
  return ["desk", ...loud];
}
