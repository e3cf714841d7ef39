import { expect, test } from "vitest";
import { mannerOf } from "./manner.ts";
import { mockery } from "./mockery.ts";
import { tokenise } from "./tokens.ts";

const words = (text: string) => mockery(text).map((w) => w.text.toLowerCase());

test.each([
  ["Great, another delay", "another delay"],
  ["@lumo brilliant, the router is down again", "down"],
  ["oh lovely, you lost my bag", "lost"],
  ["Super, encore un train supprimé", "supprimé"],
  ["Toll, wieder Störung im Netz", "störung"],
  ["genial, otra vez sin luz", "sin luz"],
  ["ottimo lavoro, nessuno risponde", "nessuno risponde"],
  ["I love paying extra for a broken seat", "love paying"],
  ["so kind of you to lose my parcel", "so kind of you to lose"],
])("%s is mockery because of: %s", (text, because) => {
  expect(words(text)).toContain(because);
});

test.each([
  "Great, works again, thank you",
  "great service, never late",
  "Wonderful, no delay at all this time",
  "lovely staff and a lovely room",
  "perfect, you found my lost bag",
  "the flight is delayed",
  "love the new app",
  "prima, hat alles geklappt",
  "great weather today",
  "amazing how fast you are",
  "",
])("%s is none", (text) => {
  expect(words(text)).toEqual([]);
});

test("words of mockery stand where they are said to stand; a long hostile text is quick", () => {
  const text = "Fantastic, the lift is broken";
  for (const w of mockery(text)) expect(text.slice(w.start, w.end)).toBe(w.text);
  expect(mockery(`great, ${"no ".repeat(50_000)}`)).toEqual([]);
  expect(mockery("oh ".repeat(50_000))).toEqual([]);
});

test.each([
  ["I am NOT happy with you!!", ["<self>", "<not>", "not happy", "not with", "<mark 1>", "<you>"]],
  ["waiting 3 hours and still nothing", ["<span>", "<still>", "<not>"]],
  ["nie wieder, aber danke", ["<not>", "<turn>"]],
  ["WHY IS THIS SO SLOW???", ["<shouts 1>", "<shouts 3>", "<mark 1>"]],
  ["ok 😀", ["<emoji>", "<terse>"]],
])("%s is said with %j", (text, names) => {
  const { tokens } = tokenise(text);
  const found = mannerOf(tokens, tokens.length).map((m) => m.name);
  expect(found).toEqual(expect.arrayContaining(names));
});
