import fc from "fast-check";
import { expect, test } from "vitest";
import { customerName, type Identity, meetings, scopeOf } from "./meet.ts";

const alice: Identity = {
  network: "playground",
  scope: "*",
  externalId: "u1",
  handle: "alice",
  name: "Alice",
  followers: 10,
  at: 1_000,
};

test("the newest value of each field wins, and an empty one never erases", () => {
  const [met] = meetings([
    { ...alice, name: "", followers: null, at: 3_000 },
    { ...alice, name: "Alice W.", followers: 12, at: 2_000 },
    alice,
  ]);
  expect(met).toMatchObject({ name: "Alice W.", followers: 12, followersAt: 2_000, firstAt: 1_000, lastAt: 3_000 });
});

test("the same id on two pages of Messenger is two handles, on Bluesky one", () => {
  expect(scopeOf("messenger", "page-1")).not.toBe(scopeOf("messenger", "page-2"));
  expect(scopeOf("bluesky", "a")).toBe(scopeOf("bluesky", "b"));
  const twoPages = ["page-1", "page-2"].map((page) => ({
    ...alice,
    network: "messenger",
    scope: scopeOf("messenger", page),
  }));
  expect(meetings(twoPages)).toHaveLength(2);
});

test("a customer without a name is called by handle, then by id", () => {
  expect(customerName({ name: " ", handle: "bob", externalId: "7" })).toBe("bob");
  expect(customerName({ name: "", handle: "", externalId: "7" })).toBe("7");
});

test("the order of arrival does not matter", () => {
  const one = fc.record({
    externalId: fc.constantFrom("a", "b"),
    name: fc.constantFrom("", "X", "Y"),
    followers: fc.option(fc.nat(), { nil: null }),
    at: fc.nat(1_000),
  });
  fc.assert(
    fc.property(fc.uniqueArray(one, { selector: (o) => o.at }), fc.integer(), (list, seed) => {
      const all = list.map((o) => ({ ...alice, ...o }));
      const shuffled = all.toSorted((a, b) => ((a.at * 31 + seed) % 7) - ((b.at * 31 + seed) % 7));
      expect(meetings(shuffled)).toEqual(meetings(all));
    }),
  );
});
