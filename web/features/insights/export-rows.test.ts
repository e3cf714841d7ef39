import { expect, test } from "vitest";
import { allRows, rowsToCsv } from "./export-rows.ts";
import type { FigureRow, FigureRows } from "./figures-query.ts";

const row = (number: string): FigureRow => ({
  episodeId: null,
  conversationId: null,
  number,
  at: "2026-11-22T10:00:00.000Z",
  value: 60_000,
  agent: "Priya Nair",
  network: "playground",
  note: "=danger",
});

test("all pages in order, counted as they come", async () => {
  const pages: Record<string, FigureRows> = {
    "": { items: [row("C-1"), row("C-2")], next: "a" },
    a: { items: [row("C-3")], next: "b" },
    b: { items: [], next: null },
  };
  const counts: number[] = [];
  const rows = await allRows(
    async (cursor) => pages[cursor ?? ""]!,
    (count) => counts.push(count),
  );
  expect(rows.map((one) => one.number)).toEqual(["C-1", "C-2", "C-3"]);
  expect(counts).toEqual([2, 3, 3]);
});

test("a cursor that does not move on ends the round", async () => {
  let asked = 0;
  await allRows(
    async () => {
      asked += 1;
      return { items: [row("C-1")], next: "same" };
    },
    () => {},
  );
  expect(asked).toBe(2);
});

test("one line per row, nothing runs as a formula", () => {
  const lines = rowsToCsv([row("C-1")])
    .trim()
    .split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toBe("C-1,2026-11-22T10:00:00.000Z,60000,Priya Nair,playground,'=danger,,");
});
