import { describe, expect, it } from "vitest";
import { levelFrom } from "./skill-scale.ts";

describe("levels from another system's scale (operations.md §1.3: the inversion at NiCE)", () => {
  const nice = { best: 1, worst: 20 };
  it.each([
    [1, nice, 100],
    [20, nice, 5],
    [11, nice, 50],
    [5, { best: 5, worst: 0 }, 100],
    [0, { best: 5, worst: 0 }, 0],
    [3, { best: 5, worst: 1 }, 60],
    [70, { best: 100, worst: 0 }, 70],
  ])("%s of %j is level %s", (value, scale, level) => expect(levelFrom(value, scale)).toBe(level));

  it("turns the order round once: who was better is better", () => {
    const levels = Array.from({ length: 20 }, (_, i) => levelFrom(i + 1, nice) as number);
    expect(levels).toEqual(levels.toSorted((a, b) => b - a));
    expect(new Set(levels).size).toBe(20);
  });
  it.each([
    [0, nice],
    [21, nice],
    [1, { best: 1, worst: 1 }],
  ])("%s is not on %j", (value, scale) => expect(levelFrom(value, scale)).toBeNull());
});
