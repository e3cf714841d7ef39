import type { Instant } from "#platform/clock";

/** A public post of a history in which the network's reply links are missing. */
export interface BarePost {
  id: string;
  at: Instant;
  /** The network; a thread may go on in another one when its speaker is known there. */
  channel: string;
  ours: boolean;
  /** Who speaks, as the network names him. */
  from: string;
  /** Whom we wrote to, where that is told. */
  to: string | null;
  text: string;
  /** Who speaks, or whom we wrote to, over all handles; null for our own posts to nobody. */
  customer: string | null;
}
