import fc from "fast-check";
import { expect, test } from "vitest";
import { normalise, READ_LIMIT, tokenise } from "./tokens.ts";

const norms = (text: string) => tokenise(text).tokens.map((t) => t.norm);

test.each([
  ["Soooo slow!!!", ["soo", "slow", "!!"]],
  ["@Lumo_Help where's my PARCEL?", ["<at>", "where's", "my", "parcel", "?"]],
  ["see https://lumo.example/x?y=1 now", ["see", "<link>", "now"]],
  ["mail me: a.b@lumo.example", ["mail", "me", "<mail>"]],
  ["#DelayRepay £20 at 10:42, order 88213", ["delayrepay", "<money>", "at", "<time>", "order", "<long>"]],
  ["ＦＵＬＬ width ﬁne", ["full", "width", "fine"]],
  ["v\u200bi\u200bagra", ["viagra"]],
  ["荷物が", ["荷", "物", "が"]],
  ["👍🏽 great 🇳🇴", ["👍", "great", "🇳🇴"]],
  ["don’t", ["don't"]],
  ["Z̴̡̧̛a̵̢̛lgo", ["z̴a̵lgo"]],
])("cuts %j into words", (text, expected) => {
  expect(norms(text)).toEqual(expected);
});

test("offsets point into the text as it was handed in, whatever it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      let last = 0;
      for (const t of tokenise(text).tokens) {
        expect(t.start).toBeGreaterThanOrEqual(last);
        expect(t.end).toBeGreaterThan(t.start);
        expect(t.end).toBeLessThanOrEqual(text.length);
        last = t.end;
      }
    }),
  );
});

test("lone surrogates are read over", () => {
  expect(norms("a \ud83d b \udc4d c")).toEqual(["a", "b", "c"]);
});

test("five megabytes are clipped, and it is said", () => {
  for (const text of ["a".repeat(5e6), "@".repeat(5e6), "a@".repeat(25e5), "#a".repeat(25e5), "é\u0301".repeat(25e5)]) {
    const post = tokenise(text);
    expect(post.clipped).toBe(true);
    expect(post.text.length).toBe(READ_LIMIT);
  }
});

test("a word of a megabyte is one short word", () => {
  expect(normalise("ab".repeat(5e5)).length).toBeLessThanOrEqual(64);
});
