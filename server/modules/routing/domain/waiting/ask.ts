import type { Instant } from "#platform/clock";
import type { Agent, Item, Queue } from "../model.ts";
import { type Filed, NONE, type Register } from "./filed.ts";
import { Heap, type Placed } from "./heap.ts";
import type { Lines } from "./lines.ts";
import { RANKS } from "./rank.ts";

export { RANKS } from "./rank.ts";

/** What stands in a queue's order of those that can be served now: items of one ask and rank by their first, or an item that stands alone. */
export interface Entry extends Placed {
  head: Filed;
}

/** Items of one ask and rank; `head`: the first that a counted agent has room for. */
export class Line implements Entry {
  at = -1;
  head: Filed = NONE;
  readonly rank: number;
  constructor(rank: number) {
    this.rank = rank;
  }
}

/** An item whose answer to "who may have it" differs from that of its like: it is held for one agent, or some agents may not have it. */
export class Alone implements Entry {
  at = -1;
  readonly head: Filed;
  /** Held for this agent. */
  readonly heldFor: string | null;
  /** Agents who may not have it now: they declined, or are complained of. */
  readonly without: readonly string[];
  constructor(head: Filed, heldFor: string | null, without: readonly string[]) {
    this.head = head;
    this.heldFor = heldFor;
    this.without = without;
  }
}

/**
 * What some items of a queue ask of an agent now: the levels as their ring has left them. Whoever fits one of them fits all.
 * `sample` is an item that stays in that ring for ever: the rule is asked with it.
 */
export class Ask {
  readonly side: QueueSide;
  readonly sample: Item;
  /** Of each rank, where agents are counted who have room for something of it. */
  readonly lines: (Line | undefined)[] = new Array<Line | undefined>(RANKS).fill(undefined);
  /** Filed items that stand alone here. */
  readonly alone = new Set<Alone>();
  /** Its number among the lines. */
  readonly no: number;
  readonly #lines: Lines;
  /** Available agents who fit, whatever they carry. */
  able = 0;
  /** Counted agents who fit and have room, by kind; and a bit for each kind of which there are some. */
  readonly free: number[] = [];
  room = 0;
  constructor(side: QueueSide, sample: Item, lines: Lines) {
    this.side = side;
    this.sample = sample;
    this.#lines = lines;
    this.no = lines.next();
  }
  putAlone(alone: Alone): void {
    this.alone.add(alone);
    this.#lines.countAlone(this.no, 1);
  }
  removeAlone(alone: Alone): void {
    this.alone.delete(alone);
    this.#lines.countAlone(this.no, -1);
  }
  /** One more or one less with room for a kind. */
  count(kind: number, by: 1 | -1): void {
    const n = (this.free[kind] ?? 0) + by;
    this.free[kind] = n;
    if (n === 0) this.room &= ~(1 << kind);
    else this.room |= 1 << kind;
  }
}

/** The rule asked with an item of the ask and an agent of a profile. */
export type Fits = (sample: Item, agent: Agent) => boolean;

/** The waiting side of one queue: what of it can be served now, by rank, the first of each at hand. */
export class QueueSide implements Placed {
  at = -1;
  queue: Queue;
  /** What its agents' eligibility hangs on, as it was when it was filed. */
  readonly shape: string;
  readonly ranks: readonly Heap<Entry>[];
  readonly #register: Register;
  /** The first of all ranks when it was last looked at: by it the queues are ordered. */
  first: Filed = NONE;
  /** Waiting items by rank, held ones apart. */
  readonly counts: number[] = new Array<number>(RANKS).fill(0);
  held = 0;
  /** Waiting in the store only. */
  beyond = 0;
  constructor(queue: Queue, register: Register) {
    this.queue = queue;
    this.shape = shapeOf(queue);
    this.#register = register;
    const headsDue = ({ head }: Entry): Instant => register.dueOf(head);
    const byHead = (a: Entry, b: Entry): boolean => register.isBeforeOfSame(a.head, b.head);
    this.ranks = Array.from({ length: RANKS }, () => new Heap<Entry>(byHead, headsDue));
  }
  /** A queue that holds its work until it opens serves crises only. */
  serves(rank: number): boolean {
    return this.queue.autoServe && (this.queue.serving || rank === 0);
  }
  /** All that wait now, whoever could take them. */
  waiting(): number {
    const { counts } = this;
    let sum = this.held + this.beyond;
    for (let rank = 0; rank < RANKS; rank++) if (this.serves(rank)) sum += counts[rank] as number;
    return sum;
  }
  /** The entry as it stands now: in, out, or moved. */
  refresh(entry: Entry, rank: number, head: Filed): void {
    const heap = this.ranks[rank] as Heap<Entry>;
    if (head === NONE) {
      if (entry.at >= 0) heap.remove(entry);
    } else if (entry.at < 0) {
      entry.head = head;
      heap.push(entry);
    } else if (entry.head !== head) {
      entry.head = head;
      heap.moved(entry);
    }
  }
  headOf(rank: number): Filed {
    return this.ranks[rank]?.top?.head ?? NONE;
  }
  firstOf(): Filed {
    const crisis = this.headOf(0);
    if (crisis !== NONE) return crisis;
    let first = NONE;
    for (let rank = 1; rank < RANKS; rank++) {
      const head = this.headOf(rank);
      if (head !== NONE && (first === NONE || this.#register.isBefore(head, first))) first = head;
    }
    return first;
  }
}

export const shapeOf = ({ teamId, overflow, relief, choice }: Queue): string =>
  JSON.stringify([teamId, overflow, relief ?? [], choice]);
