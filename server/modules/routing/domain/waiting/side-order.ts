import type { QueueSide } from "./ask.ts";
import { type Filed, NONE, type Register } from "./filed.ts";
import { Heap } from "./heap.ts";

/** Queues by their first item; what moved is put in order when the first is asked for. */
export class SideOrder {
  readonly #heap: Heap<QueueSide>;
  readonly #moved = new Set<QueueSide>();
  constructor(register: Register) {
    this.#heap = new Heap<QueueSide>((a, b) => register.isSooner(a.first, b.first));
  }
  /** Another may be its first. */
  moved(side: QueueSide): void {
    this.#moved.add(side);
  }
  /** An item leaves: its number may be another's before the queues are put in order again. */
  leaves(filed: Filed, side: QueueSide): void {
    if (side.first !== filed) return;
    this.#heap.remove(side);
    side.first = NONE;
    this.#moved.add(side);
  }
  /** The first of all queues. */
  first(): Filed {
    if (this.#moved.size > 0) {
      for (const side of this.#moved) this.#sort(side);
      this.#moved.clear();
    }
    return this.#heap.top?.first ?? NONE;
  }
  clear(): void {
    this.#heap.clear();
    this.#moved.clear();
  }
  #sort(side: QueueSide): void {
    const first = side.firstOf();
    if (first === side.first) return;
    const out = side.first === NONE;
    if (first === NONE) this.#heap.remove(side);
    side.first = first;
    if (first === NONE) return;
    if (out) this.#heap.push(side);
    else this.#heap.moved(side);
  }
}
