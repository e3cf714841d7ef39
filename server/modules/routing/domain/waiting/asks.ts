import type { Item, Need } from "../model.ts";
import { levelIn } from "../skills.ts";
import { Ask, type QueueSide } from "./ask.ts";
import type { Register } from "./filed.ts";
import { Lines } from "./lines.ts";
import { Slot } from "./seat.ts";

/** Asks by their needs one after the other: by skill, and by level, a soft one below zero. */
interface Short {
  ask: Ask | null;
  readonly more: Map<string, Map<number, Short>>;
}

/** What items ask for, each once: by queue, by the levels that a ring has left, and by the ring itself where it opens teams. */
export class Asks {
  /** Each by its number. */
  readonly asks: Ask[] = [];
  readonly sides: QueueSide[] = [];
  readonly #asks = new Map<string, Ask>();
  readonly #slots = new Map<string, Slot>();
  readonly #keys = new Map<Ask, string>();
  readonly lines: Lines;
  /** By queue and by the rings that open teams in it: what asks for nothing, one skill or two, found without writing its key. */
  readonly #short = new Map<QueueSide, Short[]>();
  /** Told of every new one before it is used. */
  readonly #made: { ask(ask: Ask): void; slot(slot: Slot): void };
  constructor(register: Register, made: { ask(ask: Ask): void; slot(slot: Slot): void }) {
    this.lines = new Lines(register);
    this.#made = made;
  }

  askOf(side: QueueSide, item: Item, ring: number): Ask {
    const opened = Math.min(ring, side.queue.overflow.length);
    const { needs } = item;
    let first: Need | undefined;
    let second: Need | undefined;
    for (let i = 0; i < needs.length; i++) {
      const need = needs[i] as Need;
      if (levelIn(need, ring) <= 0) continue;
      if (first === undefined) first = need;
      else if (second === undefined) second = need;
      else return this.#askOf(side, item, ring, opened);
    }
    let short = this.#shortOf(side, opened);
    if (first !== undefined && second !== undefined && second.skillId < first.skillId)
      short = shorter(shorter(short, second, ring), first, ring);
    else {
      if (first !== undefined) short = shorter(short, first, ring);
      if (second !== undefined) short = shorter(short, second, ring);
    }
    short.ask ??= this.#askOf(side, item, ring, opened);
    return short.ask;
  }

  #shortOf(side: QueueSide, opened: number): Short {
    let all = this.#short.get(side);
    if (!all) {
      all = [];
      this.#short.set(side, all);
    }
    all[opened] ??= { ask: null, more: new Map() };
    return all[opened];
  }

  #askOf(side: QueueSide, item: Item, ring: number, opened: number): Ask {
    const key = `${side.queue.id}|${opened}|${askedIn(item.needs, ring)}`;
    const known = this.#asks.get(key);
    if (known) return known;
    const ringsAt = item.ringsAt.map((_, i) => (i < ring ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY));
    const still = { stickyUntil: null, excluded: [], barred: [], behind: null, offer: null };
    const ask = new Ask(side, { ...item, ...still, ringsAt }, this.lines);
    this.#asks.set(key, ask);
    this.#keys.set(ask, key);
    this.asks.push(ask);
    this.sides.push(side);
    this.#made.ask(ask);
    return ask;
  }

  /** The order in which agents are chosen for items like this one that ask this. */
  slotOf(ask: Ask, item: Item, ring: number): Slot {
    const key = `${this.#keys.get(ask)}#${item.needs.map(whole).sort().join(",")}`;
    const known = this.#slots.get(key);
    if (known) return known;
    const { side } = ask;
    const plain = { ...item, needs: [] };
    const rest = item.needs.length === 0 ? null : this.slotOf(this.askOf(side, plain, ring), plain, ring);
    const slot = new Slot(ask, item.needs, rest, side.queue.choice);
    this.#slots.set(key, slot);
    this.#made.slot(slot);
    return slot;
  }
}

function shorter(short: Short, need: Need, ring: number): Short {
  let levels = short.more.get(need.skillId);
  if (!levels) {
    levels = new Map();
    short.more.set(need.skillId, levels);
  }
  const level = levelIn(need, ring);
  const at = need.kind === "hard" ? level : -level;
  let found = levels.get(at);
  if (!found) {
    found = { ask: null, more: new Map() };
    levels.set(at, found);
  }
  return found;
}

const whole = (need: Need): string => `${need.skillId}:${need.kind}:${need.level}`;

function askedIn(needs: readonly Need[], ring: number): string {
  if (needs.length === 0) return "";
  const asked = needs.flatMap((need) => {
    const level = levelIn(need, ring);
    return level > 0 ? [`${need.skillId}:${need.kind}:${level}`] : [];
  });
  return asked.length > 1 ? asked.sort().join(",") : (asked[0] ?? "");
}
