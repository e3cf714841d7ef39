import fc from "fast-check";
import { expect, test } from "vitest";
import { subjectOf } from "./subject.ts";

test.each([
  ["@northwind: where is my parcel? https://t.example/x", "", "where is my parcel?"],
  ["text", "Re: AW: Broken lamp", "Broken lamp"],
  ["@northwind https://t.example/x", "", "Message without words"],
  ["a\u0000b\n\nc", "", "a b c"],
  ["word ".repeat(30), "", `${"word ".repeat(15).trim()}…`],
  ["x".repeat(200), "", `${"x".repeat(79)}…`],
])("%j", (text, given, expected) => {
  expect(subjectOf(text, given)).toBe(expected);
});

test("is never empty, long or ill-formed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const subject = subjectOf(text);
      expect(subject).not.toBe("");
      expect([...subject].length).toBeLessThanOrEqual(80);
    }),
  );
});
