import { expect, test } from "vitest";
import { sparkRuns } from "./sparkline.tsx";

test.each([
  ["nothing known", [null, null], []],
  ["one value lies in the middle", [5], [[{ x: 0, y: 5 }]]],
  [
    "rising",
    [0, 10],
    [
      [
        { x: 0, y: 10 },
        { x: 100, y: 0 },
      ],
    ],
  ],
  [
    "equal values are a flat line in the middle",
    [3, 3],
    [
      [
        { x: 0, y: 5 },
        { x: 100, y: 5 },
      ],
    ],
  ],
  ["a gap breaks the line", [0, null, 10], [[{ x: 0, y: 10 }], [{ x: 100, y: 0 }]]],
  ["not a number is a gap", [0, Number.NaN, 10], [[{ x: 0, y: 10 }], [{ x: 100, y: 0 }]]],
])("%s", (_name, values, runs) => {
  expect(sparkRuns(values, 100, 10)).toEqual(runs);
});
