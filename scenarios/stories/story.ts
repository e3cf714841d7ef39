import { Facts } from "../northwind/facts.ts";
import { type Random, seeded } from "../random.ts";
import { type Person, Town } from "../town.ts";

/** Where a step happens. Calls and letters have no network of ours yet: they come in by import, as history. */
export type Doing = "post" | "reply" | "dm" | "edit" | "call" | "mail";
export interface Step {
  /** Story minutes after the beginning; steps are in this order. */
  at: number;
  who: Person;
  do: Doing;
  text: string;
  /** Steps of one thread belong together: a reply goes below its first post. */
  thread: string;
  /** Not before we have answered this person, or the patience of the story is over. */
  afterAnswer?: boolean;
  /** In a call or a letter: our words, not the customer's. */
  ours?: boolean;
}
export interface Story {
  name: string;
  /** One line for the listing. */
  summary: string;
  /** How long it takes, in story minutes. */
  minutes: number;
  /** How long somebody waits for an answer before going on, in story minutes. */
  patience: number;
  /** What is not played yet, and why. */
  missing?: string;
  steps(random: Random): Step[];
}

export const person = (handle: string, name: string, followers: number, language = "en"): Person => ({
  ...{ handle, name, followers, language },
});

/** Many people with matters of some kinds, spread over minutes by a curve of chance (0 to 1). */
export function crowd(
  seed: string,
  opts: {
    from: number;
    minutes: number;
    count: number;
    kinds: readonly string[];
    places?: readonly string[];
    curve?: (chance: number) => number;
  },
): Step[] {
  const random = seeded(seed);
  const town = new Town(seed);
  const { from, minutes, count, kinds, places, curve = (chance) => chance } = opts;
  for (let i = 0; i < count; i++)
    town.begin((from + curve(random.next()) * minutes) * 60_000, random.pick(kinds), places && random.pick(places));
  return town
    .due(Number.MAX_SAFE_INTEGER)
    .filter((act) => act.do !== "delete")
    .map((act) => ({
      at: act.at / 60_000,
      who: act.who,
      do: act.do as Doing,
      text: act.text,
      thread: `${seed} ${act.matter}`,
    }));
}

/** Sentences from templates, none twice. */
export function sayings(random: Random, templates: readonly string[]): () => string {
  const said = new Set<string>();
  return () => {
    for (let tries = 0; ; tries++) {
      const text = new Facts(random, "en", 0).say(random.pick(templates));
      if (said.has(text) && tries < 40) continue;
      said.add(text);
      return text;
    }
  };
}

export function inOrder(steps: Step[]): Step[] {
  return steps
    .map((s, i) => [s, i] as const)
    .sort(([a, i], [b, j]) => a.at - b.at || i - j)
    .map(([s]) => s);
}
