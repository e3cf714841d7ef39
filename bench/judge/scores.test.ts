import { describe, expect, test } from "vitest";
import { compare } from "./bars.ts";
import { clusterScores } from "./cluster-scores.ts";
import { scoreActionable, scoreClassify, scoreSets } from "./score-labels.ts";
import { scoreRedact } from "./score-redact.ts";
import { interval, scoreStitch } from "./score-stitch.ts";

describe("groups", () => {
  test("the same groups under other names are perfect", () => {
    expect(clusterScores(["a", "a", "b"], ["x", "x", "y"])).toMatchObject({
      pairF1: 100,
      b3F1: 100,
      oneToOne: 100,
      vi: 100,
      exactF1: 100,
    });
  });

  test("by hand: two of four in a wrong group", () => {
    // Truth {1,2,3} {4}; found {1,2} {3,4}. Pairs: 1 of 2 found is right, of 3 true. B³: precision (1+1+½+½)/4, recall (⅔+⅔+⅓+1)/4.
    const s = clusterScores(["a", "a", "a", "b"], ["x", "x", "y", "y"]);
    expect(s.pairPrecision).toBeCloseTo(50);
    expect(s.pairRecall).toBeCloseTo(100 / 3);
    expect(s.b3Precision).toBeCloseTo(75);
    expect(s.b3Recall).toBeCloseTo(100 * (8 / 3 / 4));
    expect(s.oneToOne).toBeCloseTo(75);
    expect(s.exactF1).toBe(0);
    // H(truth|found) + H(found|truth) = ½·1 + ¾·H(⅔,⅓), over log₂ 4.
    expect(s.vi).toBeCloseTo(100 * (1 - (0.5 + 0.75 * (Math.log2(3) - 2 / 3)) / 2));
  });

  test("all in one, and each alone", () => {
    expect(clusterScores(["a", "b"], ["x", "x"])).toMatchObject({ pairPrecision: 0, b3Precision: 50, b3Recall: 100 });
    expect(clusterScores(["a", "a"], ["x", "y"])).toMatchObject({ pairRecall: 0, b3Precision: 100, b3Recall: 50 });
  });
});

describe("stitch", () => {
  const truth = [
    { set: "1", id: "m1", conversation: "c", customer: "p", handle: "x:@a" },
    { set: "1", id: "m2", conversation: "c", customer: "p", handle: "email:a" },
    { set: "1", id: "m3", conversation: "d", customer: "q", handle: "x:@b" },
  ];

  test("joins are counted between handles", () => {
    const found = [
      { set: "1", id: "m1", conversation: "1", customer: "k" },
      { set: "1", id: "m2", conversation: "1", customer: "l" },
      { set: "1", id: "m3", conversation: "1", customer: "l" },
    ];
    expect(scoreStitch(truth, found, "conversation")).toMatchObject({
      join_precision: 0,
      join_recall: 0,
      wrong_joins: 1,
    });
  });

  test("sets never mix, and what is missing stands alone", () => {
    const two = truth.flatMap((t) => [t, { ...t, set: "2" }]);
    const found = two.slice(0, 4).map((t) => ({ ...t, conversation: "same", customer: t.customer }));
    expect(scoreStitch(two, found, "conversation")).toMatchObject({ pair_f1: 100, join_precision: 1, join_recall: 1 });
  });

  test("the thread counts where it is asked for", () => {
    const found = truth.map((t, i) => ({ ...t, conversation: String(i), thread: t.conversation }));
    expect(scoreStitch(truth, found, "conversation").pair_f1).toBe(0);
    expect(scoreStitch(truth, found, "thread").pair_f1).toBe(100);
  });

  test("many sets are cases, with an interval that holds the figure", () => {
    const many = Array.from({ length: 40 }, (_, i) => truth.map((t) => ({ ...t, set: String(i) }))).flat();
    const found = many.map((t) => (Number(t.set) < 10 ? { ...t, conversation: "x" } : t));
    const s = scoreStitch(many, found, "conversation");
    expect(s.cases_wholly_right).toBe(0.75);
    expect(s["cases_wholly_right from"]).toBeLessThan(0.75);
    expect(s["cases_wholly_right to"]).toBeGreaterThan(0.75);
  });

  test("an interval is the same in every run", () => {
    const mean = (v: number[]) => v.reduce((a, b) => a + b, 0) / v.length;
    expect(interval([0, 1, 1, 0, 1], mean)).toEqual(interval([0, 1, 1, 0, 1], mean));
  });
});

