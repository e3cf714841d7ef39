import { HOUR, type Instant, MINUTE, type Millis } from "#platform/clock";
import type { Followed, Rise } from "./follow-series.ts";

/** What of a monitor's alarms bears on the next one. */
export interface Known {
  state: "open" | "acknowledged" | "closed";
  severity: number;
  beganAt: Instant;
  closedAt: Instant | null;
}
export interface Stand {
  /** The alarm that stands; it is over when `over`. */
  standing: { over: boolean } | null;
  /** A rise that lasts and of which nobody was told: an alarm if there is enough to speak of. */
  rise: Pick<Rise, "at" | "expected" | "posts" | "strength"> | null;
  /** Rises of before, for the record: nobody was told and nobody will be. */
  history: Rise[];
}

/** A rise this near to a stored alarm is the same one (the detector's own quiet time); what began before is history: nobody is told of yesterday's storm. */
const SAME: Millis = 18 * HOUR;

/**
 * What the intervals that were just read mean. `anew`: all of the past was read, not only what is new. `pendingSince`: a rise that was
 * seen before, lasts, and was too small to speak of.
 */
export function decideAlarm(
  read: Followed,
  at: { now: Instant; anew: boolean; pendingSince: Instant | null },
  alarms: readonly Known[],
): Stand {
  const standing = alarms.find((one) => one.state !== "closed") ?? null;
  const lasting = read.rises.findLast((rise) => rise.overAt === null && rise === read.rises.at(-1)) ?? null;
  const had = (rise: Rise) => alarms.some((one) => Math.abs(one.beganAt - rise.at) < SAME);
  // Read anew, a rise of which people were told is no news.
  const news = lasting && (!at.anew || (lasting.at >= at.now - SAME && !had(lasting))) ? lasting : null;
  // Also what began and ended while nobody read.
  const history = read.rises.filter((rise) => rise !== news && !(standing && rise === lasting) && !had(rise));
  if (standing) {
    // A rise that is not there any more when all is read again had been one of miscounted posts.
    const same = read.rises.findLast((rise) => Math.abs(rise.at - standing.beganAt) < SAME);
    const over = at.anew ? same === undefined || same.overAt !== null : lasting === null && wasOver(read);
    return { standing: { over }, rise: null, history };
  }
  if (news) return { standing: null, rise: news, history };
  const pends = at.pendingSince !== null && !wasOver(read) && !at.anew;
  const rise = pends
    ? {
        ...{ at: at.pendingSince as Instant, expected: (read.last?.expected ?? 0) * 3, posts: 0 },
        strength: read.last?.strength ?? 0,
      }
    : null;
  return { standing: null, rise, history };
}

const wasOver = (read: Followed): boolean => read.overAt !== null || (read.rises.at(-1)?.overAt ?? null) !== null;

/** Whether a monitor whose last alarm was closed keeps quiet about this one. */
export function isQuiet(alarms: readonly Known[], severity: number, quietMinutes: number, now: Instant): boolean {
  return alarms.some(
    (one) => one.closedAt !== null && now - one.closedAt < quietMinutes * MINUTE && severity <= one.severity,
  );
}
