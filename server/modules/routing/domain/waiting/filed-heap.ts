import type { Instant } from "#platform/clock";
import { type Filed, NONE, type Register } from "./filed.ts";

/** So many stand below each: the keys of all of them are fetched at once. */
const FOUR = 4;

/** Numbers of the register, the one with the earliest instant first; the register knows where each stands. */
export class FiledHeap {
  /** Instant, number, instant, number … */
  readonly #cells: number[] = [];
  readonly #register: Register;
  readonly #where: number;
  constructor(register: Register, where: number) {
    this.#register = register;
    this.#where = where;
  }
  get top(): Filed {
    return this.#cells.length === 0 ? NONE : (this.#cells[1] as Filed);
  }
  /** When the first is due; `Infinity` without one. */
  get due(): Instant {
    return this.#cells.length === 0 ? Number.POSITIVE_INFINITY : (this.#cells[0] as Instant);
  }
  push(filed: Filed, due: Instant): void {
    this.#cells.push(due, filed);
    this.#up(filed, due, (this.#cells.length >> 1) - 1);
  }
  remove(filed: Filed): void {
    const at = this.#register.placeOf(filed, this.#where);
    const last = this.#cells.pop() as Filed;
    const due = this.#cells.pop() as Instant;
    this.#register.place(filed, this.#where, -1);
    if (last === filed) return;
    if (this.#up(last, due, at) === at) this.#down(last, due, at);
  }
  clear(): void {
    this.#cells.length = 0;
  }

  /** Returns where it stands then. */
  #up(filed: Filed, due: Instant, from: number): number {
    const cells = this.#cells;
    let at = from;
    while (at > 0) {
      const above = ((at - 1) / FOUR) | 0;
      const other = cells[2 * above] as Instant;
      const member = cells[2 * above + 1] as Filed;
      if (due > other || (due === other && !this.#register.isBeforeOfSame(filed, member))) break;
      cells[2 * at] = other;
      cells[2 * at + 1] = member;
      this.#register.place(member, this.#where, at);
      at = above;
    }
    this.#stand(filed, due, at);
    return at;
  }
  #down(filed: Filed, due: Instant, from: number): void {
    const cells = this.#cells;
    const size = cells.length >> 1;
    let at = from;
    for (let below = FOUR * at + 1; below < size; below = FOUR * at + 1) {
      let first = below;
      let sooner = cells[2 * below] as Instant;
      const end = Math.min(below + FOUR, size);
      for (let i = below + 1; i < end; i++) {
        const other = cells[2 * i] as Instant;
        if (other > sooner || (other === sooner && !this.#isBefore(i, first))) continue;
        first = i;
        sooner = other;
      }
      const member = cells[2 * first + 1] as Filed;
      if (sooner > due || (sooner === due && !this.#register.isBeforeOfSame(member, filed))) break;
      this.#stand(member, sooner, at);
      at = first;
    }
    this.#stand(filed, due, at);
  }
  #isBefore(a: number, b: number): boolean {
    return this.#register.isBeforeOfSame(this.#cells[2 * a + 1] as Filed, this.#cells[2 * b + 1] as Filed);
  }
  #stand(filed: Filed, due: Instant, at: number): void {
    this.#cells[2 * at] = due;
    this.#cells[2 * at + 1] = filed;
    this.#register.place(filed, this.#where, at);
  }
}
