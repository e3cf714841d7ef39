/** What stands in a heap knows where: it can be taken out or moved without a search. */
export interface Placed {
  /** Index in its heap; -1 outside. */
  at: number;
}

/**
 * A binary heap whose members know their place: the first is at hand, everything else costs log n. A member is in one heap at a time.
 * Who has a smaller key stands before; among equals `before` decides. Keys are copied and stand side by side: a comparison does not
 * have to fetch the members, which lie all over the memory.
 */
export class Heap<T extends Placed> {
  readonly members: T[] = [];
  readonly #keys: number[] = [];
  readonly #before: (a: T, b: T) => boolean;
  readonly #keyOf: (member: T) => number;
  constructor(before: (a: T, b: T) => boolean, keyOf: (member: T) => number = noKey) {
    this.#before = before;
    this.#keyOf = keyOf;
  }
  get size(): number {
    return this.members.length;
  }
  get top(): T | undefined {
    return this.members[0];
  }
  push(member: T): void {
    const key = this.#keyOf(member);
    this.members.push(member);
    this.#keys.push(key);
    this.#up(member, key, this.members.length - 1);
  }
  remove(member: T): void {
    const { members } = this;
    const at = member.at;
    const last = members.pop() as T;
    const key = this.#keys.pop() as number;
    member.at = -1;
    if (last === member) return;
    this.#settle(last, key, at);
  }
  /** The member's own order has changed. */
  moved(member: T): void {
    this.#settle(member, this.#keyOf(member), member.at);
  }
  clear(): void {
    this.members.length = 0;
    this.#keys.length = 0;
  }
  #settle(member: T, key: number, at: number): void {
    this.#up(member, key, at);
    if (member.at === at) this.#down(member, key, at);
  }
  #up(member: T, key: number, from: number): void {
    const { members } = this;
    const keys = this.#keys;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = keys[above] as number;
      if (key > other || (key === other && !this.#before(member, members[above] as T))) break;
      const parent = members[above] as T;
      members[at] = parent;
      keys[at] = other;
      parent.at = at;
      at = above;
    }
    members[at] = member;
    keys[at] = key;
    member.at = at;
  }
  #down(member: T, key: number, from: number): void {
    const { members } = this;
    const keys = this.#keys;
    const { length } = members;
    let at = from;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= length) break;
      let other = keys[below] as number;
      if (below + 1 < length) {
        const right = keys[below + 1] as number;
        if (right < other || (right === other && this.#before(members[below + 1] as T, members[below] as T))) {
          below++;
          other = right;
        }
      }
      if (other > key || (other === key && !this.#before(members[below] as T, member))) break;
      const child = members[below] as T;
      members[at] = child;
      keys[at] = other;
      child.at = at;
      at = below;
    }
    members[at] = member;
    keys[at] = key;
    member.at = at;
  }
}

const noKey = (): number => 0;
