import { expect, test } from "vitest";
import type { WorkRow } from "#contracts/desk";
import { holdRows } from "./hold-rows.ts";

const row = (id: string, snippet = ""): WorkRow => ({ workItemId: id, conversationId: `c-${id}`, snippet }) as WorkRow;
const ids = (rows: readonly WorkRow[]) => rows.map((one) => one.workItemId);
const reading = { held: true, keepGone: false, atOnce: () => false };

test("a list that nobody looks at shows the latest", () => {
  const held = holdRows([row("a")], [row("b"), row("a")], { ...reading, held: false });
  expect([ids(held.rows), held.fresh]).toEqual([["b", "a"], 0]);
});

test("under the pointer nothing moves: new rows wait, changed rows change in place", () => {
  const held = holdRows([row("a"), row("b")], [row("new"), row("b", "said more"), row("a")], reading);
  expect([ids(held.rows), held.fresh, held.rows[1]?.snippet]).toEqual([["a", "b"], 1, "said more"]);
});

test("what I did away with leaves; what somebody else took stays dimmed", () => {
  const mine = holdRows([row("a"), row("b")], [row("b")], reading);
  expect([ids(mine.rows), mine.gone.size]).toEqual([["b"], 0]);
  const team = holdRows([row("a"), row("b")], [row("b")], { ...reading, keepGone: true });
  expect([ids(team.rows), [...team.gone]]).toEqual([["a", "b"], ["a"]]);
});

test("what the agent just asked for comes at once, behind the row it follows", () => {
  const held = holdRows([row("a"), row("b")], [row("a"), row("mine"), row("b"), row("other")], {
    ...reading,
    atOnce: (id) => id === "c-mine",
  });
  expect([ids(held.rows), held.fresh]).toEqual([["a", "mine", "b"], 1]);
});

test("an empty list has nothing to hold", () => {
  expect(ids(holdRows([], [row("a")], reading).rows)).toEqual(["a"]);
});
