import { expect, test } from "vitest";
import type { KeyBinding } from "../../shared/keys/match.ts";
import { usualKeys } from "../../shared/keys/match.ts";
import { actItems, numberIn, sectionsOf } from "./palette-items.ts";

const act = (id: string, label: string, over: Partial<KeyBinding> = {}): KeyBinding => ({
  ...{ id, label, keys: [], group: "Work", run: () => {} },
  ...over,
});
const WORDS = { notNow: "Not now", lately: "Lately" };
const items = (bindings: readonly KeyBinding[]) => actItems(bindings, usualKeys, WORDS, ["palette.open"]);
const ids = (typed: string, bindings: readonly KeyBinding[], lately: string[] = []) =>
  sectionsOf(typed, items(bindings), lately, WORDS).map((one) => [one.heading, ...one.items.map((item) => item.id)]);

const all = [
  act("work.take", "Take the offer", { keys: "t" }),
  act("work.resolve", "Resolve", { keys: "e", disabled: true, refused: "It is not yours." }),
  act("write.public", "Public reply", { keys: ["r", "alt+r"], group: "Write" }),
  act("go.desk", "Desk", { keys: "g d", group: "Go to" }),
  act("palette.open", "Go to, or do", { keys: "mod+k" }),
];

test("every act of the screen is there once, with its key and why it cannot be done", () => {
  const twice = [...all, act("work.take", "Take it")];
  expect(items(twice).map(({ id, keys, refused }) => [id, keys, refused])).toEqual([
    ["work.take", "t", undefined],
    ["work.resolve", "e", "It is not yours."],
    ["write.public", "r", undefined],
    ["go.desk", "g d", undefined],
  ]);
});

test("of two with one name the one that can be done counts", () => {
  const two = [act("a", "Near", { disabled: true }), act("a", "Far")];
  expect(items(two)).toMatchObject([{ label: "Far", refused: undefined }]);
  expect(items([act("a", "Alone", { disabled: true })])).toMatchObject([{ refused: "Not now" }]);
});

test("nothing typed: lately used first, what is refused last", () => {
  expect(ids("", all, ["go.desk", "gone", "work.resolve"])).toEqual([
    ["Lately", "go.desk"],
    ["Work", "work.take", "work.resolve"],
    ["Write", "write.public"],
  ]);
});

test("typed: the best section first, what is refused behind what is not", () => {
  expect(ids("re", [...all, act("work.release", "Give back, release")])).toEqual([
    ["Write", "write.public"],
    ["Work", "work.release", "work.resolve"],
  ]);
  expect(ids("zzz", all)).toEqual([]);
});

test.each([
  ["C-20481", "C-20481"],
  ["c 7", "C-7"],
  ["20481", "C-20481"],
  [" c20481 ", "C-20481"],
  ["C-", null],
  ["call 7", null],
  ["1234567890123", null],
])("number in %j", (typed, number) => {
  expect(numberIn(typed)).toBe(number);
});
