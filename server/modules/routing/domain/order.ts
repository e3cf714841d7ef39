import type { Instant } from "#platform/clock";
import { type Item, type Priority, priorities, type Queue } from "./model.ts";

/** Turns of the priorities while the head is past due (operations.md §1.2: 8:4:2:1 gives a worst wait of 2.9 targets). */
export const TURN_WEIGHTS: Readonly<Record<Priority, number>> = { urgent: 8, high: 4, normal: 2, low: 1 };

/** Earliest due first; then who has waited longer; then the id, so that the order is total. */
export function compareDue(a: Item, b: Item): number {
  return a.due - b.due || a.t0 - b.t0 || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Items of one queue, crisis first: a strict class that pre-empts the order. */
export function compareWaiting(a: Item, b: Item): number {
  return Number(b.crisis) - Number(a.crisis) || compareDue(a, b);
}

const TURNS_SAVED = 15;

export type OrderMode = "crisis" | "due" | "overload";

/**
 * Which of a queue's admissible items is next. `waiting` stands in the order of `compareWaiting`.
 * While the head is past due, the priorities take weighted turns, the oldest of each first: pure due order
 * would fail the urgent ones, strict priority would starve the low ones.
 */
export function nextOf(waiting: readonly Item[], queue: Queue, now: Instant): { item: Item; mode: OrderMode } | null {
  const head = waiting[0];
  if (!head) return null;
  if (head.crisis) return { item: head, mode: "crisis" };
  if (head.due > now) return { item: head, mode: "due" };
  const present = priorities.filter((p) => waiting.some((item) => item.priority === p));
  const turn = present.reduce((best, p) => (credit(queue, p) > credit(queue, best) ? p : best));
  return { item: waiting.find((item) => item.priority === turn) as Item, mode: "overload" };
}

function credit(queue: Queue, priority: Priority): number {
  return queue.turns[priority] + TURN_WEIGHTS[priority];
}

/** Books a turn: every priority that waits gains its weight, the one served pays for all. */
export function takeTurn(queue: Queue, present: ReadonlySet<Priority>, served: Priority): void {
  let sum = 0;
  for (const priority of present) {
    // A priority whose items nobody can take now must not save up turns without end.
    queue.turns[priority] = Math.min(queue.turns[priority] + TURN_WEIGHTS[priority], TURNS_SAVED);
    sum += TURN_WEIGHTS[priority];
  }
  queue.turns[served] -= sum;
}
