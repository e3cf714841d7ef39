import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { presenceStates } from "./presence.ts";
import { type PresenceStep, spansOf, totalsOf } from "./spans.ts";

const step = (at: number, state: PresenceStep["state"], reason: string | null = null): PresenceStep => ({
  ...{ at, state, reason, byAgent: null },
});

describe("spans of presence", () => {
  it("begin where the question begins and end where it ends", () => {
    const log = [step(5, "available"), step(20, "break", "lunch"), step(30, "available")];
    expect(spansOf(log, 10, 40)).toEqual([
      { state: "available", reason: null, byAgent: null, from: 10, to: 20 },
      { state: "break", reason: "lunch", byAgent: null, from: 20, to: 30 },
      { state: "available", reason: null, byAgent: null, from: 30, to: 40 },
    ]);
    expect(totalsOf(spansOf(log, 10, 40))).toEqual({ available: 20, break: 10 });
  });
  it("of who never came is one of being offline", () => {
    expect(spansOf([], 0, 10)).toEqual([{ state: "offline", reason: null, byAgent: null, from: 0, to: 10 }]);
  });
  it("put together what differs in nothing", () => {
    expect(spansOf([step(1, "available"), step(2, "available")], 0, 5)).toHaveLength(2);
  });
  it("leave no hole and no overlap, whatever was done", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.constantFrom(...presenceStates)), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(steps, (raw) => {
        const log = raw.toSorted((a, b) => a[0] - b[0]).map(([at, state]) => step(at, state));
        const spans = spansOf(log, 20, 80);
        expect(spans[0]?.from).toBe(20);
        expect(spans.at(-1)?.to).toBe(80);
        for (const [n, span] of spans.entries()) expect(spans[n + 1]?.from ?? 80).toBe(span.to);
        expect(Object.values(totalsOf(spans)).reduce((a, b) => a + b, 0)).toBe(60);
      }),
    );
  });
});
