import { type Instant, MINUTE } from "#platform/clock";

/** Hours in which nobody is told of what is not grave: wall-clock times of a zone, over midnight where `to` is not after `from`. */
export interface Hush {
  from: string;
  to: string;
  zone: string;
}

/** From this severity on people are told at any hour. */
export const TOLD_AT_ANY_HOUR = 3;
const MINUTES_OF_DAY = 1_440;

/** When people are told of an alarm that is raised now: at once, or when the quiet hours are over. */
export function tellAt(now: Instant, hush: Hush | null, severity: number): Instant {
  if (hush === null || severity >= TOLD_AT_ANY_HOUR) return now;
  const [from, to] = [minuteOf(hush.from), minuteOf(hush.to)];
  if (from === to) return now;
  const minute = localMinute(now, hush.zone);
  if (minute === null) return now;
  const inside = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!inside) return now;
  const left = (to - minute + MINUTES_OF_DAY) % MINUTES_OF_DAY;
  const end = (Math.floor(now / MINUTE) + left) * MINUTE;
  // A clock that is set back or forward meanwhile: what its walls show then counts.
  const off = (localMinute(end, hush.zone) ?? to) - to;
  const shift =
    off > MINUTES_OF_DAY / 2 ? off - MINUTES_OF_DAY : off < -MINUTES_OF_DAY / 2 ? off + MINUTES_OF_DAY : off;
  return Math.max(now, end - shift * MINUTE);
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}

/** Null where the zone is unknown here: nothing is hushed by a fault. */
function localMinute(at: Instant, zone: string): number | null {
  try {
    const said = new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    }).format(at);
    return minuteOf(said);
  } catch {
    return null;
  }
}
