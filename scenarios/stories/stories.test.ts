import { describe, expect, it } from "vitest";
import { seeded } from "../random.ts";
import { stories } from "./index.ts";

describe.each(stories.map((s) => [s.name, s] as const))("the story %s", (_name, story) => {
  const steps = story.steps(seeded("one"));
  it("is the same for the same seed, in order, within its time", () => {
    expect(story.steps(seeded("one"))).toEqual(steps);
    expect(steps.map((s) => s.at)).toEqual(steps.map((s) => s.at).toSorted((a, b) => a - b));
    expect(steps[0]!.at).toBeGreaterThanOrEqual(0);
  });
  it("can be played: handles and texts that the playground takes, replies below something", () => {
    const open = new Set<string>();
    for (const s of steps) {
      expect(s.who.handle).toMatch(/^[a-z0-9_]{2,20}$/);
      expect(s.text.trim()).not.toBe("");
      if (s.do === "post" || s.do === "reply") expect(s.text.length).toBeLessThan(480);
      if (s.do === "reply") expect(open, s.text).toContain(s.thread);
      if (s.do === "post") open.add(s.thread);
    }
  });
  it("repeats nobody's words among neighbours", () => {
    const texts = steps.map((s) => s.text);
    const twice = texts.flatMap((t, i) => (texts.slice(Math.max(0, i - 30), i).includes(t) ? [t] : []));
    expect(twice).toEqual([]);
  });
});

const named = (name: string) => stories.find((s) => s.name === name)!.steps(seeded("two"));
const firsts = (name: string) => named(name).filter((s) => s.do === "post" || s.do === "dm");

it("an outage has four hundred customers", () => {
  const outage = firsts("outage-400");
  expect(new Set(outage.map((s) => s.thread)).size).toBe(400);
});
it("a launch night is twenty times the usual sixty matters an hour", () => {
  const night = firsts("launch-night");
  expect(new Set(night.map((s) => s.thread)).size).toBe(600);
});
it("a film goes round: most of it below one post, quicker in the first hour", () => {
  const film = named("baggage-video");
  expect(film.filter((s) => s.thread === "film").length).toBeGreaterThan(100);
  expect(film.filter((s) => s.at <= 63).length).toBeGreaterThan(film.length / 2);
});
it("a wandering matter is told on five media", () => {
  expect([...new Set(named("wandering").map((s) => s.do))].sort()).toEqual(["call", "dm", "mail", "post", "reply"]);
});
