import { describe, expect, test } from "vitest";
import { allocate, type Marked, recallOf } from "./set-aside.ts";

/** mulberry32, so that the trials are the same every time. */
function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

describe("how many of each reason are drawn", () => {
  test("all, where there are no more than wanted", () => {
    expect(
      allocate(
        [
          { key: "noise", frame: 7 },
          { key: "praise", frame: 0 },
        ],
        100,
      ),
    ).toEqual(new Map([["noise", 7]]));
  });
  test("in proportion, a few of the rare ones, and at least as many as wanted", () => {
    const drawn = allocate(
      [
        { key: "noise", frame: 9_000 },
        { key: "bystander", frame: 900 },
        { key: "praise", frame: 97 },
        { key: "copy", frame: 3 },
      ],
      100,
    );
    expect(drawn.get("copy")).toBe(3);
    expect(drawn.get("praise")).toBe(4);
    expect(drawn.get("bystander")).toBe(9);
    expect(drawn.get("noise")).toBe(90);
  });
  test("never more than there are, whatever the counts", () => {
    const chance = seeded(4);
    for (let trial = 0; trial < 300; trial++) {
      const strata = Array.from({ length: 1 + Math.floor(chance() * 9) }, (_, i) => ({
        ...{ key: `r${i}`, frame: Math.floor(chance() ** 4 * 4_000) },
      }));
      const total = strata.reduce((sum, s) => sum + s.frame, 0);
      const drawn = allocate(strata, 120);
      for (const s of strata) expect(drawn.get(s.key) ?? 0).toBeLessThanOrEqual(s.frame);
      const sum = [...drawn.values()].reduce((a, b) => a + b, 0);
      expect(sum).toBeGreaterThanOrEqual(Math.min(total, 120));
    }
  });
});

describe("measured recall", () => {
  test("a simple sample gives Wilson's interval: 1 of 100 of 10,000 missed beside 400 taken", () => {
    const { missed, recall } = recallOf(400, [{ key: "noise", frame: 10_000, marked: 100, work: 1 }]);
    expect(missed!.estimate).toBeCloseTo(100, 6);
    // Wilson for 1 of 100: 0.0018 to 0.0545; the finite population makes it a little narrower.
    expect(missed!.low / 10_000).toBeCloseTo(0.0018, 3);
    expect(missed!.high / 10_000).toBeCloseTo(0.0543, 3);
    expect(recall.share).toBeCloseTo(0.8, 6);
    expect(recall.low).toBeCloseTo(400 / (400 + missed!.high), 9);
    expect(recall.high).toBeCloseTo(400 / (400 + missed!.low), 9);
  });
  test("each reason counts by how many there were, not by how many were drawn", () => {
    const { missed } = recallOf(50, [
      { key: "noise", frame: 900, marked: 9, work: 0 },
      { key: "praise", frame: 100, marked: 20, work: 10 },
    ]);
    expect(missed!.estimate).toBeCloseTo(50, 6);
  });
  test("nothing marked: nothing is known; nothing set aside: nothing was missed", () => {
    const unknown = recallOf(10, [{ key: "noise", frame: 20, marked: 0, work: 0 }]);
    expect([unknown.missed, unknown.recall.share]).toEqual([null, null]);
    expect(recallOf(10, [])).toMatchObject({ missed: { estimate: 0, high: 0 }, recall: { share: 1, low: 1, high: 1 } });
    expect(recallOf(0, []).recall.share).toBeNull();
  });
  test("where all were looked at there is no doubt", () => {
    const { missed, recall } = recallOf(8, [{ key: "a", frame: 12, marked: 12, work: 2 }]);
    expect(missed).toEqual({ estimate: 2, low: 2, high: 2 });
    expect([recall.low, recall.share, recall.high]).toEqual([0.8, 0.8, 0.8]);
  });
  test("reasons nobody has marked yet are taken to be like the others, and widen the interval", () => {
    const seen = { key: "a", frame: 500, marked: 50, work: 5 };
    const part = recallOf(100, [seen, { key: "b", frame: 500, marked: 0, work: 0 }]);
    expect(part.missed!.estimate).toBeCloseTo(100, 6);
    expect(part.missed!.high - part.missed!.low).toBeGreaterThan(
      recallOf(100, [seen]).missed!.high - recallOf(100, [seen]).missed!.low,
    );
  });

  test("the interval holds the truth in about 95 of 100 trials, with rare misses and unlike reasons", () => {
    const world = [
      { key: "noise", frame: 6_000, share: 0.004 },
      { key: "bystander", frame: 1_500, share: 0.03 },
      { key: "praise", frame: 400, share: 0.12 },
      { key: "copy", frame: 30, share: 0 },
    ].map((s) => ({ ...s, work: Math.round(s.frame * s.share) }));
    const truth = world.reduce((sum, s) => sum + s.work, 0);
    const plan = allocate(world, 120);
    const chance = seeded(11);
    const trials = 600;
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const strata: Marked[] = world.map(({ key, frame, work }) => {
        const marked = plan.get(key)!;
        // Without putting back.
        let left = work;
        let found = 0;
        for (let i = 0; i < marked; i++) {
          if (chance() < left / (frame - i)) {
            left--;
            found++;
          }
        }
        return { key, frame, marked, work: found };
      });
      const { missed } = recallOf(900, strata);
      if (missed!.low <= truth && truth <= missed!.high) held++;
    }
    expect(held / trials).toBeGreaterThan(0.92);
  });
});
