import { describe, expect, it } from "vitest";
import { checkCopies, newRecipients, usualCopies } from "./copies.ts";
import { isAddress } from "./mail-address.ts";

const named = (...all: string[]) => all.map((address) => ({ address, name: "" }));
const facts = { known: ["carla@mail.example", "lawyer@mail.example"], own: ["support@northwind.example"] };

describe("an answer to all", () => {
  it("goes to whom the mail went openly, and not back to us or twice to its writer", () => {
    const mail = {
      to: named("Support@northwind.example", "sales@other.example"),
      cc: named("lawyer@mail.example", "CARLA@mail.example", "sales@other.example", "no address"),
    };
    expect(usualCopies(mail, "carla@mail.example", facts.own)).toEqual(["sales@other.example", "lawyer@mail.example"]);
    expect(usualCopies(null, "carla@mail.example", facts.own)).toEqual([]);
  });
  it("is never a bulk mail", () => {
    const many = named(...Array.from({ length: 400 }, (_, i) => `p${i}@mail.example`));
    expect(usualCopies({ to: many, cc: [] }, "carla@mail.example", [])).toHaveLength(50);
  });
});

describe("copies", () => {
  it("are refused where the network has none, to ourselves, and to what is no address", () => {
    expect(checkCopies([], undefined)).toEqual([]);
    const codes = (copies: string[], of: typeof facts | null = facts) =>
      checkCopies(copies, of ?? undefined).map((f) => [f.code, f.copy]);
    expect(codes(["a@b.example"], null)).toEqual([["copies-not-possible", undefined]]);
    expect(codes(["a@b.example", "SUPPORT@northwind.example", "b@c", "nobody"])).toEqual([
      ["copy-own", 1],
      ["copy-address", 3],
    ]);
    expect(codes(Array.from({ length: 51 }, (_, i) => `p${i}@mail.example`))).toEqual([["too-many-copies", undefined]]);
  });
  it("to somebody new are told before they leave", () => {
    expect(newRecipients(["Lawyer@mail.example", "x@evil.example", "nobody"], facts)).toEqual(["x@evil.example"]);
  });
});

it.each([
  ["a@b.example", true],
  ["a@b", true],
  ["a b@c.example", false],
  ["a@b.example\r\nBcc: x@evil.example", false],
  ["<a@b.example>", false],
  ["a@b,c@d", false],
  ["a@@b", false],
  ["a\u0000@b.example", false],
  ["", false],
])("%j is an address: %s", (text, is) => expect(isAddress(text)).toBe(is));
