import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counted, dueWith, joined, plainTime, type Span, type TimeKeeper, waitsFrom } from "./count-time.ts";

/** Open from minute 540 to 1020 of every day. */
const DAY = 1_440;
const openUntil = (t: number) => Math.floor(t / DAY) * 480 + Math.min(480, Math.max(0, (t % DAY) - 540));
const office: TimeKeeper = {
  between: (from, to) => openUntil(to) - openUntil(from),
  after: (from, ms) => {
    let t = from;
    while (openUntil(t) - openUntil(from) < ms) t++;
    return t;
  },
};
const spans = fc.array(
  fc.record({ from: fc.nat(4 * DAY), to: fc.option(fc.nat(5 * DAY), { freq: 6 }) }) as fc.Arbitrary<Span>,
  { maxLength: 4 },
);
const keepers = fc.constantFrom(office, plainTime);

/** The oracle: minute by minute, and in each it asks whether anything holds the clock. */
function byTheMinute(from: number, ms: number, paused: readonly Span[], time: TimeKeeper): number | null {
  const real = paused.filter((p) => p.to === null || p.to > p.from);
  let left = ms;
  for (let t = from; t < from + 40 * DAY; t++) {
    if (left <= 0) return t;
    const held = real.some((p) => t >= p.from && (p.to === null || t < p.to));
    if (!held) left -= time.between(t, t + 1);
  }
  return null;
}

describe("time that counts", () => {
  it("is due when a count of minutes says so, whatever stopped it", () => {
    fc.assert(
      fc.property(fc.nat(3 * DAY), fc.integer({ min: 1, max: 900 }), spans, keepers, (from, ms, paused, time) => {
        expect(dueWith(from, ms, paused, time)).toBe(byTheMinute(from, ms, paused, time));
      }),
      { numRuns: 200 },
    );
  });

  it("has counted exactly its target when it is due, and adds up", () => {
    fc.assert(
      fc.property(fc.nat(3 * DAY), fc.integer({ min: 1, max: 900 }), spans, keepers, (from, ms, paused, time) => {
        const due = dueWith(from, ms, paused, time);
        if (due === null) return;
        expect(counted(from, due, paused, time)).toBe(ms);
        expect(counted(from, due - 1, paused, time)).toBeLessThan(ms);
        const middle = from + Math.floor((due - from) / 2);
        expect(counted(from, middle, paused, time) + counted(middle, due, paused, time)).toBe(ms);
      }),
      { numRuns: 200 },
    );
  });

  it("is never due sooner for having been stopped", () => {
    fc.assert(
      fc.property(fc.nat(3 * DAY), fc.nat(900), spans, keepers, (from, ms, paused, time) => {
        const due = dueWith(from, ms, paused, time);
        expect(due === null ? Number.POSITIVE_INFINITY : due).toBeGreaterThanOrEqual(
          dueWith(from, ms, [], time) as number,
        );
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, number, number, Span[], number | null]>([
    ["nothing stops it", 600, 60, [], 660],
    ["due at the very minute it stops", 600, 60, [{ from: 660, to: 700 }], 660],
    ["stopped for an hour", 600, 60, [{ from: 630, to: 690 }], 720],
    [
      "stopped twice at once",
      600,
      60,
      [
        { from: 630, to: 690 },
        { from: 640, to: 700 },
      ],
      730,
    ],
    ["stopped from before it began", 600, 60, [{ from: 500, to: 610 }], 670],
    ["still stopped", 600, 60, [{ from: 630, to: null }], null],
    ["stopped overnight, when nothing counts anyway", 1_000, 60, [{ from: 1_020, to: 1_980 }], 2_020],
    ["an empty stop", 600, 60, [{ from: 630, to: 630 }], 660],
  ])("%s", (_, from, ms, paused, due) => {
    expect(dueWith(from, ms, paused, office)).toBe(due);
  });

  it("joins stretches that touch", () => {
    expect(
      joined([
        { from: 5, to: 9 },
        { from: 1, to: 5 },
        { from: 20, to: null },
        { from: 30, to: 40 },
      ]),
    ).toEqual([
      { from: 1, to: 9 },
      { from: 20, to: null },
    ]);
  });

  it.each<[string, number, number, number]>([
    ["said and heard at once", 1_000, 1_000, 1_000],
    ["heard an hour late", 0, 3_600_000, 0],
    ["claimed to be from the future", 9_000, 1_000, 1_000],
    ["claimed to be older than a week", 0, 8 * 86_400_000, 86_400_000],
  ])("a customer waits from what the network says, within reason: %s", (_, said, received, from) => {
    expect(waitsFrom(said, received)).toBe(from);
  });
});
