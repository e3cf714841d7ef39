import type { Item, Need } from "./model.ts";

/** Items of one queue with the same lane differ in nothing but their place: who may take the one may take the other. */
export function laneOf(item: Pick<Item, "crisis" | "priority" | "mediumClass" | "needs" | "behind">): string {
  const needs = item.needs.map((need: Need) => `${need.skillId}:${need.kind}:${need.level}`).sort();
  const behind = item.behind === null ? [] : ["behind"];
  return [...behind, item.crisis ? "crisis" : item.priority, item.mediumClass, ...needs].join("|");
}
