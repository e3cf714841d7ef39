import fc from "fast-check";
import { expect, it } from "vitest";
import { instantOf } from "./timestamp-text.ts";

const slow = (text: string) => Date.parse(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"));
/** As PostgreSQL writes an instant in UTC: zeros behind the point are left out. */
const written = (at: number) =>
  new Date(at)
    .toISOString()
    .replace("T", " ")
    .replace(/\.?0*Z$/, "+00");

it("reads every instant as the general parser does", () => {
  const last = Date.parse("9999-12-31T23:59:59.999Z");
  fc.assert(
    fc.property(fc.integer({ min: Date.parse("0100-01-01T00:00:00Z"), max: last }), (at) => {
      expect(instantOf(written(at))).toBe(at);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  "2026-02-28 23:59:59+00",
  "2026-02-28 23:59:59.5+00",
  "2026-02-28 23:59:59.999999+00",
  "2026-02-28 23:59:59.001+00",
  "2026-02-28 23:59:59+02",
  "2026-02-28 23:59:59.25-11",
])("reads %s", (text) => {
  expect(instantOf(text)).toBe(slow(text));
});

it("tells of other texts that they are no instants it knows", () => {
  for (const text of ["infinity", "-infinity", "0044-03-15 12:00:00+00 BC", ""])
    expect(instantOf(text)).toBe(slow(text));
  // Date.UTC would take a year below 100 for one of the last century.
  expect(instantOf("0044-03-15 12:00:00+00")).toBe(slow("0044-03-15 12:00:00+00"));
});
