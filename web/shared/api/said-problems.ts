import type { Problem } from "./problem.ts";

/** Problems that stand on the screen in words now, and on how many places. */
const said = new Map<Problem, number>();
const listeners = new Set<() => void>();

function count(problem: Problem, by: 1 | -1): void {
  const places = (said.get(problem) ?? 0) + by;
  if (places > 0) said.set(problem, places);
  else said.delete(problem);
  for (const listener of listeners) listener();
}

/** Notes that a problem stands on the screen; returns how to take it back. */
export function saysProblem(problem: Problem): () => void {
  count(problem, 1);
  return () => count(problem, -1);
}

export const isSaid = (problem: Problem): boolean => said.has(problem);

export function onSaid(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
