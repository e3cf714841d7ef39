import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestThreshold, heldOut, maker } from "./calibrate.ts";
import { type FeatureSpec, featureReader } from "./features.ts";
import { learn, learnFurther, type Marked } from "./learn.ts";
import { best, emptyModel, explain, rawScores, readerFor, reasons, score } from "./linear-model.ts";
import { tokenise } from "./tokens.ts";

const SPEC: FeatureSpec = { bits: 14, words: 2, chars: [3, 4], concepts: true };
const POSTS: Marked[] = [
  { text: "where is my parcel", labels: ["delivery"] },
  { text: "the parcel never arrived", labels: ["delivery"] },
  { text: "courier lost my order", labels: ["delivery"] },
  { text: "wo ist mein Paket", labels: ["delivery"] },
  { text: "my bill is too high", labels: ["billing"] },
  { text: "you charged me twice", labels: ["billing"] },
  { text: "refund the second charge", labels: ["billing"] },
  { text: "Rechnung ist falsch", labels: ["billing"] },
];
const LABELS = ["billing", "delivery"];
const model = learn("matter", "softmax", SPEC, LABELS, POSTS);

function ask(m: typeof model, text: string) {
  return best(m, score(m, readerFor(m.spec)(tokenise(text))));
}

describe("learning", () => {
  test.each([
    ["my parcel is late", "delivery"],
    ["charged twice again", "billing"],
    ["falsche Rechnung bekommen", "billing"],
  ])("%s → %s", (text, label) => {
    expect(ask(model, text).label).toBe(label);
  });

  test("is the same for the same posts and seed, and another for another seed", () => {
    const again = learn("matter", "softmax", SPEC, LABELS, POSTS);
    const other = learn("matter", "softmax", SPEC, LABELS, POSTS, { seed: 2 });
    expect(again.weights).toEqual(model.weights);
    expect(again.index).toEqual(model.index);
    expect(other.weights).not.toEqual(model.weights);
  });

  test("a row without a label pulls a softmax model nowhere", () => {
    const none = learn("matter", "softmax", SPEC, LABELS, [{ text: "hello", labels: [] }]);
    const p = score(none, readerFor(SPEC)(tokenise("hello")));
    expect(p[0]).toBeCloseTo(0.5);
  });

  test("sigmoid labels hold side by side", () => {
    const both = learn(
      "risk",
      "sigmoid",
      SPEC,
      ["fire", "court"],
      [
        { text: "my charger burns", labels: ["fire"] },
        { text: "see you in court", labels: ["court"] },
        { text: "nice shoes", labels: [] },
        { text: "what time do you open", labels: [] },
      ],
      { epochs: 60, rate: 1 },
    );
    const ask2 = (text: string) => [...score(both, readerFor(SPEC)(tokenise(text)))];
    const [fire, court] = ask2("my charger burns, see you in court");
    const [noFire, noCourt] = ask2("nice shoes");
    expect(fire).toBeGreaterThan(2 * noFire!);
    expect(court).toBeGreaterThan(2 * noCourt!);
    expect(ask2("my charger burns")[0]).toBeGreaterThan(0.5);
    expect(ask2("my charger burns")[1]).toBeLessThan(0.5);
  });
});

describe("agents' marks on top of a trained model", () => {
  const post = "the jumper is too tight";
  test("change the decision they mark and leave the model they started from alone", () => {
    const before = model.weights.slice();
    const marked = learnFurther(model, [
      { text: post, labels: ["billing"] },
      { text: "these trousers are too tight", labels: ["billing"] },
    ]);
    const other = learnFurther(model, [
      { text: post, labels: ["delivery"] },
      { text: "these trousers are too tight", labels: ["delivery"] },
    ]);
    expect(ask(marked, post).label).toBe("billing");
    expect(ask(other, post).label).toBe("delivery");
    expect(model.weights).toEqual(before);
    expect(ask(marked, "where is my parcel").label).toBe("delivery");
  });

  test("may bring a label nobody knew", () => {
    const wider = learnFurther(model, [
      { text: "the jumper is too tight", labels: ["size"] },
      { text: "trousers too long, wrong size", labels: ["size"] },
    ]);
    expect(wider.labels).toEqual(["billing", "delivery", "size"]);
    expect(ask(wider, "the trousers are too tight").label).toBe("size");
    expect(ask(wider, "you charged me twice").label).toBe("billing");
  });
});

describe("explaining", () => {
  test("the words and the bias add up to the raw score, for any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...POSTS.map((p) => p.text))), (text) => {
        const post = tokenise(text);
        const features = readerFor(SPEC)(post);
        const raw = rawScores(model, features);
        for (const [c, r] of raw.entries()) {
          const sum = explain(model, post, features, c).reduce((s, w) => s + w.weight, model.bias[c]!);
          expect(sum).toBeCloseTo(r, 4);
        }
      }),
    );
  });

  test("names the words that spoke for a label, strongest first", () => {
    const post = tokenise("hello, where is my parcel please");
    const words = reasons(model, post, readerFor(SPEC)(post), 1);
    expect(words[0]!.text).toBe("parcel");
    expect(words.every((w) => w.weight > 0 && post.text.slice(w.start, w.end) === w.text)).toBe(true);
  });
});

describe("thresholds", () => {
  const scores = [0.9, 0.8, 0.7, 0.6, 0.2];
  const truth = [true, true, false, true, false];
  test.each([
    ["f1" as const, 0.4],
    ["accuracy" as const, 0.75],
    [{ precision: 0.9 }, 0.75],
    [{ falseAlarms: 0 }, 0.75],
  ])("%j is met best at %d", (goal, at) => {
    expect(bestThreshold(scores, truth, goal)).toBeCloseTo(at);
  });
  test("a goal that cannot be met never fires", () => {
    expect(bestThreshold([0.9], [false], { precision: 0.5 })).toBeGreaterThan(1);
  });
  test("held-out answers come from models that had not seen the post", () => {
    const seen: string[][] = [];
    const make = maker("matter", "softmax", SPEC, LABELS);
    const answers = heldOut(
      POSTS,
      (posts) => {
        seen.push(posts.map((p) => p.text));
        return make(posts);
      },
      4,
    );
    expect(answers).toHaveLength(POSTS.length);
    expect(seen.every((texts) => texts.length === 6)).toBe(true);
    for (const post of POSTS) expect(seen.some((texts) => !texts.includes(post.text))).toBe(true);
  });
});

test("below its threshold a softmax model says none", () => {
  const unsure = { ...model, thresholds: [0.999, 0.999] };
  expect(ask(unsure, "xyzzy").label).toBeNull();
});

test("a model that knows nothing finds everything equally likely", () => {
  const p = score(emptyModel("x", "softmax", SPEC, ["a", "b", "c"]), readerFor(SPEC)(tokenise("hello")));
  expect([...p].map((x) => Math.round(x * 100))).toEqual([33, 33, 33]);
});

test("every feature stands once and leads back to a word of the post", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      const post = tokenise(text);
      const f = featureReader(SPEC)(post);
      const buckets = [...f.buckets.slice(0, f.count)];
      expect(new Set(buckets).size).toBe(buckets.length);
      for (let i = 0; i < f.count; i++) {
        expect(f.from[i]).toBeLessThanOrEqual(f.to[i]!);
        expect(f.to[i]).toBeLessThan(Math.max(1, post.tokens.length));
      }
    }),
  );
});
