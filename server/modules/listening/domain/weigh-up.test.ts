import { expect, test } from "vitest";
import { calibrationError } from "./calibrate.ts";
import { seeded } from "./learn.ts";
import { learnWeighing, weighUp } from "./weigh-up.ts";

/** Two opinions: the first is right with three in four, the second is chance. */
function opinions(count: number, seed: number) {
  const chance = seeded(seed);
  const truth = Array.from({ length: count }, () => (chance() < 0.4 ? 1 : 0));
  const inputs = truth.map((t) =>
    Float64Array.from([(chance() < 0.75 ? t : 1 - t) * 4 - 2 + chance() * 0.1, chance() * 8 - 4]),
  );
  return { truth, inputs };
}

test("trusts the opinion that was right and not the loud one, and is as sure as it is right", () => {
  const { truth, inputs } = opinions(1_000, 1);
  const weighing = learnWeighing(inputs, truth, 2);
  expect(Math.abs(weighing.weights[1]![0]!)).toBeGreaterThan(8 * Math.abs(weighing.weights[1]![1]!));
  const fresh = opinions(1_000, 2);
  const shares = fresh.inputs.map((x) => weighUp(weighing, x));
  const sure = shares.map((p) => Math.max(...p));
  const right = shares.map((p, i) => (p[1]! > p[0]! ? 1 : 0) === fresh.truth[i]);
  expect(right.filter(Boolean).length).toBeGreaterThan(680);
  expect(calibrationError(sure, right)).toBeLessThan(0.05);
});

test("the same rows give the same weights; an input that never changes weighs nothing", () => {
  const { truth, inputs } = opinions(60, 3);
  const still = inputs.map((x) => Float64Array.from([...x, 5]));
  const weighing = learnWeighing(still, truth, 2);
  expect(weighing).toEqual(learnWeighing(still, truth, 2));
  expect(weighing.weights[1]![2]!).toBeCloseTo(0, 6);
  expect([...weighUp(weighing, still[0]!)].reduce((a, b) => a + b, 0)).toBeCloseTo(1);
});
