import { type Item, priorities } from "../model.ts";

/** Crisis is 0, then the priorities: a strict class and four that take turns. */
export const RANKS = priorities.length + 1;
export const rankOf = (item: Pick<Item, "crisis" | "priority">): number =>
  item.crisis ? 0 : priorities.indexOf(item.priority) + 1;
