import { expect, test } from "vitest";
import { hardPart, makeTweets } from "./make-tweets.ts";

const HOUR = 3_600_000;
const made = makeTweets({ seed: 1, threads: 2_000 });
const threadOf = new Map(made.gold.map((g) => [g.id, g.conversation]));
const threads = [...Map.groupBy(made.rows, (r) => threadOf.get(r.id)!).values()];
const at = (r: { at: string }) => Date.parse(r.at);
function share(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(part * values.length)]!;
}

// The figures are those of 5,000 real posts; half and twice is near enough for what they are used for.
test.each([
  [
    "posts of a thread, half",
    share(
      threads.map((t) => t.length),
      0.5,
    ),
    3,
  ],
  [
    "nine of ten",
    share(
      threads.map((t) => t.length),
      0.9,
    ),
    7,
  ],
  [
    "99 of 100",
    share(
      threads.map((t) => t.length),
      0.99,
    ),
    16,
  ],
  [
    "hours a thread spans, three quarters",
    share(
      threads.map((t) => (at(t.at(-1)!) - at(t[0]!)) / HOUR),
      0.75,
    ),
    6.4,
  ],
  [
    "nine of ten of them",
    share(
      threads.map((t) => (at(t.at(-1)!) - at(t[0]!)) / HOUR),
      0.9,
    ),
    45,
  ],
  [
    "first posts that begin with the brand",
    threads.filter((t) => /^@Brand/u.test(t[0]!.text)).length / threads.length,
    0.35,
  ],
  ["first posts that name it", threads.filter((t) => /@Brand/u.test(t[0]!.text)).length / threads.length, 0.64],
  ["first posts that name nobody", threads.filter((t) => !t[0]!.text.includes("@")).length / threads.length, 0.07],
  [
    "threads of several customers",
    threads.filter((t) => new Set(t.filter((r) => r.by === "customer").map((r) => r.from)).size > 1).length /
      threads.length,
    0.085,
  ],
])("made posts are shaped like real ones: %s", (_, found, real) => {
  expect(found).toBeGreaterThan(real / 2);
  expect(found).toBeLessThan(real * 2);
});

test("the same seed makes the same posts, another one others; the hard part holds only customers with several threads", () => {
  expect(makeTweets({ seed: 1, threads: 2_000 })).toEqual(made);
  expect(makeTweets({ seed: 8, threads: 50 }).rows[0]).not.toEqual(makeTweets({ seed: 9, threads: 50 }).rows[0]);
  const hard = hardPart(made);
  expect(hard.rows.length).toBeGreaterThan(100);
  expect(hard.rows.length).toBeLessThan(made.rows.length / 2);
  for (const own of Map.groupBy(
    hard.rows.filter((r) => r.by === "customer"),
    (r) => r.from,
  ).values())
    expect(new Set(own.map((r) => threadOf.get(r.id))).size).toBeGreaterThan(1);
});
