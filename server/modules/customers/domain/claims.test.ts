import { expect, test } from "vitest";
import { claimsOf } from "./claims.ts";

test.each([
  ["I am @tentina. Pass 5510, still red.", { handles: ["tentina"], references: ["5510"] }],
  ["@mo_lamp here, I wrote to you yesterday", { handles: ["mo_lamp"] }],
  ["I'm @mo-lamp.example on Bluesky, still dark", { handles: ["mo-lamp.example"], networks: ["bluesky"] }],
  ["my Twitter is @mo_lamp. Facebook is down", { handles: ["mo_lamp"], networks: ["x"] }],
  ["my account was taken by @bob", { sure: [false] }],
  ["on Bluesky I am @mo_lamp", { handles: ["mo_lamp"], networks: ["bluesky"], sure: [true] }],
  ["I am @bob's sister, his lamp is dark", { handles: [] }],
  ["this is @bob's fault", { handles: [] }],
  ["this is @bob being silly again", { handles: [] }],
  ["Hi, this is @bob, my lamp is dark", { handles: ["bob"] }],
  ["this is @bob again", { handles: ["bob"] }],
  ["thanks @tentina, same here", { handles: [] }],
  ["my mail is tina@post.example", { contacts: ["tina@post.example"] }],
  ["call me on +44 20 7946 0018", { contacts: ["079460018"] }],
  ["your hotline 020 7946 0018 is dead", { contacts: [] }],
  ["use promo order SAVE2000", { references: [] }],
  ["order number A-55102 never came", { references: ["a55102"] }],
  ["flight order BA1234 late again", { references: [] }],
])("%s", (text, expected) => {
  expect(claimsOf(text)).toMatchObject(expected);
});

test("is quick on long nonsense", () => {
  for (const text of ["a".repeat(1e5), "1 ".repeat(5e4), "order #".repeat(2e4), "a.".repeat(5e4), "@a ".repeat(5e4)])
    claimsOf(text);
});
