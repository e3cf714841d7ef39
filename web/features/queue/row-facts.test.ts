import { expect, test } from "vitest";
import type { WorkRow } from "#contracts/desk";
import { offerTime, rowFacts, showsLanguage } from "./row-facts.ts";
import { passes } from "./row-filter.ts";

const NOW = Date.parse("2026-11-19T12:00:00.000Z");
const row = {
  customer: { name: "Ines Rocha", handle: "ines" },
  mark: { network: "mastodon", audience: "public" },
  state: "active",
  unread: true,
  episodeOrdinal: 4,
  risks: ["reach"],
  language: "pt-BR",
  trouble: null,
  draft: false,
  owner: null,
  wakesAt: null,
  snippet: "Signal is back",
  snippetBy: "customer",
  clock: {
    state: "running",
    startedAt: "2026-11-19T11:00:00.000Z",
    dueAt: "2026-11-19T12:06:00.000Z",
    what: "first-response",
  },
} as unknown as WorkRow;
const says = (change: Partial<WorkRow> = {}) => rowFacts({ ...row, ...change }, NOW, "en").map((fact) => fact.say);

test("a row is read as who, where and for whom, then how urgent and what is special", () => {
  expect(rowFacts(row, NOW, "en").slice(0, 2)).toEqual([
    { say: "customer", text: "Ines Rocha" },
    { say: "mark", network: "mastodon", audience: "public" },
  ]);
  expect(says()).toEqual(["customer", "mark", "unread", "ordinal", "left", "risk", "language", "snippet"]);
  expect(rowFacts(row, NOW, "en")).toContainEqual({ say: "left", ms: 360_000 });
});

test("a nameless customer is read by the handle, our own words as ours", () => {
  expect(rowFacts({ ...row, customer: { id: "", name: "", handle: "ines" } }, NOW, "en")[0]).toEqual({
    say: "customer",
    text: "ines",
  });
  expect(says({ snippetBy: "us" })).toContain("snippet-us");
});

test.each([
  [{ clock: { ...row.clock, dueAt: "2026-11-19T11:56:00.000Z" } }, "late"],
  [{ clock: { ...row.clock, state: "paused" as const } }, "paused"],
  [{ state: "parked" as const, wakesAt: "2026-11-20T09:00:00.000Z" }, "wakes"],
  [{ state: "parked" as const }, "paused"],
  // The customer waits while others look at the words.
  [{ state: "parked" as const, parkReason: "approval" }, "left"],
])("the clock %o is read as %s", (change, said) => {
  expect(says(change)).toContain(said);
});

test("a stopped clock is not read, trouble and drafts are", () => {
  expect(
    says({ clock: { ...row.clock, state: "stopped" } }).some((said) => ["left", "late", "paused"].includes(said)),
  ).toBe(false);
  expect(says({ trouble: "failed", draft: true })).toEqual(expect.arrayContaining(["failed", "draft"]));
});

test("only another language than the page's is marked", () => {
  expect([
    showsLanguage({ language: "en-GB" }, "en"),
    showsLanguage({ language: "cy" }, "en"),
    showsLanguage({ language: "und" }, "en"),
  ]).toEqual([false, true, false]);
});

test("an offer counts whole seconds down and its ring never leaves 0…1", () => {
  const offer = { offeredAt: "2026-11-19T12:00:00.000Z", expiresAt: "2026-11-19T12:01:00.000Z" };
  expect(offerTime(offer, NOW)).toEqual({ seconds: 60, part: 1, over: false });
  expect(offerTime(offer, NOW + 59_001)).toMatchObject({ seconds: 1, over: false });
  expect(offerTime(offer, NOW + 90_000)).toEqual({ seconds: 0, part: 0, over: true });
  expect(offerTime(offer, NOW - 90_000).part).toBe(1);
});

test.each([
  ["all", true],
  ["unread", true],
  ["late", false],
  ["risk", true],
  ["public", true],
  ["private", false],
] as const)("the filter %s lets the row pass: %s", (filter, shown) => {
  expect(passes(row, filter, NOW)).toBe(shown);
});
test("late needs a running clock", () => {
  const clock = { ...row.clock, dueAt: "2026-11-19T11:56:00.000Z" };
  expect(passes({ ...row, clock }, "late", NOW)).toBe(true);
  expect(passes({ ...row, clock: { ...clock, state: "paused" } }, "late", NOW)).toBe(false);
});
