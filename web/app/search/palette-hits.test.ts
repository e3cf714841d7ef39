import { expect, test } from "vitest";
import { placesOf, typedQuery } from "./palette-hits.ts";

test.each([
  ["rout", "rout*"],
  ["the rout", "the rout*"],
  ["rout ", "rout*"],
  ["a", "a"],
  ["rout*", "rout*"],
  ['"the rout"', '"the rout"'],
  ["from:ann", "from:ann"],
  ["C-7", "C-7"],
  ["東京", "東京*"],
])("typed %j asks %j", (text, asked) => {
  expect(typedQuery(text)).toBe(asked);
});

test("places count letters, not halves of them", () => {
  expect(placesOf("😀 ab", [{ at: 3, length: 2 }])).toEqual([2, 3]);
  expect(placesOf("ab", [])).toEqual([]);
});
