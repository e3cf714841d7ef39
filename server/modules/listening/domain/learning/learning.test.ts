import { describe, expect, test } from "vitest";
import { DAY } from "#platform/clock";
import { stableUuidv7 } from "#platform/ids";
import { type Candidate, choosePosts, uncertainty } from "./choose-posts.ts";
import { figuresOf, verdictOn } from "./figures.ts";
import { isHeldOut as isMessageHeldOut } from "./held-out.ts";
import { versionsToDrop } from "./thin-versions.ts";

const isHeldOut = (id: string) => isMessageHeldOut({ id, text: "any" });
const NOON = Date.parse("2026-11-17T12:00:00.000Z");

describe("the slice that is held out", () => {
  test("is a fifth, whatever the time or the neighbour, and never changes", () => {
    const ids = Array.from({ length: 5_000 }, (_, i) => stableUuidv7(NOON + (i % 50), "a", String(i)));
    const held = ids.filter(isHeldOut);
    expect(held.length / ids.length).toBeGreaterThan(0.17);
    expect(held.length / ids.length).toBeLessThan(0.23);
    expect(ids.filter(isHeldOut)).toEqual(held);
    // Runs of neighbours would leave out whole bursts.
    const pairs = ids.filter((id, i) => i > 0 && isHeldOut(id) && isHeldOut(ids[i - 1]!)).length;
    expect(pairs / held.length).toBeLessThan(0.3);
  });
});

describe("figures", () => {
  const answers = [
    { said: "negative", sure: 0.9, truth: "negative" },
    { said: "negative", sure: 0.7, truth: "neutral" },
    { said: "neutral", sure: 0.6, truth: "neutral" },
    { said: "positive", sure: 0.8, truth: "positive" },
  ];
  test("precision and recall of each label are counts that can be checked", () => {
    const { of, right, labels, calibration } = figuresOf(answers);
    expect([of, right]).toEqual([4, 3]);
    expect(labels).toEqual([
      { label: "neutral", hits: 1, said: 1, true: 2 },
      { label: "negative", hits: 1, said: 2, true: 1 },
      { label: "positive", hits: 1, said: 1, true: 1 },
    ]);
    // Each post alone in its band: .1, .7, .4 and .2 off.
    expect(calibration).toBeCloseTo((0.1 + 0.7 + 0.4 + 0.2) / 4, 6);
  });
  test("of nothing there are none", () => {
    expect(figuresOf([])).toEqual({ of: 0, right: 0, calibration: null, labels: [], before: null });
  });
  test.each([
    [8, { version: 3, right: 8 }, false, "promoted"],
    [9, { version: 3, right: 8 }, false, "promoted"],
    [7, { version: 3, right: 8 }, false, "worse"],
    [0, null, false, "promoted"],
    [9, { version: 3, right: 8 }, true, "pinned"],
    [0, null, true, "pinned"],
  ] as const)("%i right against %o, pinned %s: %s", (right, before, pinned, verdict) => {
    expect(verdictOn(right, before, pinned)).toBe(verdict);
  });
});

describe("old versions", () => {
  test("go, but for the newest, the last of each day, and what is in use", () => {
    const versions = Array.from({ length: 40 }, (_, i) => ({ version: i + 1, at: NOON - (39 - i) * (DAY / 8) }));
    const gone = versionsToDrop(versions, 5, NOON);
    const left = versions.map((v) => v.version).filter((v) => !gone.includes(v));
    expect(left).toEqual([3, 5, 11, 19, 27, 35, 36, 37, 38, 39, 40]);
  });
  test("of a month ago go all but what is in use", () => {
    const versions = Array.from({ length: 9 }, (_, i) => ({ version: i + 1, at: NOON - (60 - i) * DAY }));
    expect(versionsToDrop(versions, 2, NOON)).toEqual([3, 1]);
    expect(versionsToDrop([], 0, NOON)).toEqual([]);
  });
});

describe("what is held out of later messages", () => {
  const LATER = Date.UTC(2026, 11, 2);
  const held = (text: string, n: number) => isMessageHeldOut({ id: stableUuidv7(LATER, String(n)), text });
  const texts = Array.from(
    { length: 2_000 },
    (_, i) => `my lamp number${i} of street${i * 7} came broken again last night`,
  );
  test("is a fifth, and a copy lies on the side of what it copies", () => {
    const out = texts.filter((text, i) => held(text, i));
    expect(out.length).toBeGreaterThan(300);
    expect(out.length).toBeLessThan(500);
    for (const [i, text] of texts.slice(0, 200).entries())
      expect(held(`@shop ${text.toUpperCase()}!! https://x.example/${i}`, 5_000 + i)).toBe(held(text, i));
  });
  test("is the same for short texts that say the same, and never fails", () => {
    expect(held("Where is it?!", 1)).toBe(held("@a where is it", 2));
    for (const text of ["", "\u0000\ud800", "🙂"]) expect([true, false]).toContain(held(text, 3));
  });
});

describe("five posts a day", () => {
  const one = (n: number, p: number, text: string, task = "actionable"): Candidate => ({
    ...{ messageId: stableUuidv7(NOON, String(n)), task, p, text },
  });
  test("are those the models know least about", () => {
    const sure = Array.from({ length: 30 }, (_, i) => one(i, 0.99, `where is parcel number${i} of street${i} please`));
    const unsure = [
      "lamp flickers",
      "sofa squeaks loud",
      "delivery on sunday",
      "refund still open",
      "app crashed twice",
    ];
    const chosen = choosePosts([...sure, ...unsure.map((text, i) => one(100 + i, 0.45 + i / 100, text, `t${i}`))]);
    expect(chosen.map((c) => c.text).toSorted()).toEqual(unsure.toSorted());
  });
  test("are unlike one another: what is said a hundred times is asked about once", () => {
    const copies = Array.from({ length: 100 }, (_, i) => one(i, 0.5, `@shop${i} my parcel did not arrive today`));
    const other = one(500, 0.7, "the colour of the lamp is not that of the picture");
    const chosen = choosePosts([...copies, other]);
    expect(chosen).toHaveLength(2);
    expect(chosen[1]).toBe(other);
  });
  test("ask one thing of a post, and of no label all five while others have something to ask", () => {
    const both = one(1, 0.5, "thanks, but where is it");
    const words = ["red", "blue", "green", "white", "black", "brown", "pink", "grey"];
    const chosen = choosePosts([
      both,
      { ...both, task: "gratitude" },
      ...words.map((w, i) => one(10 + i, 0.5, `${w} ${w}box ${w}lid`, "noise")),
      ...words.map((w, i) => one(30 + i, 0.8, `${w} ${w}sofa ${w}chair`, "actionable")),
    ]);
    expect(new Set(chosen.map((c) => c.messageId)).size).toBe(5);
    expect(chosen.filter((c) => c.task === "noise")).toHaveLength(3);
  });
  test("are the same for the same candidates in any order, and never fail", () => {
    const all = Array.from({ length: 50 }, (_, i) =>
      one(i, (i % 10) / 10, `word${i} thing${i % 7} \ud800 ${"x".repeat(i)}`),
    );
    expect(choosePosts(all.toReversed())).toEqual(choosePosts(all));
    expect(choosePosts([])).toEqual([]);
    expect(choosePosts([one(1, 0.5, ""), one(2, 0.5, "")])).toHaveLength(1);
  });
  test("uncertainty is most in the middle", () => {
    expect([0, 0.25, 0.5, 0.75, 1].map(uncertainty)).toEqual([0, 0.5, 1, 0.5, 0]);
  });
});
