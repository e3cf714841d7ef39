import { can, type Staff, skillsAt } from "#modules/people";
import type { Presence } from "#modules/workforce";
import type { Instant } from "#platform/clock";
import { mediumClasses } from "./domain/medium-class.ts";
import { type Agent, type Load, noLoad } from "./domain/model.ts";
import { isOver } from "./domain/over-capacity.ts";
import type { LoadedQueue } from "./queues.ts";
import type { LoadRow } from "./store/load-store.ts";

/**
 * The agents of one act of routing: all who are known to its picture. Everybody else is offline and is made when asked for, without a
 * load: ten thousand who sleep cost nothing.
 */
export class SessionAgents extends Map<string, Agent> {
  readonly #known: ReadonlyMap<string, Agent>;
  readonly #staff: Staff;
  readonly #make: (id: string) => Agent;
  constructor(known: ReadonlyMap<string, Agent>, staff: Staff, queues: readonly LoadedQueue[], now: Instant) {
    super();
    this.#known = known;
    this.#staff = staff;
    this.#make = (id) => agentOf(staff, id, queues, undefined, noLoad(), null, now);
  }
  override has(id: string): boolean {
    return this.#staff.byId.has(id);
  }
  override get(id: string): Agent | undefined {
    const known = this.#known.get(id) ?? super.get(id);
    if (known || !this.has(id)) return known;
    const made = this.#make(id);
    this.set(id, made);
    return made;
  }
  /** Those who are known to be here or were named; who was made in this act is offline. */
  override values(): MapIterator<Agent> {
    return this.#known.values();
  }
}

export function agentOf(
  staff: Staff,
  id: string,
  queues: readonly LoadedQueue[],
  presence: Presence | undefined,
  load: Load,
  lastAssignedAt: Instant | null,
  now: Instant,
): Agent {
  const { routable, rights } = staff.byId.get(id)!;
  // Nothing is held out to who may not take it; by hand it can still be given to them.
  const shut = queues.filter((q) => !can(rights, "work.take", { queueId: q.id, teamId: q.teamId }));
  const { levels: skills, changesAt } = skillsAt(routable.skills, now);
  const agent = {
    ...{ id, name: routable.name, teams: new Set(routable.teamIds), closed: new Set(shut.map((q) => q.id)) },
    ...{ skills, changesAt },
    ...{
      budget: presence?.budget ?? 100,
      limits: presence?.limits ?? {},
      apart: presence?.apart ?? [],
      presence: presence?.state ?? "offline",
    },
    ...{ lastAssignedAt, load },
  };
  return { ...agent, over: isOver(agent) };
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
