import type { Instant } from "#platform/clock";
import type { Item, Priority, Queue } from "./model.ts";

/**
 * Of so many turns each priority that waits has at least its own: no priority is forgotten, whatever the others bring. The weights are those
 * of operations.md §1.2, which gives all turns by them; why ours are the least each has: docs/decisions/0016.
 */
export const TURN_WEIGHTS: Readonly<Record<Priority, number>> = { urgent: 8, high: 4, normal: 2, low: 1 };
export const TURNS_ROUND = 100;

/**
 * In tenths of the target. Urgent work goes first from here on, so that an agent is free before it is due; nobody is to wait much longer
 * than so many targets; what can still be in time goes before what cannot from here on. Measured by `npm run bench -- overload`.
 */
export const TENTHS = { urgent: 7, bound: 25, near: 9, late: 10 } as const;

/** Earliest due first; then who has waited longer; then the id, so that the order is total. */
export function compareDue(a: Item, b: Item): number {
  return a.due - b.due || a.t0 - b.t0 || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Items of one queue, crisis first: a strict class that pre-empts the order. */
export function compareWaiting(a: Item, b: Item): number {
  return Number(b.crisis) - Number(a.crisis) || compareDue(a, b);
}

export type OrderMode = "crisis" | "due" | "overload";
/** Why it is an item's turn while its queue is past due, the first that applies. */
export type Turn = "share" | "urgent" | "bound" | "in-time" | "latest";
/** What an item's turn hangs on. */
export type Standing = Pick<Item, "crisis" | "priority" | "due" | "t0">;
export interface Next<T extends Standing = Item> {
  readonly item: T;
  readonly mode: OrderMode;
  readonly turn?: Turn;
}

/** Waiting time and target, both in milliseconds of the clock on the wall. */
const waited = ({ t0 }: Standing, now: Instant): number => now - t0;
const target = ({ t0, due }: Standing): number => Math.max(1, due - t0);
/** Parts of its target that an item has waited: 1 when it is due. */
export const lateness = (item: Standing, now: Instant): number => waited(item, now) / target(item);
const hasWaited = (item: Standing, tenths: number, now: Instant): boolean =>
  10 * waited(item, now) >= tenths * target(item);

/** What gives an item its turn; each is asked in this order, with the first item of each priority that somebody free can take. */
export const turnRules: Readonly<
  Record<Turn, <T extends Standing>(heads: readonly T[], queue: Queue, now: Instant) => T | undefined>
> = {
  /** A priority that was passed over for its share of the turns. */
  share: (heads, { turns }) =>
    first(heads, ({ priority }) => (turns[priority] >= TURNS_ROUND ? turns[priority] : null)),
  /** Urgent work that would not be in time otherwise, or is not. */
  urgent: (heads, _, now) => heads.find((item) => item.priority === "urgent" && hasWaited(item, TENTHS.urgent, now)),
  /** The latest of what has waited so long that nothing else may be put before it. */
  bound: (heads, _, now) => first(heads, (item) => (hasWaited(item, TENTHS.bound, now) ? lateness(item, now) : null)),
  /** What has to go now to be in time: earliest due. What is late already is not helped by going before it. */
  "in-time": (heads, _, now) =>
    heads.find((item) => hasWaited(item, TENTHS.near, now) && !hasWaited(item, TENTHS.late, now)),
  /** The latest. */
  latest: (heads, _, now) => first(heads, (item) => lateness(item, now)),
};

/** The item with the largest number, of equals the first; who has none is left out. */
function first<T extends Standing>(heads: readonly T[], numberOf: (item: T) => number | null): T | undefined {
  let best: T | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const item of heads) {
    const n = numberOf(item);
    if (n === null || n <= most) continue;
    best = item;
    most = n;
  }
  return best;
}

const usualTurns = Object.keys(turnRules) as readonly Turn[];

/**
 * Which of a queue's items is next. `waiting` is the first that somebody free can take now; where that is past due and no crisis, the
 * first of each priority, in the order of `compareWaiting`.
 * While the head is past due, due order would fail the urgent ones and strict priority would starve the low ones: each priority keeps a
 * share of the turns, urgent work stays in time, and the lateness of the rest is spread in parts of its targets, so that nobody's has no end.
 */
export function nextOf<T extends Standing>(
  waiting: readonly T[],
  queue: Queue,
  now: Instant,
  rules: readonly Turn[] = usualTurns,
): Next<T> | null {
  const head = waiting[0];
  if (!head) return null;
  if (head.crisis) return { item: head, mode: "crisis" };
  if (head.due > now) return { item: head, mode: "due" };
  for (const turn of rules) {
    const item = turnRules[turn](waiting, queue, now);
    if (item) return { item, mode: "overload", turn };
  }
  return { item: head, mode: "overload", turn: "latest" };
}

/** Books a turn: every priority that could have had it comes nearer to its own, the one served begins anew. */
export function takeTurn(queue: Queue, heads: readonly Pick<Item, "priority">[], served: Priority): void {
  for (const { priority } of heads) queue.turns[priority] = Math.max(0, queue.turns[priority]) + TURN_WEIGHTS[priority];
  queue.turns[served] = 0;
}
