import type { Instant } from "#platform/clock";

/** A reply that ends its episode: on its way, or out already. */
export interface Ending {
  readonly episodeId: string | null;
  readonly out: boolean;
  readonly writtenAt: Instant;
}

/**
 * Is this work done for its agent, although its episode ends only when the reply stands in the conversation? Once the reply is out it goes
 * on where the customer said something after the reply was written: nobody has read that.
 */
export function isEnding(ending: Ending | null | undefined, work: { episodeId: string; t0: Instant }): boolean {
  if (!ending) return false;
  return !ending.out || (ending.episodeId === work.episodeId && work.t0 <= ending.writtenAt);
}
