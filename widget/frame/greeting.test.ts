import { describe, expect, test } from "vitest";
import { chooseGreeting, dayOf } from "./greeting.ts";

const greeting = (id: string, onPath = "", onlyWhenOpen = false) => ({
  id,
  text: id,
  afterMs: 5_000,
  onPath,
  onlyWhenOpen,
});
const facts = { path: "/shop/plans", open: true, talking: false, lastDay: null, today: "2026-11-22" };
const all = [
  greeting("everywhere"),
  greeting("shop", "/shop"),
  greeting("plans", "/shop/plans"),
  greeting("help", "/help"),
];

describe("the greeting of a page", () => {
  test.each([
    ["the longest path wins", all, facts, "plans"],
    ["the path is a prefix", all, { ...facts, path: "/shop/phones" }, "shop"],
    ["no path is every page", all, { ...facts, path: "/" }, "everywhere"],
    ["the first of two equal ones", [greeting("a"), greeting("b")], facts, "a"],
    ["closed: those for open hours are silent", [greeting("a", "", true)], { ...facts, open: false }, undefined],
    ["closed: the others speak", [greeting("a", "", true), greeting("b")], { ...facts, open: false }, "b"],
    ["once a day", all, { ...facts, lastDay: "2026-11-22" }, undefined],
    ["again the next day", all, { ...facts, lastDay: "2026-11-21" }, "plans"],
    ["who talks is not greeted", all, { ...facts, talking: true }, undefined],
    ["none", [], facts, undefined],
  ])("%s", (_what, greetings, given, id) => {
    expect(chooseGreeting(greetings, given)?.id).toBe(id);
  });

  test("the day is the visitor's own", () => {
    expect(dayOf(new Date(2026, 10, 22, 23, 59).getTime())).toBe("2026-11-22");
    expect(dayOf(new Date(2027, 0, 3, 0, 0).getTime())).toBe("2027-01-03");
  });
});
