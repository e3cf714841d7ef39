import { type Instant, MINUTE, SECOND } from "#platform/clock";
import type { Presence, PresenceState } from "./presence.ts";

export interface PresenceRules {
  /** A desk that nobody has open for so long is lost: whoever worked at it is away. */
  readonly lostAfterSeconds: number;
  /** And offline so much later. */
  readonly goneAfterMinutes: number;
  /** Minutes until work whose customer waits goes back to the queue, by the owner's presence; null: never. What is put aside stays. */
  readonly returnMinutes: Readonly<Record<Exclude<PresenceState, "available">, number | null>>;
}

/** Ours: a break is shorter than half an hour; whoever does not respond may be at the next desk. */
export const usualPresenceRules: PresenceRules = {
  ...{ lostAfterSeconds: 120, goneAfterMinutes: 60 },
  returnMinutes: { busy: null, break: 30, training: 30, away: 10, "not-responding": 10, offline: 15 },
};

/** When the work of an agent goes back to the queue if nothing changes; null: it stays. */
export function returnsAt(
  rules: PresenceRules,
  { state, since }: Pick<Presence, "state" | "since">,
  now: Instant,
): Instant | null {
  if (state === "available") return null;
  const after = rules.returnMinutes[state];
  if (after === null) return null;
  // Whoever is not here at all may be given work by hand: that waits as long as what was left behind.
  return (state === "offline" ? now : since) + after * MINUTE;
}

export type Lost =
  | { readonly do: "nothing" }
  | { readonly do: "look-again"; readonly at: Instant }
  | { readonly do: "away" | "offline" };

/** Said by the program, and the only reason for which it brings somebody back by itself. */
export const DESK_LOST = "The desk was closed or lost its connection.";

/**
 * A desk had no connection until now. `actedAt`: the last command of the agent. Who paused is left in peace until the pause is over, or,
 * without an end, is offline after a while.
 */
export function deskLost(
  rules: PresenceRules,
  present: Pick<Presence, "state" | "since" | "until" | "reason">,
  actedAt: Instant | null,
  now: Instant,
): Lost {
  const lost = rules.lostAfterSeconds * SECOND;
  const gone = rules.goneAfterMinutes * MINUTE;
  const { state, since, until } = present;
  if (state === "offline") return { do: "nothing" };
  if (actedAt !== null && actedAt + lost > now) return { do: "look-again", at: actedAt + lost };
  if (state === "available" || state === "busy" || state === "not-responding")
    return until !== null && until > now ? { do: "look-again", at: until + lost } : { do: "away" };
  if (until !== null && until > now) return { do: "look-again", at: until + lost };
  return since + gone > now ? { do: "look-again", at: since + gone } : { do: "offline" };
}
