import { describe, expect, it } from "vitest";
import { INTERVAL, type Reading, RiseDetector } from "./rise-detector.ts";

const HOUR = 3_600_000;
const PER_DAY = (24 * HOUR) / INTERVAL;

/** Counts of a brand that is talked about most in the evening: Poisson around a level and a wave of the day. */
function ordinary(days: number, level: number, seed: number, extra: (interval: number) => number = () => 0): number[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return Array.from({ length: days * PER_DAY }, (_, i) => {
    const mean = level * (1 + 0.6 * Math.sin((2 * Math.PI * i) / PER_DAY)) + extra(i);
    let left = Math.exp(-Math.min(mean, 600));
    let count = 0;
    for (let p = random(); p > left; p *= random()) {
      count += 1;
      if (count > 2_000) break;
      left = Math.max(left, Number.MIN_VALUE);
    }
    return count;
  });
}
const read = (counts: readonly number[]): Reading[] => {
  const detector = new RiseDetector();
  return counts.map((count, i) => detector.next(i * INTERVAL, count));
};
const raised = (readings: readonly Reading[]) => readings.flatMap((r, i) => (r.raised ? [i] : []));

describe("unusual rises in counts of posts", () => {
  it.each([0.5, 4, 20, 60])("raises next to nothing on forty ordinary days of %f posts an interval", (level) => {
    const alarms = [1, 2, 3].flatMap((seed) => raised(read(ordinary(40, level, seed))));
    // 120 days: less than one false alarm in ten days.
    expect(alarms.length).toBeLessThanOrEqual(12);
  });

  it.each([
    [2, 8],
    [20, 45],
    [60, 90],
  ])("hears a rise from %i to %i more posts within half an hour, once while it lasts", (level, more) => {
    const begin = 10 * PER_DAY + 100;
    const alarms = raised(read(ordinary(12, level, 7, (i) => (i >= begin && i < begin + 72 ? more : 0))));
    const heard = alarms.filter((i) => i >= begin && i < begin + 72 + PER_DAY / 2);
    expect(heard).toHaveLength(1);
    expect(heard[0]! - begin).toBeLessThanOrEqual(6);
  });

  it("says that it is over once, when it has been calm for three hours", () => {
    const begin = 10 * PER_DAY;
    const readings = read(ordinary(12, 20, 5, (i) => (i >= begin && i < begin + 36 ? 80 : 0)));
    const over = readings.flatMap((r, i) => (r.over && i >= begin ? [i] : []));
    expect(over).toHaveLength(1);
    expect(over[0]! - (begin + 36)).toBeGreaterThanOrEqual(36);
    expect(over[0]! - (begin + 36)).toBeLessThanOrEqual(60);
  });

  it("does not call the evening of every day a rise, nor a night without posts", () => {
    const wave = Array.from({ length: 20 * PER_DAY }, (_, i) => (i % PER_DAY > 216 ? 40 : i % PER_DAY < 72 ? 0 : 15));
    expect(raised(read(wave)).filter((i) => i > 7 * PER_DAY)).toEqual([]);
  });

  it("raises its bar after a great leap: half of it on the day after is nothing new, on a quiet brand it would be", () => {
    const leap = (first: number) => (i: number) =>
      (i >= 8 * PER_DAY && i < 8 * PER_DAY + 3 ? first : 0) + (i >= 9 * PER_DAY && i < 9 * PER_DAY + 3 ? 40 : 0);
    const nextDay = (first: number) =>
      raised(read(ordinary(11, 10, 3, leap(first)))).filter((i) => i >= 9 * PER_DAY && i < 9 * PER_DAY + 12);
    expect(nextDay(0)).toHaveLength(1);
    expect(nextDay(400)).toEqual([]);
  });

  it("uses nothing of what comes later, and answers the same again", () => {
    const counts = ordinary(9, 12, 11, (i) => (i > 2_000 && i < 2_050 ? 60 : 0));
    const whole = read(counts);
    expect(whole.some((r) => r.raised)).toBe(true);
    expect(read(counts.slice(0, 2_020))).toEqual(whole.slice(0, 2_020));
  });

  it("tells what was usual", () => {
    const readings = read(ordinary(10, 30, 2));
    const shown = readings.slice(5 * PER_DAY).map((r) => r.expected);
    const mean = shown.reduce((a, b) => a + b, 0) / shown.length;
    expect(mean).toBeGreaterThan(26);
    expect(mean).toBeLessThan(34);
  });

  it("stands what is no count", () => {
    const detector = new RiseDetector();
    for (const count of [-5, 0, 1e9, 0]) expect(Number.isFinite(detector.next(0, count).strength)).toBe(true);
  });
});
