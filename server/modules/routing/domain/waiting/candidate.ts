import type { Instant } from "#platform/clock";
import { type Item, type Priority, priorities } from "../model.ts";
import type { Standing } from "../order.ts";
import { type Filed, NONE, type Register } from "./filed.ts";
import { RANKS } from "./rank.ts";

/** An item that could be next, as it is filed: what its turn hangs on, without fetching the item itself. */
export class Candidate implements Standing {
  filed: Filed = NONE;
  crisis = false;
  priority: Priority = "normal";
  due: Instant = 0;
  t0: Instant = 0;
  readonly #register: Register;
  constructor(register: Register) {
    this.#register = register;
  }
  stands(filed: Filed): void {
    const rank = this.#register.rankOf(filed);
    this.filed = filed;
    this.crisis = rank === 0;
    this.priority = rank === 0 ? this.item.priority : (priorities[rank - 1] as Priority);
    this.due = this.#register.dueOf(filed);
    this.t0 = this.#register.t0Of(filed);
  }
  get item(): Item {
    return this.#register.itemOf(this.filed);
  }
}

/** Those that could be next, in order: one of each rank at most. Used again and again: a decision is over before the next is asked for. */
export class Candidates {
  readonly #register: Register;
  readonly #all: readonly Candidate[];
  constructor(register: Register) {
    this.#register = register;
    this.#all = Array.from({ length: RANKS }, () => new Candidate(register));
  }
  putInOrder(heads: Candidate[], filed: Filed): void {
    const head = this.#all[heads.length] as Candidate;
    head.stands(filed);
    let at = heads.length;
    for (; at > 0 && this.#register.isSooner(filed, (heads[at - 1] as Candidate).filed); at--)
      heads[at] = heads[at - 1] as Candidate;
    heads[at] = head;
  }
}
