import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CustomerField, fieldValue } from "./field-value.ts";

const field = (kind: CustomerField["kind"], choices: string[] = []): CustomerField => ({
  ...{ key: "k", label: "K", kind, choices },
});

describe("a value of an own field", () => {
  it.each<[CustomerField["kind"], string, string]>([
    ["text", "  Business, 5 SIMs ", "Business, 5 SIMs"],
    ["number", "0012.50", "12.5"],
    ["number", "-3", "-3"],
    ["date", "2028-02-29", "2028-02-29"],
    ["yes-no", "yes", "yes"],
    ["choice", "gold", "gold"],
    ["link", "https://crm.example/c/7", "https://crm.example/c/7"],
  ])("%s takes %s", (kind, written, value) => {
    expect(fieldValue(field(kind, ["gold", "silver"]), written)).toEqual({ ok: true, value });
  });
  it.each<[CustomerField["kind"], string, RegExp]>([
    ["text", "   ", /Leave/],
    ["text", "x".repeat(501), /500/],
    ["number", "1e5", /number/],
    ["number", "NaN", /number/],
    ["date", "2026-02-30", /date/],
    ["date", "22.11.2026", /date/],
    ["yes-no", "true", /yes or no/],
    ["choice", "bronze", /gold, silver/],
    ["link", "javascript:alert(1)", /https/],
    ["link", "https://a:b@crm.example/", /https/],
  ])("%s refuses %s", (kind, written, why) => {
    expect(fieldValue(field(kind, ["gold", "silver"]), written)).toEqual({
      ok: false,
      why: expect.stringMatching(why),
    });
  });
  it("stays what it is when it is written again", () => {
    const kinds = fc.constantFrom<CustomerField["kind"]>("text", "number", "date", "yes-no", "choice", "link");
    fc.assert(
      fc.property(kinds, fc.string(), (kind, written) => {
        const once = fieldValue(field(kind, ["a", "b"]), written);
        if (once.ok) expect(fieldValue(field(kind, ["a", "b"]), once.value)).toEqual(once);
      }),
    );
  });
});
