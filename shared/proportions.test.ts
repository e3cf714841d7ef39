import { describe, expect, test } from "vitest";
import { shareOf, wilson } from "./proportions.ts";

describe("Wilson's interval", () => {
  // Worked by hand from the formula, and as published for 81 of 263 (Newcombe, Statistics in Medicine 17, 1998, table I).
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [29, 29, 0.883, 1],
  ])("%i of %i", (hits, of, low, high) => {
    const found = shareOf(hits, of);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  test("of nothing nothing is known", () => {
    expect(shareOf(0, 0)).toEqual({ share: null, low: 0, high: 1, hits: 0, of: 0 });
    expect(wilson(0.5, Number.NaN)).toEqual({ low: 0, high: 1 });
  });

  test("more cases make it narrower, and it always holds the share", () => {
    let width = 2;
    for (const of of [1, 3, 10, 40, 200, 5_000]) {
      const { low, high } = wilson(0.3, of);
      expect(low).toBeLessThan(0.3);
      expect(high).toBeGreaterThan(0.3);
      expect(high - low).toBeLessThan(width);
      width = high - low;
    }
  });
});
