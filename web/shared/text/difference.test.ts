import fc from "fast-check";
import { expect, test } from "vitest";
import { difference } from "./difference.ts";

const say = (before: string, after: string) =>
  difference(before, after)
    .map(({ kind, text }) => (kind === "same" ? text : kind === "gone" ? `(-${text})` : `(+${text})`))
    .join("");

test.each([
  ["the same", "the same", "the same"],
  ["one two three", "one three", "one (-two )three"],
  ["one three", "one two three", "one (+two )three"],
  ["I’m sorry.", "That is our fault.", "(-I’m sorry.)(+That is our fault.)"],
  ["", "new", "(+new)"],
  ["old", "", "(-old)"],
])("%j to %j", (before, after, shown) => {
  expect(say(before, after)).toBe(shown);
});

test("what stays and what is new are always the present text", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 }).map((list) => list.join(" "));
  fc.assert(
    fc.property(words, words, (before, after) => {
      const now = difference(before, after).filter((part) => part.kind !== "gone");
      expect(now.map((part) => part.text).join("")).toBe(after);
    }),
  );
});

test("a very long text is shown as it is, not compared", () => {
  const long = "word ".repeat(5_000);
  expect(difference(long, `${long}more`)).toEqual([{ kind: "same", text: `${long}more` }]);
});
