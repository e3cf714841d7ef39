import { expect, test } from "vitest";
import type { WorkRow } from "#contracts/desk";
import { groupOf, idsInOrder, listEntries, nextOfMine, step } from "./work-groups.ts";

const row = (id: string, change: Partial<WorkRow> = {}): WorkRow =>
  ({
    workItemId: `w-${id}`,
    conversationId: id,
    state: "active",
    wakesAt: null,
    clock: {
      state: "running",
      startedAt: "2026-11-19T10:00:00.000Z",
      dueAt: "2026-11-19T12:00:00.000Z",
      what: "first-response",
    },
    ...change,
  }) as WorkRow;
const due = (at: string) => ({ ...row("x").clock, dueAt: at });

test.each([
  ["active", null, "due"],
  ["queued", null, "due"],
  ["wrapup", null, "due"],
  ["parked", null, "waiting"],
  ["parked", "2026-11-20T09:00:00.000Z", "snoozed"],
  ["active", "2026-11-20T09:00:00.000Z", "due"],
] as const)("%s that wakes at %s stands under %s", (state, wakesAt, group) => {
  expect(groupOf(row("a", { state, wakesAt }))).toBe(group);
});

test("whose reply waits for other eyes stands by itself", () => {
  expect(groupOf(row("a", { state: "parked", parkReason: "approval" }))).toBe("approval");
});

test("headings stand over what they name, empty groups have none, and places count rows only", () => {
  const rows = [
    row("a"),
    row("b", { state: "parked" }),
    row("c"),
    row("d", { state: "parked", wakesAt: "2026-11-20T09:00:00.000Z" }),
  ];
  const entries = listEntries(rows);
  expect(entries.map((e) => (e.kind === "heading" ? e.group : `${e.place} ${e.row.conversationId}`))).toEqual([
    "due",
    "1 a",
    "2 c",
    "waiting",
    "3 b",
    "snoozed",
    "4 d",
  ]);
  expect(idsInOrder(entries)).toEqual(["a", "c", "b", "d"]);
  expect(listEntries([row("a")]).filter((e) => e.kind === "heading")).toHaveLength(1);
});

test("the next is the most urgent of mine that needs an answer, never the one just done", () => {
  const rows = [
    row("done", { clock: due("2026-11-19T09:00:00.000Z") }),
    row("later", { clock: due("2026-11-19T12:00:00.000Z") }),
    row("sooner", { clock: due("2026-11-19T11:00:00.000Z") }),
    row("parked", { state: "parked", clock: due("2026-11-19T08:00:00.000Z") }),
  ];
  expect(nextOfMine(rows, "done")).toBe("sooner");
  expect(nextOfMine([rows[0]!, rows[3]!], "done")).toBeNull();
});

test("steps stay inside the list and begin at its ends", () => {
  const ids = ["a", "b", "c"];
  expect([step(ids, null, 1), step(ids, null, -1), step(ids, "gone", 1)]).toEqual(["a", "c", "a"]);
  expect([step(ids, "a", 1), step(ids, "c", 1), step(ids, "a", -1), step([], "a", 1)]).toEqual(["b", "c", "a", null]);
});
