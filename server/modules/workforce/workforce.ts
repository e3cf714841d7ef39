import { PresenceChanged } from "#events/workforce";
import { agentsById } from "#modules/people";
import { type Instant, iso } from "#platform/clock";
import { storable, type Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import { clearTimer, setTimer, type TimerHandler } from "#platform/timers";
import { absent, changePresence, type Presence, type PresenceRefusal, type PresenceState } from "./domain/presence.ts";
import { type PresenceSpan, spansOf } from "./domain/spans.ts";
import {
  findPresences,
  findPresent,
  lockPresence,
  presenceSteps,
  saveCapacity,
  savePresence,
} from "./store/presence-store.ts";

/** Presence by agent. Without ids: of everybody who ever came; with ids: of exactly these, offline when they never came. */
export async function presencesOf(tx: Tx, agentIds?: readonly string[]): Promise<Map<string, Presence>> {
  const found = new Map((await findPresences(tx, agentIds)).map((p) => [p.agentId, p]));
  for (const id of agentIds ?? []) if (!found.has(id)) found.set(id, absent(id));
  return found;
}

/** Presence of everybody who is here in some way, and of these agents; whoever is missing is offline. */
export async function presentOf(tx: Tx, agentIds: readonly string[]): Promise<Map<string, Presence>> {
  return new Map((await findPresent(tx, agentIds)).map((p) => [p.agentId, p]));
}

/** How somebody was here from an instant to another, span by span without a hole. What is to come is not told. */
export async function presenceSpans(tx: Tx, agentId: string, from: Instant, to: Instant): Promise<PresenceSpan[]> {
  const until = Math.min(to, tx.now);
  return until <= from ? [] : spansOf(await presenceSteps(tx, agentId, from, until), from, until);
}

/** Changes an agent's presence. `by` is the agent, a supervisor, or null for the program; the same wish twice changes nothing. */
export async function setPresence(
  tx: Tx,
  wish: { agentId: string; state: PresenceState; until?: Instant | null; reason?: string; by: string | null },
): Promise<Presence> {
  if (!(await agentsById(tx, [wish.agentId])).has(wish.agentId)) throw notFound("agent");
  const present = await lockPresence(tx, wish.agentId);
  const until = wish.until ?? null;
  const made = changePresence(present, { ...wish, until, reason: storable(wish.reason ?? "") }, tx.now);
  if (!made.ok) throw new AppError(made.why === "not-working" ? "not-now" : "invalid-request", SENTENCES[made.why]);
  if (!made.changed) return made.presence;
  await savePresence(tx, made.presence, wish.by);
  if (until === null) await clearTimer(tx, "presence-return", wish.agentId);
  else await setTimer(tx, "presence-return", wish.agentId, until);
  const { agentId, state, reason, version } = made.presence;
  tx.announce(PresenceChanged, {
    ...{ key: agentId, entity: "presence", entityId: agentId, entityVersion: version },
    payload: {
      ...{ agentId, state, was: present.state, until: until === null ? null : iso(until) },
      ...{ reason: reason ?? "", by: wish.by },
    },
  });
  return made.presence;
}

const SENTENCES: Record<PresenceRefusal, string> = {
  "until-is-past": "The time to come back lies in the past. Choose a later one.",
  "until-does-not-fit": "Only busy, break, training and away can end at a time.",
  "only-the-router": "An agent is found not to respond by an offer that runs out; nobody sets it by hand.",
  "reason-wanted": "Say why you change somebody else's presence: the agent sees it.",
  "not-working": "This agent is not available now.",
};

/** The session ended or the last screen was closed. */
export async function goOffline(tx: Tx, agentId: string, reason: string): Promise<Presence> {
  return setPresence(tx, { agentId, state: "offline", reason, by: null });
}

/** How much an agent takes on: `budget` 100 is a full one; `limits` are caps by kind of medium, e.g. { public: 3 }. */
export async function setCapacity(
  tx: Tx,
  agentId: string,
  budget: number,
  limits: Readonly<Record<string, number>> = {},
): Promise<void> {
  await lockPresence(tx, agentId);
  await saveCapacity(tx, agentId, budget, limits);
}

/** The time an agent named has come: available again, unless something changed meanwhile. */
export const timers: Record<string, TimerHandler> = {
  "presence-return": async (tx, timer) => {
    const present = await lockPresence(tx, timer.ref);
    if (present.until === null || present.until > tx.now || present.state === "offline") return;
    await setPresence(tx, { agentId: timer.ref, state: "available", reason: "back at the time named", by: null });
  },
};
