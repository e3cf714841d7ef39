import fc from "fast-check";
import { expect, test } from "vitest";
import { colourOf, contrast, INK, PAPER, readableOn, textOn } from "./colours.ts";

const anyColour = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map((rgb) => `#${rgb.map((n) => n.toString(16).padStart(2, "0")).join("")}`);

test.each([
  ["#0a655f", PAPER],
  ["#e8a33d", INK],
  ["#ffffff", INK],
  ["#000000", PAPER],
  ["#ffeb3b", INK],
])("on %s stands %s", (colour, text) => {
  expect(textOn(colour)).toBe(text);
});

test("contrast is the one of WCAG", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test("text is read on every colour a company may choose", () => {
  fc.assert(fc.property(anyColour, (colour) => contrast(textOn(colour), colour) >= 4.5));
});

test("a colour is bent until it is read on its ground, and left alone where it is", () => {
  fc.assert(
    fc.property(anyColour, fc.constantFrom("#ffffff", "#1b1b19"), (colour, ground) => {
      const bent = readableOn(colour, ground, 4.6);
      expect(contrast(bent, ground)).toBeGreaterThanOrEqual(4.6);
      if (contrast(colour, ground) >= 4.6) expect(bent).toBe(colour);
    }),
  );
});

test.each([
  ["#ABC", "#aabbcc"],
  ["#0A655F", "#0a655f"],
  ["red;background:url(x)", "#123456"],
  ["", "#123456"],
  ["#12345", "#123456"],
])("%s is %s", (text, colour) => {
  expect(colourOf(text, "#123456")).toBe(colour);
});
