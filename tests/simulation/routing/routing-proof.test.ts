import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Check, invariants } from "./checks.ts";
import { mutants } from "./mutants.ts";
import {
  belowSaturation,
  dueFirst,
  engineOrder,
  jobsOf,
  overloadedBy,
  play,
  strictPriority,
  weighted,
} from "./overload.ts";
import { prove } from "./prove.ts";
import { starvedOne } from "./starvation.ts";

describe("whatever happens in whatever company", { timeout: 120_000 }, () => {
  const { checks, decisions } = prove({ seed: "every night", decisions: 30_000 });

  it("was decided thirty thousand times", () => expect(decisions).toBeGreaterThanOrEqual(30_000));
  it.each(Object.keys(invariants) as Check[])("%s holds, and had something to look at", (check) => {
    expect(checks.faults.get(check)).toBeUndefined();
    expect(checks.cases.get(check) ?? 0).toBeGreaterThan(0);
  });
});

describe("a rule taken away or bent", { timeout: 120_000 }, () => {
  it.each(mutants.map((mutant) => [mutant.rule, mutant.breaks, mutant] as const))(
    "%s: %s notices",
    (_, breaks, bent) => {
      const { checks } = prove({ seed: "mutant", decisions: 20_000, bent, until: breaks });
      expect([...checks.broken()]).toContain(breaks);
    },
  );
  it("of every invariant that a rule carries there is one", () => {
    const all = new Set(Object.keys(invariants).map((check) => check.split(" ")[0]));
    expect(new Set(mutants.map(({ breaks }) => breaks))).toEqual(all);
  });
});

describe("more work than can be done (operations.md §1.2)", { timeout: 60_000 }, () => {
  const scenario = overloadedBy(1.03);
  const jobs = jobsOf(scenario, "2");
  const ours = play(jobs, scenario, engineOrder(scenario));

  it("103 % for three days: the urgent are in time, and no priority is forgotten in any hour", () => {
    expect(ours.met.urgent).toBeGreaterThanOrEqual(0.95);
    expect(ours.hoursLate).toBeGreaterThan(10);
    expect(ours.starved).toBe(0);
  });
  it("it is better than due order and strict priority at their worst", () => {
    const [due, strict] = [play(jobs, scenario, dueFirst()), play(jobs, scenario, strictPriority())];
    expect(due.met.urgent).toBeLessThan(0.75);
    expect(ours.worst).toBeLessThan(0.85 * due.worst);
    expect(ours.worst).toBeLessThan(0.6 * strict.worst);
    expect(strict.starved).toBeGreaterThan(0);
  });
  it("nobody waits longer than three times the target, and most of the normal and all of the low are in time", () => {
    expect(ours.worst).toBeLessThanOrEqual(3);
    expect(ours.met.normal).toBeGreaterThan(0.7);
    expect(ours.met.low).toBe(1);
    const turns = play(jobs, scenario, weighted({ urgent: 8, high: 4, normal: 2, low: 1 }));
    expect(turns.worst).toBeGreaterThan(4);
    expect(ours.met.high).toBeGreaterThanOrEqual(turns.met.high);
  });
  it("102 %: everybody but the high is in time, and they wait less than two and a half targets", () => {
    const less = overloadedBy(1.02);
    const { met, worst } = play(jobsOf(less, "2"), less, engineOrder(less));
    expect(worst).toBeLessThanOrEqual(2.5);
    expect(Math.min(met.urgent, met.normal, met.low)).toBeGreaterThanOrEqual(0.95);
  });
  it("below saturation everybody is in time", () => {
    const { met } = play(jobsOf(belowSaturation, "2"), belowSaturation, engineOrder(belowSaturation));
    expect(met).toEqual({ urgent: 1, high: 1, normal: 1, low: 1 });
  });
});

describe("nobody starves", { timeout: 60_000 }, () => {
  const world = fc.record({
    seed: fc.string(),
    load: fc.constantFrom(0.9, 1.05, 1.2, 1.5),
    urgent: fc.constantFrom(0.1, 0.5, 0.9),
  });
  const scenarioOf = ({ load, urgent }: { load: number; urgent: number }) => {
    const rest = 1 - urgent;
    const mix = { urgent, high: rest * 0.5, normal: rest * 0.3, low: rest * 0.2 };
    return { ...overloadedBy(load), days: 0.4, agents: 3, mix };
  };
  it("whoever waits is passed over by those due before and by turns, and by nobody else", () => {
    fc.assert(
      fc.property(world, (of) => {
        const scenario = scenarioOf(of);
        expect(starvedOne(play(jobsOf(scenario, of.seed, true), scenario, engineOrder(scenario)))).toBeNull();
      }),
      { numRuns: 40 },
    );
  });
  it("strict priority fails it", () => {
    const scenario = scenarioOf({ load: 1.2, urgent: 0.9 });
    expect(starvedOne(play(jobsOf(scenario, "any", true), scenario, strictPriority()))).toMatch(/was passed over/);
  });
});
