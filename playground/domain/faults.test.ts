import { expect, test } from "vitest";
import { createFaults } from "./faults.ts";

test("next n hits n and is gone", () => {
  const faults = createFaults();
  faults.add({ kind: "api-429", next: 2 });
  expect([1, 2, 3].map(() => faults.draw("api-429", "acme", "write"))).toEqual([{ ms: 1000 }, { ms: 1000 }, null]);
  expect(faults.list).toEqual([]);
});

test("the same seed draws the same, another kind does not disturb it", () => {
  const draws = (seed: string, disturb: boolean) => {
    const faults = createFaults(seed);
    faults.add({ kind: "webhook-drop", rate: 0.5 });
    faults.add({ kind: "webhook-delay", rate: 0.5 });
    return Array.from({ length: 200 }, () => {
      if (disturb) faults.draw("webhook-delay", "acme");
      return faults.draw("webhook-drop", "acme") !== null;
    });
  };
  expect(draws("7", false)).toEqual(draws("7", true));
  expect(draws("7", false)).not.toEqual(draws("8", false));
  const hits = draws("7", false).filter(Boolean).length;
  expect(hits).toBeGreaterThan(60);
  expect(hits).toBeLessThan(140);
});

test.each([
  [{ kind: "api-slow" as const }, "acme", "write" as const, true],
  [{ kind: "api-slow" as const }, "acme", "read" as const, false],
  [{ kind: "api-slow" as const, on: "all" as const }, "acme", "read" as const, true],
  [{ kind: "api-slow" as const, company: "@Acme" }, "acme", "write" as const, true],
  [{ kind: "api-slow" as const, company: "other" }, "acme", "write" as const, false],
  [{ kind: "api-slow" as const, rate: 0 }, "acme", "write" as const, false],
])("%o for %s %s: %s", (fault, company, on, wanted) => {
  const faults = createFaults();
  faults.add(fault);
  expect(faults.draw("api-slow", company, on) !== null).toBe(wanted);
});
