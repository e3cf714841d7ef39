import { describe, expect, it } from "vitest";
import { describeSchedule, faultKinds, scheduleOf, topologyOf } from "./schedule.ts";

const seeds = Array.from({ length: 200 }, (_, i) => i + 1);

describe("a schedule", () => {
  it("is the same for the same seed, and another for another", () => {
    for (const seed of seeds.slice(0, 20)) expect(scheduleOf(seed, "long")).toEqual(scheduleOf(seed, "long"));
    expect(new Set(seeds.map((seed) => JSON.stringify({ ...scheduleOf(seed, "short"), seed: 0 }))).size).toBe(200);
  });

  it("has every kind of fault and every topology among two hundred", () => {
    const kinds = new Set(seeds.flatMap((seed) => scheduleOf(seed, "long").faults.map((f) => f.kind)));
    expect([...kinds].sort()).toEqual([...faultKinds].sort());
    expect(new Set(seeds.map(topologyOf))).toEqual(new Set(["one", "split", "pair"]));
  });

  it("breaks nothing that is not there, and mends everything", () => {
    for (const seed of seeds)
      for (const fault of scheduleOf(seed, "long").faults) {
        if (topologyOf(seed) === "one") expect(fault.kind).not.toMatch(/-second$/);
        expect(fault.ms).toBeLessThanOrEqual(12_000);
      }
  });

  it("says in words what is planned", () => {
    const schedule = scheduleOf(7, "short");
    const words = describeSchedule(schedule);
    expect(words).toMatch(/^seed 7 \(short, split\)/);
    expect(words.split("\n")).toHaveLength(1 + schedule.faults.length);
  });
});
