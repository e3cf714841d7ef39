import { expect, it } from "vitest";
import { endlessPosts, openLoop } from "./load.ts";

/** A clock that only waiting moves on. */
function slowClock() {
  let at = 0;
  const lose = (ms: number) => {
    at += ms;
  };
  return { now: () => at, lose, wait: async (ms: number) => lose(ms) };
}

it("sends at its rate, whether or not anything is answered", async () => {
  const clock = slowClock();
  const begun: number[] = [];
  const answers: (() => void)[] = [];
  const run = openLoop({
    ...{ rate: 10, duration: 3_000, now: clock.now, wait: clock.wait },
    send: () => {
      begun.push(clock.now());
      return new Promise<void>((resolve) => answers.push(resolve));
    },
  });
  while (begun.length < 30) await Promise.resolve();
  for (const answer of answers) answer();
  expect(await run).toEqual({ sent: 30, accepted: 30, refused: 0, late: 0, underWay: 0 });
  expect(begun[10]).toBeCloseTo(1_000, -2);
  expect(begun[29]).toBeCloseTo(2_900, -2);
});

it("tells what came late and what was refused", async () => {
  const clock = slowClock();
  const figures = await openLoop({
    ...{ rate: 100, duration: 1_000, now: clock.now, wait: clock.wait },
    send: async (n) => {
      if (n === 20) clock.lose(400);
      if (n % 10 === 0) throw new Error("no");
    },
  });
  expect(figures).toMatchObject({ sent: 100, accepted: 90, refused: 10 });
  expect(figures.late).toBeGreaterThan(20);
  expect(figures.late).toBeLessThan(60);
});

it("has posts without end, hardly ever the same", () => {
  const texts = endlessPosts("load", 0)
    .take(3_000)
    .map((p) => p.text)
    .toArray();
  expect(new Set(texts).size).toBeGreaterThan(2_950);
});
