import { CapacityChanged } from "#events/workforce";
import { staffOf, teamsOf } from "#modules/people";
import type { Instant } from "#platform/clock";
import { storable, type Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { setTimers, type TimerHandler } from "#platform/timers";
import {
  type Capacity,
  type CapacityFault,
  type CapacityProfile,
  checkCapacity,
  type Given,
  profileAt,
  sameCapacity,
  usualCapacity,
} from "./domain/capacity-profile.ts";
import {
  allGiven,
  allProfiles,
  type CarriedRow,
  carriedOf,
  endGiven,
  insertGiven,
  insertProfile,
  saveCarried,
  updateProfile,
} from "./store/capacity-store.ts";

/** Ref: the agent. */
const CHANGES = "capacity-changes";
/** Profiles of an account. */
const MOST_PROFILES = 100;
/** What was given to agents and teams, ended or not. */
const MOST_GIVEN = 5_000;

const SENTENCES: Record<CapacityFault, string> = {
  nothing: "Nothing could be held out with this profile. Leave at least one kind of work above 0.",
  "apart-alone": "A group that does not go together needs two kinds of work.",
  "apart-twice": "The same kinds are kept apart twice. Take one of the groups away.",
};

export async function capacityProfiles(tx: Tx): Promise<{ profiles: CapacityProfile[]; given: Given[] }> {
  return { profiles: await allProfiles(tx), given: await allGiven(tx) };
}

function check(profiles: readonly CapacityProfile[], wish: Capacity & { name: string }, own?: string): void {
  const made = checkCapacity(wish);
  if (!made.ok) throw new AppError("invalid-request", SENTENCES[made.why]);
  const same = profiles.find((p) => p.id !== own && p.name.toLowerCase() === wish.name.toLowerCase());
  if (same) throw notNow(`There is a profile ${same.name} already. Choose another name.`);
}

export async function addCapacityProfile(tx: Tx, wish: Capacity & { name: string }): Promise<CapacityProfile> {
  const profiles = await allProfiles(tx);
  if (profiles.length >= MOST_PROFILES) throw notNow(`There are ${MOST_PROFILES} profiles; that is as many as can be.`);
  const made = { id: uuidv7(tx.now), ...wish, name: storable(wish.name.trim()) };
  check(profiles, made);
  await insertProfile(tx, made);
  return { ...made, version: 1 };
}

/** Counts at once for everybody who has it. */
export async function changeCapacityProfile(
  tx: Tx,
  id: string,
  expectedVersion: number,
  wish: Capacity & { name: string },
): Promise<{ before: CapacityProfile; after: CapacityProfile }> {
  const profiles = await allProfiles(tx);
  const before = profiles.find((p) => p.id === id);
  if (!before) throw notFound("capacity profile");
  const after = { ...wish, id, name: storable(wish.name.trim()), version: expectedVersion };
  check(profiles, after, id);
  if (!(await updateProfile(tx, after))) throw conflict("capacity profile", { version: before.version });
  await applyCapacity(tx);
  return { before, after: { ...after, version: expectedVersion + 1 } };
}

/** Gives a profile to an agent or a team, from now or a day to come, for good or until another. */
export async function giveCapacity(
  tx: Tx,
  wish: Omit<Given, "id" | "validFrom"> & { validFrom: Instant | null },
): Promise<Given> {
  const [profiles, given, staff] = [await allProfiles(tx), await allGiven(tx), await staffOf(tx)];
  if (!profiles.some((p) => p.id === wish.profileId)) throw notFound("capacity profile");
  if (given.length >= MOST_GIVEN) throw notNow("More profiles were given than can be kept. Take old ones back first.");
  const there =
    wish.subjectKind === "agent"
      ? staff.byId.has(wish.subjectId)
      : (await teamsOf(tx)).some((team) => team.id === wish.subjectId);
  if (!there) throw new AppError("invalid-request", `There is no ${wish.subjectKind} with this id.`);
  const validFrom = Math.max(wish.validFrom ?? tx.now, tx.now);
  if (wish.validUntil !== null && wish.validUntil <= validFrom)
    throw new AppError("invalid-request", "It has to end after it begins.");
  const made = { ...wish, id: uuidv7(tx.now), validFrom };
  await insertGiven(tx, made);
  await applyCapacity(tx);
  return made;
}

/** Takes it back from now on. */
export async function takeCapacityBack(tx: Tx, id: string): Promise<Given> {
  const given = (await allGiven(tx)).find((g) => g.id === id);
  if (!given) throw notFound("capacity");
  if (given.validUntil === null || given.validUntil > tx.now) {
    await endGiven(tx, given);
    await applyCapacity(tx);
  }
  return given;
}

/**
 * Brings what agents take on to what their profiles say now. Who has none and had none keeps what was set by hand. Without ids:
 * everybody. Safe to do twice.
 */
export async function applyCapacity(tx: Tx, agentIds?: readonly string[]): Promise<void> {
  const given = await allGiven(tx);
  const staff = await staffOf(tx);
  const wanted = agentIds && new Set(agentIds);
  const agents = staff.agents.filter(({ agent }) => wanted?.has(agent.id) ?? true).map((one) => one.routable);
  // Where nobody ever was given a profile, nobody's changes by joining a team.
  if (agents.length === 0 || (agentIds && given.length === 0)) return;
  const profiles = new Map((await allProfiles(tx)).map((p) => [p.id, p]));
  const found = await carriedOf(
    tx,
    agents.map((agent) => agent.id),
  );
  const carried = new Map(found.map((row) => [row.agentId, row]));
  const changed: CarriedRow[] = [];
  const later: { kind: string; ref: string; dueAt: number }[] = [];
  for (const agent of agents) {
    const { profileId, changesAt } = profileAt(given, agent, tx.now);
    if (changesAt !== null) later.push({ kind: CHANGES, ref: agent.id, dueAt: changesAt });
    const now = carried.get(agent.id) ?? { agentId: agent.id, profileId: null, ...usualCapacity };
    if (profileId === null && now.profileId === null) continue;
    const { budget, limits, apart } = profiles.get(profileId ?? "") ?? usualCapacity;
    const next = { agentId: agent.id, profileId, budget, limits, apart };
    if (profileId !== now.profileId || !sameCapacity(now, next)) changed.push(next);
  }
  await setTimers(tx, later);
  await saveCarried(tx, changed);
  for (const { agentId, profileId, budget } of changed)
    tx.announce(CapacityChanged, {
      ...{ key: agentId, entity: "presence", entityId: agentId, entityVersion: 1 },
      payload: { agentId, profileId, budget },
    });
}

export const capacityTimers: Record<string, TimerHandler> = {
  [CHANGES]: (tx, timer) => applyCapacity(tx, [timer.ref]),
};
