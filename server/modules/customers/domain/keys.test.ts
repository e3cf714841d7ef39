import { expect, test } from "vitest";
import { DAY } from "#platform/clock";
import { changedHands, contactOf, handleName, looks, namesMeet } from "./keys.ts";

test.each([
  ["@Mo_Lamp", "mo_lamp"],
  ["  ＭＯ ", "mo"],
  ["@@x", "x"],
])("%s is called %s", (handle, name) => expect(handleName(handle)).toBe(name));

test.each([
  ["alice", "аlice", true], // Cyrillic а
  ["northwind", "n0rthw1nd", true],
  ["paypal", "paypaI", true],
  ["modern", "rnodern", true],
  ["anna.b", "anna_b", true],
  ["ánna", "anna", true],
  ["alice", "alicia", false],
  ["anna", "hanna", false],
])("%s and %s look alike: %s", (a, b, alike) => expect(looks(a) === looks(b)).toBe(alike));

test("an address is a contact only where people are named by it", () => {
  expect(contactOf({ network: "email", externalId: "Ann@Post.example", handle: "Ann" })).toBe("ann@post.example");
  expect(contactOf({ network: "forum", externalId: "7", handle: "ann@post.example" })).toBeNull();
  expect(contactOf({ network: "sms", externalId: "+44 20 7946 0018", handle: "" })).toBe("079460018");
  expect(contactOf({ network: "phone", externalId: "anonymous", handle: "" })).toBeNull();
});

test("names meet by one word, and no name says nothing", () => {
  expect(namesMeet("Ann Lee", "LEE, Ann-Marie")).toBe(true);
  expect(namesMeet("Ann Lee", "Bob Ray")).toBe(false);
  expect(namesMeet("", "Bob Ray")).toBe(true);
});

test("a name that can be given twice changed hands when it was silent for long and comes back as somebody else", () => {
  const was = { network: "x", externalId: "lamp", handle: "lamp", name: "Ann Lee", lastSeenAt: 0 };
  expect(changedHands(was, { name: "Bob Ray", firstAt: 200 * DAY })).toBe(true);
  expect(changedHands(was, { name: "Ann L.", firstAt: 200 * DAY })).toBe(false);
  expect(changedHands(was, { name: "Bob Ray", firstAt: 20 * DAY })).toBe(false);
  // An id that is never given twice stays the same person, whatever the name.
  expect(changedHands({ ...was, externalId: "did:plc:1" }, { name: "Bob Ray", firstAt: 200 * DAY })).toBe(false);
});

test("is quick and calm on hostile names", () => {
  for (const name of ["\ud800".repeat(1e4), "\u0000", "__proto__", "a\u0301".repeat(2e4), "@".repeat(1e5)]) {
    handleName(name);
    looks(name);
    contactOf({ network: "email", externalId: name, handle: name });
    namesMeet(name, name);
  }
});
