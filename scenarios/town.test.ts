import { describe, expect, it } from "vitest";
import { type Act, Town } from "./town.ts";

function live(seed: string, answer = true): Act[] {
  const town = new Town(seed);
  const start = Date.parse("2026-11-02T08:00:00Z");
  for (let i = 0; i < 200; i++) town.begin(start + i * 600_000);
  const acts: Act[] = [];
  for (let at = start; at < start + 12 * 86_400_000; at += 600_000) {
    for (const act of town.due(at)) {
      acts.push(act);
      if (answer) town.answered(act.matter, act.at + 900_000);
    }
  }
  return acts;
}

describe("the town", () => {
  it("tells the same story for the same seed and another for another", () => {
    expect(live("a")).toEqual(live("a"));
    expect(live("a").map((x) => x.text)).not.toEqual(live("b").map((x) => x.text));
  });
  it("leaves no slot open and hardly says a thing twice", () => {
    const texts = live("a").map((a) => a.text);
    expect(texts.filter((t) => /[{}]/.test(t))).toEqual([]);
    expect(new Set(texts).size / texts.length).toBeGreaterThan(0.98);
  });
  it("moves to private and thanks only when the company answered", () => {
    expect(live("a").some((a) => a.step > 0 && a.do === "dm")).toBe(true);
    expect(live("a", false).filter((a) => a.step > 0 && a.do === "dm")).toEqual([]);
    expect(live("a").length).toBeGreaterThan(live("a", false).length);
  });
  it("has complaints, praise, sarcasm, spam and several languages in two hundred matters", () => {
    const kinds = new Set(live("a").map((a) => a.kind));
    for (const kind of ["outage", "billing", "praise", "sarcasm", "spam", "direct", "delivery"])
      expect(kinds).toContain(kind);
    expect(new Set(live("a").map((x) => x.who.language)).size).toBeGreaterThan(3);
  });
  it("gives everybody a handle that the playground takes, and no two the same", () => {
    const people = new Map(live("a").map((x) => [x.who.handle, x.who.name]));
    for (const handle of people.keys()) expect(handle).toMatch(/^[a-z0-9_]{2,20}$/);
    expect(people.size).toBeGreaterThan(100);
    expect(new Set(live("a").map((x) => x.who)).size).toBeGreaterThan(people.size * 0.9);
  });
  it("gives acts in order of time", () => {
    const town = new Town("c");
    for (let i = 0; i < 30; i++) town.begin(1_000_000 - i * 1_000);
    const at = town.due(2_000_000).map((a) => a.at);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });
});
