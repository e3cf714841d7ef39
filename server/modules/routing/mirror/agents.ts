import type { Staff } from "#modules/people";
import { type Presence, presencesOf, presentOf } from "#modules/workforce";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Agent } from "../domain/model.ts";
import type { LoadedQueue } from "../queues.ts";
import { agentOf, loadFrom } from "../session-agents.ts";
import { lastTurns, loadRows } from "../store/load-store.ts";

/** What is read of an agent beside what people knows: presence, and what is carried. */
interface Facts {
  readonly presence: Presence | undefined;
  readonly load: Agent["load"];
  readonly lastAssignedAt: Instant | null;
}

/**
 * The agents of an account as the engine sees them, made once and changed by the acts: all who are here, and whoever an act named.
 * Their teams, skills and rights are made anew when the staff or the queues changed.
 */
export class MirroredAgents {
  readonly #facts = new Map<string, Facts>();
  readonly #moved: (id: string) => void;
  /** Has everybody been read who is here? */
  #everybody = false;
  /** Who is known, as made by `make`. The same map always. */
  readonly all: Map<string, Agent>;
  readonly #unmade = new Set<string>();
  /** When the skills of somebody who is known change next. */
  #changesAt: Instant = Number.POSITIVE_INFINITY;
  #of: { staff: Staff; queues: string } | null = null;

  /** `moved` is told of whoever was made anew. */
  constructor(all: Map<string, Agent>, moved: (id: string) => void) {
    this.all = all;
    this.#moved = moved;
  }

  /** Reads who is not known yet: these, and with `everybody` all who are here. */
  async know(tx: Tx, ids: readonly string[], everybody: boolean): Promise<void> {
    const missing = ids.filter((id) => !this.#facts.has(id));
    if (everybody && !this.#everybody) {
      const present = await presentOf(tx, missing);
      await this.#read(tx, new Set([...present.keys(), ...missing]), present);
      this.#everybody = true;
    } else if (missing.length > 0) await this.#read(tx, new Set(missing));
  }

  /** Something about these changed elsewhere. */
  async readAgain(tx: Tx, ids: readonly string[]): Promise<void> {
    const wanted = this.#everybody ? ids : ids.filter((id) => this.#facts.has(id));
    if (wanted.length > 0) await this.#read(tx, new Set(wanted));
  }

  async #read(tx: Tx, wanted: ReadonlySet<string>, present?: ReadonlyMap<string, Presence>): Promise<void> {
    const ids = [...wanted];
    const [presences, loads, turns] = await tx.together((t) =>
      Promise.all([present ?? presencesOf(t, ids), loadRows(t, ids), lastTurns(t, ids)]),
    );
    const byAgent = Map.groupBy(loads, (row) => row.agentId);
    for (const id of ids) {
      const presence = presences.get(id);
      const load = loadFrom(byAgent.get(id) ?? []);
      this.#facts.set(id, { presence, load, lastAssignedAt: turns.get(id) ?? null });
      this.all.delete(id);
      this.#unmade.add(id);
    }
  }

  /** Who is known, made for this staff and these queues. */
  make(staff: Staff, queues: readonly LoadedQueue[], now: Instant): void {
    const key = JSON.stringify(queues.map((q) => [q.id, q.teamId, q.version]));
    if (this.#of?.staff !== staff || this.#of.queues !== key) {
      for (const id of this.#facts.keys()) this.#unmade.add(id);
      this.#of = { staff, queues: key };
    }
    // A skill that was given until a date ends by itself.
    if (this.#changesAt <= now) {
      this.#changesAt = Number.POSITIVE_INFINITY;
      for (const [id, { changesAt }] of this.all)
        if (changesAt != null && changesAt <= now) this.#unmade.add(id);
        else this.#changesAt = Math.min(this.#changesAt, changesAt ?? this.#changesAt);
    }
    for (const id of this.#unmade) {
      this.#make(id, staff, queues, now);
      this.#moved(id);
      this.#changesAt = Math.min(this.#changesAt, this.all.get(id)?.changesAt ?? this.#changesAt);
    }
    this.#unmade.clear();
  }

  #make(id: string, staff: Staff, queues: readonly LoadedQueue[], now: Instant): void {
    const { presence, load, lastAssignedAt } = this.#facts.get(id) as Facts;
    // What acts have changed since it was read stands in the agent.
    const was = this.all.get(id);
    if (!staff.byId.has(id)) {
      this.all.delete(id);
      if (was && presence)
        this.#facts.set(id, {
          presence: { ...presence, state: was.presence },
          load,
          lastAssignedAt: was.lastAssignedAt,
        });
      return;
    }
    const made = agentOf(staff, id, queues, presence, load, was ? was.lastAssignedAt : lastAssignedAt, now);
    if (was) made.presence = was.presence;
    this.all.set(id, made);
  }
}
