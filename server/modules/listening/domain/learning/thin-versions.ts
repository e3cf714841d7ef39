import { DAY, type Instant } from "#platform/clock";

/** Versions that are kept whatever their day, and for how many days the last of each day is kept beside them. */
const NEWEST = 6;
const DAYS = 30;

/**
 * Which versions may go: an account that marks all day learns every minute. Kept are the newest, the last of each day (UTC) of a month, and
 * what is in use.
 */
export function versionsToDrop(
  versions: readonly { version: number; at: Instant }[],
  inUse: number,
  now: Instant,
): number[] {
  const order = versions.toSorted((a, b) => b.version - a.version);
  const days = new Set<number>();
  return order.flatMap(({ version, at }, place) => {
    const day = Math.floor(at / DAY);
    const lastOfDay = !days.has(day);
    days.add(day);
    const stays = place < NEWEST || version === inUse || (lastOfDay && now - at <= DAYS * DAY);
    return stays ? [] : [version];
  });
}
