import { type Instant, MINUTE } from "#platform/clock";

/** A gap longer than this begins a new burst (operations reference §3.1). */
export const BURST_GAP_MS = 30 * MINUTE;

/** What a burst is made of: something said at a time on a medium. `medium` is whatever the eye takes for one: channel and audience. */
export interface BurstEntry {
  id: string;
  at: Instant;
  medium: string;
  /** The longest pause before it that leaves it in the burst of what was said before; half an hour unless given. */
  gapMs?: number;
}

/** A run of messages on one medium without a long gap. */
export interface Burst {
  medium: string;
  from: Instant;
  to: Instant;
  ids: string[];
  /** Time since the end of the burst before; null for the first. */
  gapBeforeMs: number | null;
}

/** Derives the bursts of a conversation; the order of `entries` does not matter. */
export function bursts(entries: readonly BurstEntry[]): Burst[] {
  const found: Burst[] = [];
  const sorted = entries.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  for (const entry of sorted) {
    const last = found.at(-1);
    if (last && last.medium === entry.medium && entry.at - last.to <= (entry.gapMs ?? BURST_GAP_MS)) {
      last.to = entry.at;
      last.ids.push(entry.id);
    } else {
      found.push({
        medium: entry.medium,
        from: entry.at,
        to: entry.at,
        ids: [entry.id],
        gapBeforeMs: last ? entry.at - last.to : null,
      });
    }
  }
  return found;
}

/** How often consecutive bursts changed the medium. */
export function mediaShifts(of: readonly Burst[]): number {
  return of.filter((burst, i) => i > 0 && burst.medium !== of[i - 1]!.medium).length;
}