describe("labels", () => {
  test("accuracy, in scope and out of it", () => {
    const truth = [
      { id: 1, label: "a" },
      { id: 2, label: "a" },
      { id: 3, label: null },
      { id: 4, label: null },
    ];
    const s = scoreClassify(truth, [
      { id: 1, label: "a" },
      { id: 2, label: null },
      { id: 3, label: null },
    ]);
    expect(s).toMatchObject({
      accuracy: 0.5,
      in_scope_accuracy: 0.5,
      out_of_scope_recall: 0.5,
      "recall a": 0.5,
      "precision a": 1,
    });
  });

  test("what may be found is neither right nor wrong", () => {
    const truth = [
      { id: 1, must: ["safety"], may: ["outage"] },
      { id: 2, must: [], may: [] },
      { id: 3, must: ["outage"], may: [] },
    ];
    const s = scoreSets(
      truth,
      [
        { id: 1, risks: ["safety", "outage"] },
        { id: 2, risks: ["safety"] },
      ],
      "risks",
    );
    expect(s).toMatchObject({
      "precision safety": 0.5,
      "recall safety": 1,
      "recall outage": 0,
      recall_any: 0.5,
      false_alarm_rate: 1,
    });
  });

  test("actionable: each policy counts alike in the mean", () => {
    const truth = [
      { id: 1, policy: "p", actionable: true },
      { id: 1, policy: "q", actionable: true },
    ];
    const s = scoreActionable(truth, [{ id: 1, policy: "p", actionable: true }]);
    expect(s).toMatchObject({ accuracy: 0.5, precision: 1, recall: 0.5, mean_f1: 0.5 });
    expect(s).not.toHaveProperty("accuracy_where_policies_differ");
    const apart = [...truth, { id: 2, policy: "p", actionable: true }, { id: 2, policy: "q", actionable: false }];
    const answers = [{ id: 2, policy: "p", actionable: true }];
    expect(scoreActionable(apart, answers)).toMatchObject({ accuracy: 0.5, accuracy_where_policies_differ: 1 });
  });
});

test("redact: a card is gone when no seven digits of it stand, also in other digits", () => {
  const card = { kind: "card", value: "4111 1111 1111 1111" };
  const of = (text: string) => scoreRedact([{ id: 1, secrets: [card], keep: ["A55"] }], [{ id: 1, texts: [text] }]);
  expect(of("order A55, card …1111")).toMatchObject({ removed: 1, look_alikes_kept: 1, texts_wholly_right: 1 });
  expect(of("A55 4111-1111")).toMatchObject({ removed: 0, texts_wholly_right: 0 });
  expect(of("card ٤١١١١١١")).toMatchObject({ removed: 0, look_alikes_kept: 0 });
});

test("figures stand beside must and aim; less may be better", () => {
  const judged = compare(
    { vi: 87, false_alarms: 0.2, other: 3 },
    { vi: { must: 86, ambitious: 90 }, false_alarms: { must: 0.1, lower: true } },
  );
  expect(judged.map((j) => j.missed)).toEqual([false, true, false]);
  expect(judged[0]!.line).toMatch(/must ≥ 86 reached · aim ≥ 90 not yet/);
  expect(judged[1]!.line).toMatch(/must ≤ 0.1 MISSED/);
});
