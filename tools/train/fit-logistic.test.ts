import { expect, test } from "vitest";
import { fitLogistic } from "./fit-logistic.ts";

test("the base alone is the logit of the share", () => {
  const [base] = fitLogistic([[], [], [], []], [1, 1, 1, 0], 1);
  expect(base).toBeCloseTo(Math.log(3), 6);
});
test("at the end the slope is nothing: what the weights miss is what the ridge pulls", () => {
  const rows = [
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
    [2, 1],
  ];
  const is = [1, 1, 0, 0, 1];
  const [a, b, base] = fitLogistic(rows, is, 0.5) as [number, number, number];
  const off = rows.map(
    ([x, y], i) => 1 / (1 + Math.exp(-(a * (x as number) + b * (y as number) + base))) - (is[i] as number),
  );
  for (const [j, w] of [a, b].entries())
    expect(off.reduce((sum, o, i) => sum + o * (rows[i]?.[j] as number), 0.5 * w)).toBeCloseTo(0, 5);
  expect(off.reduce((sum, o) => sum + o, 0)).toBeCloseTo(0, 5);
});
