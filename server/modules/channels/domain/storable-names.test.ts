import { expect, it } from "vitest";
import type { InboundEvent } from "./item.ts";
import { namesAreStorable } from "./storable-names.ts";

const gone = (externalId: string): InboundEvent => ({ type: "item.deleted", externalId, at: 0, by: "author" });

it.each([
  ["po_1", true],
  ["x".repeat(1_000), true],
  ["x".repeat(1_001), false],
  ["é".repeat(501), false],
  ["po\0", false],
  ["po\ud800", false],
])("%j", (name, expected) => {
  expect(namesAreStorable(gone(name))).toBe(expected);
  expect(namesAreStorable({ type: "author.gone", authorId: name, at: 0, by: "author" })).toBe(expected);
  const author = { id: name, scope: "n", handle: "\0 may stand in what is no key" };
  expect(namesAreStorable({ type: "author.changed", author, at: 0 })).toBe(expected);
});
