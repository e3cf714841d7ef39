import type { ChatConfig } from "#contracts/webchat";

type Greeting = ChatConfig["greeting"][number];

export interface GreetingFacts {
  /** Path of the host's page, with its slash. */
  path: string;
  open: boolean;
  /** The visitor has talked with us, or has the chat open. */
  talking: boolean;
  /** The day of the last greeting and today's, as `2026-11-22` in the visitor's zone. */
  lastDay: string | null;
  today: string;
}

/** The greeting for this page: the longest path that fits, then the first in the list; none to whom was greeted today or talks already. */
export function chooseGreeting(greetings: readonly Greeting[], facts: GreetingFacts): Greeting | null {
  if (facts.talking || facts.lastDay === facts.today) return null;
  let best: Greeting | null = null;
  for (const one of greetings) {
    if (!facts.path.startsWith(one.onPath) || (one.onlyWhenOpen && !facts.open)) continue;
    if (best === null || one.onPath.length > best.onPath.length) best = one;
  }
  return best;
}

/** The day where the visitor is. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => `${n}`.padStart(2, "0")).join("-");
}
