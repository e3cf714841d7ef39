import { type Instant, MINUTE, type Millis } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Agent } from "../domain/model.ts";
import type { Begun, Touched } from "../store/step-store.ts";
import { findWork, type Work } from "../store/work-store.ts";
import { MirroredAgents } from "./agents.ts";
import { MirroredLanes } from "./lanes.ts";
import { WaitingWorld } from "./waiting-world.ts";

/** What an act changed, or may have changed before it failed. */
interface Entry {
  /** Null: it never came to its end. */
  readonly step: number | null;
  readonly items: readonly string[];
  readonly agents: readonly string[];
}

/** What an act has saved: its step, the items as they stand now, and whose load, presence or turn it may have changed. */
export interface Ended {
  readonly step: number | null;
  readonly changed: readonly Work[];
  readonly agents: readonly string[];
}

const CLOCKS_DIFFER: Millis = MINUTE;
/** Steps that are remembered: a transaction with more acts than these that is rolled back costs a new picture. */
const MOST_STEPS = 64;
/** So many agents or items that were changed elsewhere are read one by one; of more the whole picture is new. */
const MOST_TOUCHED = 5_000;

/**
 * What a process keeps in memory of an account's routing: who is here with what they carry, and the heads of the lanes in which work
 * waits. It is used under the lock of routing only, and only after it was compared with the steps in the database: what happened
 * elsewhere since, and what happened here and was rolled back, is read again first. So nothing decided from it can be stale.
 */
export class Mirror {
  readonly #incarnation: string;
  readonly waiting: WaitingWorld;
  readonly agents: MirroredAgents;
  readonly lanes: MirroredLanes;
  readonly #entries: Entry[];
  #lastAt: Instant = Number.NEGATIVE_INFINITY;
  /** An act works with it. Found so by the next one, that act has lost its connection, or is this transaction's own: hands off. */
  #busy = true;

  constructor(begun: Begun) {
    this.#incarnation = begun.incarnation;
    const all = new Map<string, Agent>();
    this.waiting = new WaitingWorld(all);
    this.agents = new MirroredAgents(all, (id) => this.waiting.index.agentMoved(id));
    this.lanes = new MirroredLanes(this.waiting);
    this.#entries = [{ step: begun.step, items: [], agents: [] }];
  }

  /** The steps by which the database can tell how far it stands. */
  get steps(): number[] {
    return this.#entries.flatMap((entry) => entry.step ?? []);
  }

  /** Brings it to where the database stands; false when it is too far behind to be worth it. It is the caller's until `end` or `fail`. */
  async catchUp(tx: Tx, begun: Begun): Promise<boolean> {
    if (this.#busy || begun.incarnation !== this.#incarnation) return false;
    // The index only goes on in time. A clock that was put back makes it anew.
    if (tx.now < this.#lastAt - CLOCKS_DIFFER) return false;
    this.#lastAt = Math.max(this.#lastAt, tx.now);
    const happened = new Set([begun.before, begun.base ?? -1, ...begun.since.map((touched) => touched.step)]);
    const at = this.#entries.findLastIndex((entry) => entry.step !== null && happened.has(entry.step));
    if (at < 0) return false;
    const base = this.#entries[at]?.step as number;
    const lost = this.#entries.splice(at + 1);
    const since = begun.since.filter((touched) => touched.step > base);
    if (since.some((touched) => touched.everything)) return false;
    const [items, agents] = [idsOf([...lost, ...since], "items"), idsOf([...lost, ...since], "agents")];
    if (items.length + agents.length > MOST_TOUCHED) return false;
    this.#busy = true;
    if (begun.step !== base) this.#remember({ step: begun.step, items, agents });
    try {
      if (agents.length > 0) await this.agents.readAgain(tx, agents);
      if (items.length > 0 && this.lanes.known) this.lanes.put(await findWork(tx, { ids: items }), items);
    } catch (error) {
      this.fail(items, agents);
      throw error;
    }
    return true;
  }

  /** An act has saved what it changed; without a step it changed nothing. */
  end({ step, changed, agents }: Ended): void {
    if (step !== null) {
      this.lanes.put(changed);
      this.#remember({ step, items: changed.map((work) => work.id), agents });
    }
    this.#busy = false;
  }

  /** An act that may have changed these in memory came to nothing. */
  fail(items: readonly string[], agents: readonly string[]): void {
    this.#remember({ step: null, items, agents });
    this.#busy = false;
  }

  #remember(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length <= MOST_STEPS) return;
    // What never ended stays until an act after it was seen to have happened.
    this.#entries.splice(0, this.#entries.length - MOST_STEPS);
  }
}

function idsOf(of: readonly (Entry | Touched)[], what: "items" | "agents"): string[] {
  return [...new Set(of.flatMap((one) => one[what]))];
}
