import type { Tx } from "#platform/db";
import { laneOf } from "../domain/lane.ts";
import { headsOf, type Lane, type Place, type Work, waitingLanes } from "../store/work-store.ts";

/** Kept of a lane at most. */
const MOST = 512;
const START: Place = { due: 0, t0: 0, id: "00000000-0000-0000-0000-000000000000" };

/** The head of one lane: everything that waits in it up to and with a place, in order; all of it when that is null. */
export interface MirroredLane extends Lane {
  items: readonly Work[];
  upTo: Place | null;
}

const compare = (a: Place, b: Place) => a.due - b.due || a.t0 - b.t0 || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Who has to know which items are in memory: they came or are others than before, or they are here no more; and how far a lane goes. */
export interface LaneWatch {
  came(work: Work): void;
  went(id: string): void;
  reaches(lane: MirroredLane): void;
}

const nameOf = (queueId: string, lane: string) => `${queueId}/${lane}`;

/** The heads of the lanes of an account. What waits behind them stays in the database until it is wanted. */
export class MirroredLanes {
  #lanes: Map<string, MirroredLane> | null = null;
  /** In which lane each item stands here. */
  readonly #at = new Map<string, MirroredLane>();
  readonly #watch: LaneWatch;
  constructor(watch: LaneWatch) {
    this.#watch = watch;
  }

  /** Have the lanes been read? */
  get known(): boolean {
    return this.#lanes !== null;
  }

  /** Lanes in which something waits. */
  async all(tx: Tx): Promise<readonly MirroredLane[]> {
    if (!this.#lanes) {
      // What waits behind something is handed to nobody, however much of it there is.
      const found = (await waitingLanes(tx)).filter(({ lane }) => !lane.startsWith("behind|"));
      const empty = { items: [], upTo: START };
      this.#lanes = new Map(found.map((lane) => [nameOf(lane.queueId, lane.lane), { ...lane, ...empty }]));
      for (const lane of this.#lanes.values()) this.#watch.reaches(lane);
    }
    return [...this.#lanes.values()];
  }

  named(queueId: string, lane: string): MirroredLane | undefined {
    return this.#lanes?.get(nameOf(queueId, lane));
  }

  /** Reads so many more of each of these lanes, as far as there are more. */
  async fill(tx: Tx, lanes: readonly MirroredLane[], count: number): Promise<void> {
    const asked = lanes.flatMap((lane) => (lane.upTo ? [{ to: lane, ...lane, after: lane.upTo }] : []));
    const heads = Map.groupBy(await headsOf(tx, asked, count), ({ in: lane }) => lane);
    for (const [n, { to: lane }] of asked.entries()) {
      const page = (heads.get(n) ?? []).map(({ work }) => work).sort(compare);
      const last = page.at(-1);
      lane.items = [...lane.items, ...page];
      lane.upTo = last && page.length === count ? placeOf(last) : null;
      for (const work of page) this.#enter(lane, work);
      this.#watch.reaches(lane);
      this.#dropIfEmpty(lane);
    }
  }

  /** How these items stand now; whichever of `ids` is not among them is not there. */
  put(saved: readonly Work[], ids: readonly string[] = saved.map((work) => work.id)): void {
    if (!this.#lanes) return;
    const left = new Map<MirroredLane, Set<string>>();
    for (const id of ids) {
      const lane = this.#at.get(id);
      if (!lane) continue;
      left.set(lane, (left.get(lane) ?? new Set()).add(id));
      this.#at.delete(id);
    }
    for (const [lane, gone] of left) lane.items = lane.items.filter((work) => !gone.has(work.id));
    const came = Map.groupBy(
      saved.filter((work) => work.state === "queued" && work.behind === null),
      (work) => nameOf(work.queueId, laneOf(work)),
    );
    for (const [name, works] of came) this.#join(this.#laneFor(name, works[0] as Work), works);
    for (const id of ids) if (!this.#at.has(id)) this.#watch.went(id);
    for (const lane of left.keys()) this.#dropIfEmpty(lane);
  }

  #laneFor(name: string, work: Work): MirroredLane {
    const known = this.#lanes?.get(name);
    if (known) return known;
    // A lane of which nothing was known had nothing in it.
    const made = { queueId: work.queueId, lane: laneOf(work), items: [], upTo: null };
    this.#lanes?.set(name, made);
    this.#watch.reaches(made);
    return made;
  }

  #join(lane: MirroredLane, works: readonly Work[]): void {
    const { upTo } = lane;
    // Behind the part that is here there may be others before it.
    const inside = works.filter((work) => upTo === null || compare(work, upTo) <= 0);
    lane.items = merge(lane.items, [...inside].sort(compare));
    for (const work of inside) this.#enter(lane, work);
    if (lane.items.length <= MOST) return;
    for (const work of lane.items.slice(MOST / 2)) {
      this.#at.delete(work.id);
      this.#watch.went(work.id);
    }
    lane.items = lane.items.slice(0, MOST / 2);
    lane.upTo = placeOf(lane.items.at(-1) as Work);
    this.#watch.reaches(lane);
  }

  #enter(lane: MirroredLane, work: Work): void {
    this.#at.set(work.id, lane);
    this.#watch.came(work);
  }

  #dropIfEmpty(lane: MirroredLane): void {
    if (lane.upTo === null && lane.items.length === 0) this.#lanes?.delete(nameOf(lane.queueId, lane.lane));
  }
}

const placeOf = ({ due, t0, id }: Place): Place => ({ due, t0, id });

/** Two ordered lists as one. */
function merge(a: readonly Work[], b: readonly Work[]): Work[] {
  const made: Work[] = [];
  let [i, j] = [0, 0];
  for (let x = a[i], y = b[j]; x || y; x = a[i], y = b[j])
    if (x && (!y || compare(x, y) < 0)) {
      made.push(x);
      i++;
    } else if (y) {
      made.push(y);
      j++;
    }
  return made;
}
