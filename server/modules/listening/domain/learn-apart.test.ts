import { describe, expect, test } from "vitest";
import { packModel, unpackModel } from "../models/model-file.ts";
import { calibrationError, heldOut, type Maker, sharpened, sharpnessOf } from "./calibrate.ts";
import { type FeatureSpec, featureReader } from "./features.ts";
import { seeded } from "./learn.ts";
import { learnApart } from "./learn-apart.ts";
import { best, explain, rawScores, readerFor, score } from "./linear-model.ts";
import { tokenise } from "./tokens.ts";

const SPEC: FeatureSpec = { bits: 16, words: 2, chars: [2, 5], within: true, gaps: true, manner: true };
const MATTERS: Record<string, string[]> = {
  delivery: ["parcel", "courier", "tracking", "shipment", "doorstep"],
  billing: ["invoice", "charged", "refund", "payment", "fee"],
  access: ["password", "login", "locked", "account", "code"],
};
const FRAMES = [
  "where is my {}",
  "the {} is wrong",
  "problem with the {} again",
  "please check {} today",
  "my {} since monday",
];

/** Posts of three matters in a random order; `noisy`: this share carries a wrong label. */
function posts(count: number, seed: number, noisy = 0) {
  const chance = seeded(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  return Array.from({ length: count }, () => {
    const label = one(Object.keys(MATTERS));
    const text = one(FRAMES).replace("{}", one(MATTERS[label]!));
    return { text, labels: [chance() < noisy ? one(Object.keys(MATTERS)) : label] };
  });
}

/** Strings of any writing, marks, half signs and rubbish. */
function strange(count: number): string[] {
  const chance = seeded(8);
  const pieces = [
    "@",
    "#",
    " ",
    "!?",
    "😀",
    "e\u0301",
    "ß",
    "荷物",
    "بعد",
    "\ud800",
    "\u0000",
    "n't ",
    "https://x.example ",
    "12.5 ",
  ];
  const sign = () =>
    chance() < 0.5 ? pieces[Math.floor(chance() * pieces.length)]! : String.fromCharCode(chance() * 0xffff);
  return Array.from({ length: count }, () => Array.from({ length: Math.floor(chance() * 40) }, sign).join(""));
}

const LABELS = Object.keys(MATTERS);
const model = learnApart("matter", "softmax", SPEC, LABELS, posts(60, 1));
const ask = (text: string) => best(model, score(model, readerFor(SPEC)(tokenise(text)))).label;

describe("learning by margins", () => {
  test("other words for the same matter, misspelt or bent, are still told", () => {
    expect(ask("the couriers never came")).toBe("delivery");
    expect(ask("pasword reset")).toBe("access");
    expect(ask("refunds please")).toBe("billing");
  });

  test("the same posts give the same model, bit for bit; another seed is another order", () => {
    const again = learnApart("matter", "softmax", SPEC, LABELS, posts(60, 1));
    expect(again.weights).toEqual(model.weights);
    expect(again.bias).toEqual(model.bias);
  });

  test("posts of no label stand on the far side of all", () => {
    const others = ["nice weather out there", "who won the match", "what a lovely weather", "the match was great"];
    const learnt = learnApart("matter", "softmax", SPEC, LABELS, [
      ...posts(60, 1),
      ...others.map((text) => ({ text, labels: [] })),
    ]);
    const raw = rawScores(learnt, readerFor(SPEC)(tokenise("lovely weather for a match")));
    expect(Math.max(...raw)).toBeLessThan(0);
  });

  test("nothing to learn from, one label alone, and empty posts do no harm", () => {
    expect(learnApart("x", "sigmoid", SPEC, ["a"], []).weights).toHaveLength(0);
    const alone = learnApart("x", "sigmoid", SPEC, ["a"], [{ text: "", labels: ["a"] }]);
    expect(score(alone, readerFor(SPEC)(tokenise("")))[0]).toBeGreaterThan(0.5);
  });

  test("the words and the bias add up to the raw score, for any text", () => {
    for (const text of [...strange(60), ...posts(20, 2).map((p) => p.text)]) {
      const post = tokenise(text);
      const features = readerFor(SPEC)(post);
      for (const [c, r] of rawScores(model, features).entries()) {
        const sum = explain(model, post, features, c).reduce((s, w) => s + w.weight, model.bias[c]!);
        expect(sum).toBeCloseTo(r, 3);
      }
    }
  });

  test("packed and unpacked it answers the same", () => {
    const again = unpackModel(packModel(model, 0));
    for (const { text } of posts(12, 4)) {
      const of = (m: typeof model) => [...score(m, readerFor(SPEC)(tokenise(text)))];
      of(again).forEach((p, c) => {
        expect(p).toBeCloseTo(of(model)[c]!, 1);
      });
    }
  });
});

describe("how sure", () => {
  test("held-out sharpness makes sureness what it says, also where marks are wrong", () => {
    const make: Maker = (some) => learnApart("matter", "softmax", SPEC, LABELS, some, { sharpness: 1 });
    const marks = posts(300, 5, 0.3);
    const held = heldOut(marks, make, 4, 7, { raw: true });
    const truth = marks.map((m) => LABELS.indexOf(m.labels[0]!));
    const learnt = sharpened(make(marks), sharpnessOf(held, truth));
    const fresh = posts(400, 6, 0.3);
    const answers = fresh.map((f) => best(learnt, score(learnt, readerFor(SPEC)(tokenise(f.text)))));
    const right = fresh.map((f, i) => f.labels[0] === answers[i]!.label);
    const plainly = calibrationError(
      answers.map((a) => a.score),
      right,
    );
    expect(plainly).toBeLessThan(0.15);
    // Sharper than the posts allow, it is surer than it is right.
    const bold = sharpened(learnt, 12);
    const boldly = fresh.map((f) => best(bold, score(bold, readerFor(SPEC)(tokenise(f.text)))).score);
    expect(calibrationError(boldly, right)).toBeGreaterThan(plainly + 0.05);
  });

  test("calibration error by hand", () => {
    expect(calibrationError([0.9, 0.9, 0.9, 0.9], [true, true, true, false])).toBeCloseTo(0.15);
    expect(calibrationError([0.25, 0.75], [false, true])).toBeCloseTo(0.25);
    expect(calibrationError([], [])).toBe(0);
  });
});

test("every n-gram leads back to tokens of the post, and each group has length one", () => {
  for (const text of strange(100)) {
    const post = tokenise(text);
    const f = featureReader(SPEC)(post);
    for (let i = 0; i < f.count; i++) {
      expect(f.from[i]!).toBeLessThanOrEqual(f.to[i]!);
      expect(f.to[i]!).toBeLessThan(post.tokens.length);
    }
    for (const [from, to] of [
      [0, f.charsFrom],
      [f.charsFrom, f.endsFrom],
    ] as const)
      if (to > from) expect(f.values.slice(from, to).reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(1, 3);
  }
});
