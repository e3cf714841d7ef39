import type { Instant } from "#platform/clock";

/** Where an item stands in the order of due times. */
export interface Place {
  readonly due: Instant;
  readonly t0: Instant;
  readonly id: string;
}

/** Earliest due first; then who has waited longer; then the id, so that the order is total. */
export function isBefore(a: Place, b: Place): boolean {
  if (a.due !== b.due) return a.due < b.due;
  if (a.t0 !== b.t0) return a.t0 < b.t0;
  return a.id < b.id;
}
