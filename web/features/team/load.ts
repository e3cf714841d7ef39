import type { PresenceView } from "#contracts/workforce";

/** Tenths, as agents speak of them: 65 of 100 is "6.5 / 10". */
export function inTenths(load: number, budget: number): { used: string; whole: string; part: number } {
  const tenth = (value: number) => String(Math.round(value) / 10);
  return { used: tenth(load), whole: tenth(budget), part: budget > 0 ? load / budget : 0 };
}

/** Nearest to the work first. */
const ORDER: readonly PresenceView["state"][] = [
  "available",
  "busy",
  "not-responding",
  "break",
  "training",
  "away",
  "offline",
];

/** Who is here first, then by name; equal names by id, so that rows stay where they are. */
export function byPresence(agents: readonly PresenceView[], locale: string): PresenceView[] {
  const name = new Intl.Collator(locale);
  return [...agents].sort(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      name.compare(a.name, b.name) ||
      (a.agentId < b.agentId ? -1 : 1),
  );
}

/** How many are available, and how much of their budgets is free, both in tenths. */
export function roomOf(agents: readonly PresenceView[]): { available: number; free: string; whole: string } {
  const here = agents.filter((agent) => agent.state === "available");
  const free = here.reduce((sum, agent) => sum + Math.max(0, agent.budget - agent.load), 0);
  const { used, whole } = inTenths(
    free,
    here.reduce((sum, agent) => sum + agent.budget, 0),
  );
  return { available: here.length, free: used, whole };
}
