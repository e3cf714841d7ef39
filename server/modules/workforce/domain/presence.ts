import type { Instant } from "#platform/clock";
import type { Result } from "#platform/result";

export const presenceStates = ["available", "busy", "break", "training", "away", "not-responding", "offline"] as const;
export type PresenceState = (typeof presenceStates)[number];

/** Presence of one agent. Whoever never came is offline. */
export interface Presence {
  agentId: string;
  state: PresenceState;
  since: Instant;
  /** When the agent is available again by itself; null: when the agent says so. */
  until: Instant | null;
  reason: string | null;
  budget: number;
  /** Own caps by kind of medium, over the usual ones. */
  limits: Readonly<Record<string, number>>;
  /** Groups of kinds of which only one is in hands at a time. */
  apart: readonly (readonly string[])[];
  /** The capacity profile that counts. */
  profileId: string | null;
  version: number;
}
export interface Wish {
  state: PresenceState;
  until: Instant | null;
  reason: string;
  /** Who wants it: the agent, a supervisor, or null for the program itself. */
  by: string | null;
}

export type PresenceRefusal =
  | "until-is-past"
  | "until-does-not-fit"
  | "only-the-router"
  | "reason-wanted"
  | "not-working";

/** What becomes of a presence: the same wish twice changes nothing. */
export function changePresence(
  present: Presence,
  wish: Wish,
  now: Instant,
): Result<{ presence: Presence; changed: boolean }, PresenceRefusal> {
  if (wish.state === "not-responding" && wish.by !== null) return { ok: false, why: "only-the-router" };
  // Only who was free to react can have failed to.
  if (wish.state === "not-responding" && present.state !== "available" && present.state !== "not-responding")
    return { ok: false, why: "not-working" };
  if (wish.by !== null && wish.by !== present.agentId && wish.reason.trim() === "")
    return { ok: false, why: "reason-wanted" };
  if (wish.until !== null && wish.until <= now) return { ok: false, why: "until-is-past" };
  const returns = wish.state !== "available" && wish.state !== "offline" && wish.state !== "not-responding";
  if (wish.until !== null && !returns) return { ok: false, why: "until-does-not-fit" };
  const reason = wish.reason.trim() || null;
  if (present.state === wish.state && present.until === wish.until && present.reason === reason)
    return { ok: true, presence: present, changed: false };
  const since = present.state === wish.state ? present.since : now;
  const presence = { ...present, state: wish.state, since, until: wish.until, reason, version: present.version + 1 };
  return { ok: true, presence, changed: true };
}

export function absent(agentId: string): Presence {
  return {
    agentId,
    state: "offline",
    since: 0,
    until: null,
    reason: null,
    budget: 100,
    limits: {},
    apart: [],
    profileId: null,
    version: 0,
  };
}
