import { can, type Staff } from "#modules/people";
import { type Presence, presentOf } from "#modules/workforce";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { mediumClasses } from "./domain/medium-class.ts";
import { type Agent, type Load, noLoad } from "./domain/model.ts";
import type { LoadedQueue } from "./queues.ts";
import { type LoadRow, lastTurns, loadRows } from "./store/load-store.ts";

/**
 * The agents of one act of routing: all who are here, and whoever the act names, with what they carry. Everybody else is offline and
 * is made when asked for, without a load: ten thousand who sleep cost nothing.
 */
class SessionAgents extends Map<string, Agent> {
  readonly #staff: Staff;
  readonly #make: (id: string) => Agent;
  constructor(staff: Staff, make: (id: string) => Agent) {
    super();
    this.#staff = staff;
    this.#make = make;
  }
  override has(id: string): boolean {
    return this.#staff.byId.has(id);
  }
  override get(id: string): Agent | undefined {
    const known = super.get(id);
    if (known || !this.has(id)) return known;
    const made = this.#make(id);
    this.set(id, made);
    return made;
  }
}

/** `named`: agents whose capacity counts in this act although they may be offline. */
export async function agentsFor(
  tx: Tx,
  staff: Staff,
  queues: readonly LoadedQueue[],
  named: readonly string[],
): Promise<Map<string, Agent>> {
  const presences = await presentOf(tx, named);
  const here = [...new Set([...presences.keys(), ...named])].filter((id) => staff.byId.has(id));
  const [loads, turns] =
    here.length === 0
      ? [new Map<string, LoadRow[]>(), new Map<string, Instant>()]
      : [Map.groupBy(await loadRows(tx, here), (row) => row.agentId), await lastTurns(tx, here)];
  const make = (id: string): Agent =>
    agentOf(staff, id, queues, presences.get(id), loadFrom(loads.get(id) ?? []), turns.get(id) ?? null);
  const agents = new SessionAgents(staff, make);
  for (const id of here) agents.get(id);
  return agents;
}

function agentOf(
  staff: Staff,
  id: string,
  queues: readonly LoadedQueue[],
  presence: Presence | undefined,
  load: Load,
  lastAssignedAt: Instant | null,
): Agent {
  const { routable, rights } = staff.byId.get(id)!;
  // Nothing is held out to who may not take it; by hand it can still be given to them.
  const shut = queues.filter((q) => !can(rights, "work.take", { queueId: q.id, teamId: q.teamId }));
  return {
    ...{ id, name: routable.name, teams: new Set(routable.teamIds), closed: new Set(shut.map((q) => q.id)) },
    skills: new Map(routable.skills.map((skill) => [skill.skillId, skill.level])),
    ...{ budget: presence?.budget ?? 100, limits: presence?.limits ?? {}, presence: presence?.state ?? "offline" },
    ...{ lastAssignedAt, load },
  };
}

export function loadFrom(rows: readonly LoadRow[]): Load {
  const load = noLoad();
  for (const row of rows) {
    const medium = mediumClasses[row.medium];
    if (row.parked) load.parked += row.items;
    else {
      load.used += row.weight;
      load.counts[row.medium] = (load.counts[row.medium] ?? 0) + row.items;
      if (medium.exclusive) load.exclusive += row.items;
      else if (!medium.interruptible) load.firm += row.items;
    }
  }
  return load;
}
