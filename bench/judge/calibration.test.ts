import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { calibrationError } from "../../server/modules/listening/domain/calibrate.ts";
import { seeded } from "../../server/modules/listening/domain/learn.ts";
import { type Claim, calibrationOf, calibrationsOf, calibrationTable } from "./calibration.ts";
import { claimsOf, drawnCourses, isHeldOut } from "./claims.ts";
import type { LabelledSet } from "./find-sets.ts";

/** Claims sure of .5 to 1 that are right `off` less often than they are sure. */
function drawn(n: number, off: number, seed: number): Claim[] {
  const chance = seeded(seed);
  return Array.from({ length: n }, (_, i) => {
    const sure = 0.5 + 0.5 * chance();
    return { label: "x", post: `${i}`, sure, right: chance() < sure - off };
  });
}
const SEEDS = Array.from({ length: 12 }, (_, n) => (n + 1) * 7_919);
const meanOf = (n: number, off: number, of: (c: Claim[]) => number) =>
  SEEDS.reduce((sum, seed) => sum + of(drawn(n, off, seed)), 0) / SEEDS.length;
const plain = (c: Claim[]) =>
  calibrationError(
    c.map((x) => x.sure),
    c.map((x) => x.right),
  );

describe("the error less chance", () => {
  test.each([
    [200, 0.05],
    [200, 0.15],
    [1_000, 0.1],
  ])("of %i claims lies near what it really is, %f", (n, off) => {
    expect(Math.abs(meanOf(n, off, (c) => calibrationOf("x", c).error) - off)).toBeLessThan(0.02);
  });
  test("is less too high than bands of equal width where claims are as sure as they are right", () => {
    const ours = meanOf(150, 0, (c) => calibrationOf("x", c).error);
    expect(ours).toBeLessThan(0.75 * meanOf(150, 0, plain));
  });
  test("has what is true within its interval, and tells a label that is far off", () => {
    const held = SEEDS.filter((seed) => {
      const { from, to } = calibrationOf("x", drawn(200, 0.1, seed));
      return from <= 0.1 && 0.1 <= to;
    });
    expect(held.length).toBeGreaterThanOrEqual(9);
    for (const seed of SEEDS) expect(calibrationOf("x", drawn(200, 0.3, seed)).from).toBeGreaterThan(0.05);
  });
  test("keeps equal scores in one band, and what is said of one post together", () => {
    const same = drawn(60, 0.1, 3).map((c) => ({ ...c, sure: 0.8 }));
    expect(calibrationOf("x", same).bins).toBe(1);
    const twice = drawn(120, 0.1, 3).flatMap((c) => [c, c, c, c]);
    const apart = twice.map((c, i) => ({ ...c, post: `${i}` }));
    const width = ({ from, to }: { from: number; to: number }) => to - from;
    expect(width(calibrationOf("x", twice))).toBeGreaterThan(width(calibrationOf("x", apart)));
  });
  test("of nothing is nothing", () => {
    expect(calibrationsOf([])).toEqual([]);
    expect(calibrationOf("x", drawn(1, 0, 1)).bins).toBe(1);
    expect(calibrationTable(calibrationsOf(drawn(50, 0, 1))).split("\n")).toHaveLength(2);
  });
});

describe("claims", () => {
  const set = (subject: string, task = subject) =>
    ({ name: `${task}/a`, subject, task, learn: null, folds: null }) as LabelledSet;
  test("are what was said, under the names of labels; what people were not asked is none", () => {
    const truth = [
      { id: "1", labels: { noise: ["promo"], addressed: ["about_us"], kind: [] }, may: { kind: ["joke"] } },
      { id: "2", labels: { noise: ["signal"] } },
    ];
    const said = (label: string, value: string, score: number) => ({ label, value, score });
    const found = [
      { id: "1", labels: [said("noise", "spam", 0.9), said("addressed", "named", 0.8), said("kind", "joke", 0.6)] },
      { id: "2", labels: [said("noise", "spam", 0.7), said("addressed", "none", 0.7), said("intent", "praise", 0.5)] },
    ];
    expect(claimsOf(set("labels"), truth, found).map((c) => [c.label, c.sure, c.right])).toEqual([
      ["noise", 0.9, true],
      ["addressed", 0.8, true],
      ["kind of post", 0.6, true],
      ["noise", 0.7, false],
    ]);
  });
  test("of signals are only those the file asks for; of classes the one that was said", () => {
    const found = [{ id: "1", signals: ["gratitude", "insult"], scores: { gratitude: 0.9, insult: 0.8 } }];
    expect(claimsOf(set("signals"), [{ id: "1", signals: ["gratitude"] }], found)).toEqual([
      { label: "thanks", post: "signals/a 1", sure: 0.9, right: true },
    ]);
    const classes = [{ id: "1", label: "negative", scores: { negative: 0.7, neutral: 0.3 } }];
    expect(claimsOf(set("classify", "sentiment"), [{ id: "1", label: "neutral" }], classes)).toEqual([
      { label: "sentiment", post: "sentiment/a 1", sure: 0.7, right: false },
    ]);
  });
  test("come of sets held out alone", () => {
    const names = ["risk/blind_unseen", "risk/blind_dev", "risk/own", "examples/risk", "language/eld_tweets"];
    expect(names.filter(isHeldOut)).toEqual(["risk/blind_unseen", "language/eld_tweets"]);
  });
  test("of courses are drawn from posts whose mood is known", () => {
    const sure = ["negative", "neutral", "positive"].map((mood) => ({ truth: mood, said: mood, sure: 0.99 }));
    const courses = drawnCourses(sure);
    expect(courses.length).toBeGreaterThan(500);
    expect(courses.every((c) => c.right)).toBe(true);
    expect(drawnCourses(sure.map((m) => ({ ...m, truth: "neutral" })))).toEqual([]);
  });
});

test("the halves of our own labelled sets share no post", () => {
  const texts = (name: string) =>
    readFileSync(join(import.meta.dirname, "data", "labels", `${name}.in.jsonl`), "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { text: string }).text);
  const seen = new Set(["every_dev", "wants_dev", "kinds_dev", "personal_dev"].flatMap(texts));
  expect(["every_unseen", "kinds_unseen", "personal_unseen"].flatMap(texts).filter((t) => seen.has(t))).toEqual([]);
});
