import type { Instant } from "#platform/clock";
import { holderOf } from "./capacity.ts";
import type { InHands, Item, World } from "./model.ts";
import { Heap, type Placed } from "./waiting/heap.ts";

/** Where an item stands among those that an act may have to go through. */
class Place implements Placed {
  at = -1;
  /** Those who came first are gone through first. */
  readonly n: number;
  item: Item;
  holder: string | null = null;
  heldFor: string | null = null;
  due: Instant | null = null;
  constructor(n: number, item: Item) {
    this.n = n;
    this.item = item;
  }
}

/**
 * Of a world that is kept: what each agent carries, what a call holds, and what comes due by itself, so that nothing else is gone through for
 * it. Told by `change` and `arrive`. What is found stands in the order in which it came into the world, as it would without this.
 */
export class Hands implements InHands {
  readonly #places = new Map<string, Place>();
  readonly #carried = new Map<string, Set<Place>>();
  readonly #held = new Map<string, Set<Place>>();
  readonly #due = new Heap<Place>(
    (a, b) => a.n < b.n,
    ({ due }) => due as Instant,
  );
  #count = 0;
  /** So many items were gone through. */
  walked = 0;
  constructor(world: Pick<World, "items">) {
    for (const item of world.items.values()) this.moved(item);
  }

  moved(item: Item): void {
    const place = this.#places.get(item.id) ?? new Place(this.#count++, item);
    this.#places.set(item.id, place);
    place.item = item;
    const holder = holderOf(item);
    if (holder !== place.holder) {
      drop(this.#carried, place.holder, place);
      keep(this.#carried, holder, place);
      place.holder = holder;
    }
    if (item.heldFor !== place.heldFor) {
      drop(this.#held, place.heldFor, place);
      keep(this.#held, item.heldFor, place);
      place.heldFor = item.heldFor;
    }
    const due = dueOf(item);
    if (due === place.due) return;
    if (place.due !== null) this.#due.remove(place);
    place.due = due;
    if (due !== null) this.#due.push(place);
  }
  gone(id: string): void {
    const place = this.#places.get(id);
    if (!place) return;
    this.#places.delete(id);
    drop(this.#carried, place.holder, place);
    drop(this.#held, place.heldFor, place);
    if (place.due !== null) this.#due.remove(place);
  }

  /** What an agent carries, or is held out to that agent. */
  of(agentId: string): Item[] {
    return this.#inOrder(this.#carried.get(agentId) ?? []);
  }
  /** What an exclusive item holds. */
  heldFor(itemId: string): Item[] {
    return this.#inOrder(this.#held.get(itemId) ?? []);
  }
  /** What came due by itself: taken out here, back in as it moves. */
  due(now: Instant): Item[] {
    const due: Place[] = [];
    for (let first = this.#due.top; first && (first.due as Instant) <= now; first = this.#due.top) {
      this.#due.remove(first);
      first.due = null;
      due.push(first);
    }
    return this.#inOrder(due);
  }
  #inOrder(places: Iterable<Place>): Item[] {
    const items = [...places].sort((a, b) => a.n - b.n).map((place) => place.item);
    this.walked += items.length;
    return items;
  }
}

/** When an item moves by itself. */
function dueOf({ state, offer, wakesAt, wrapUntil }: Item): Instant | null {
  if (state === "offered") return offer?.expiresAt ?? null;
  if (state === "parked") return wakesAt;
  return state === "wrapup" ? wrapUntil : null;
}

function keep(all: Map<string, Set<Place>>, key: string | null, place: Place): void {
  if (key === null) return;
  const known = all.get(key);
  if (known) known.add(place);
  else all.set(key, new Set([place]));
}
function drop(all: Map<string, Set<Place>>, key: string | null, place: Place): void {
  if (key === null) return;
  const known = all.get(key);
  if (known?.delete(place) && known.size === 0) all.delete(key);
}
