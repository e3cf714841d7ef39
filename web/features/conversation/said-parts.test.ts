import fc from "fast-check";
import { expect, test } from "vitest";
import { safeHref, saidParts } from "./said-parts.ts";

test.each([
  ["https://a.example/x?y=1", "https://a.example/x?y=1"],
  ["http://a.example", "http://a.example/"],
  ["a.example/path", "https://a.example/path"],
  ["javascript:alert(1)", null],
  ["JaVaScRiPt:alert(1)", null],
  ["data:text/html,x", null],
  ["\u0001javascript:alert(1)", null],
  ["vbscript:x", null],
  ["file:///etc/passwd", null],
  ["https://", null],
  ["", null],
])("%j links to %j", (value, href) => {
  expect(safeHref(value)).toBe(href);
});

test("links, names and what was taken out are parted from the words", () => {
  const text = "See https://a.example, @ines. [card …4242]";
  const entities = [
    { type: "url" as const, start: 4, end: 21, value: "https://a.example" },
    { type: "mention" as const, start: 23, end: 28, value: "ines" },
  ];
  expect(saidParts(text, entities, 1).map((part) => [part.kind, part.text])).toEqual([
    ["text", "See "],
    ["link", "https://a.example"],
    ["text", ", "],
    ["name", "@ines"],
    ["text", ". "],
    ["redacted", "[card …4242]"],
  ]);
});

test("brackets that a person typed are not taken for our marks", () => {
  expect(saidParts("[card] here", [], 0)).toEqual([{ kind: "text", text: "[card] here" }]);
});

test("whatever offsets a network claims, the text stays whole and no unsafe link appears", () => {
  const entity = fc.record({
    type: fc.constantFrom("mention" as const, "url" as const, "hashtag" as const, "emoji" as const),
    start: fc.oneof(fc.integer({ min: -5, max: 60 }), fc.constant(Number.NaN)),
    end: fc.integer({ min: -5, max: 60 }),
    value: fc.oneof(fc.string(), fc.constantFrom("javascript:alert(1)", "https://a.example")),
  });
  fc.assert(
    fc.property(
      fc.string({ maxLength: 50 }),
      fc.array(entity, { maxLength: 6 }),
      fc.nat(2),
      (text, entities, redactions) => {
        const parts = saidParts(text, entities, redactions);
        expect(parts.map((part) => part.text).join("")).toBe(text);
        for (const part of parts) if (part.kind === "link") expect(part.href).toMatch(/^https?:\/\/./);
      },
    ),
  );
});
