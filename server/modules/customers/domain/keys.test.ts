import { expect, test } from "vitest";
import { contactOf, handleName, looks, namesMeet } from "./keys.ts";

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

test("is quick and calm on hostile names", () => {
  for (const name of ["\ud800".repeat(1e4), "\u0000", "__proto__", "a\u0301".repeat(2e4), "@".repeat(1e5)]) {
    handleName(name);
    looks(name);
    contactOf({ network: "email", externalId: name, handle: name });
    namesMeet(name, name);
  }
});
