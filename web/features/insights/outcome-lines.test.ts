import { expect, test } from "vitest";
import type { OutcomesView } from "#contracts/insights";
import { lineOf, linesOf, outcomeRowsToCsv, tableToCsv } from "./outcome-lines.ts";

const counted = (key: string, count: number) => ({
  ...{ key, name: key.toUpperCase(), listed: "now" as const, count, before: 1, share: 0.5, medianMs: 60_000 },
});
const outcomes: OutcomesView["outcomes"] = [
  {
    ...counted("solved", 4),
    below: [
      { ...counted("net", 2), below: [{ ...counted("mast", 2), name: "=mast", listed: "before", below: [] }] },
      { ...counted("", 2), name: "", below: [] },
    ],
  },
  { ...counted("spam", 1), medianMs: null, below: [] },
];

test("lines follow the line they belong to, as far as it is open", () => {
  const names = (opens?: (path: readonly string[]) => boolean) =>
    linesOf(outcomes, opens).map((line) => line.path.join("/"));
  expect(names()).toEqual(["solved", "solved/net", "solved/net/mast", "solved/", "spam"]);
  expect(names((path) => path.length === 1)).toEqual(["solved", "solved/net", "solved/", "spam"]);
  expect(names(() => false)).toEqual(["solved", "spam"]);
  expect(linesOf(outcomes).map((line) => line.leaf)).toEqual([false, false, true, true, true]);
});

test("a line is found by its keys, and only by all of them", () => {
  expect(lineOf(outcomes, ["solved", "net", "mast"])).toMatchObject({
    listed: "before",
    names: ["SOLVED", "NET", "=mast"],
  });
  expect(lineOf(outcomes, ["solved", ""])).toMatchObject({ count: 2 });
  expect(lineOf(outcomes, ["solved", "mast"])).toBeUndefined();
  expect(lineOf(outcomes, [])).toBeUndefined();
});

test("the table as a file names each level in a column of its own, and nothing runs as a formula", () => {
  const lines = tableToCsv(outcomes).trim().split("\r\n");
  expect(lines[0]).toBe(
    "outcome,reason,finer,listed,conversations,before,share,median_ms,outcome_key,reason_key,finer_key",
  );
  expect(lines.slice(3)).toEqual([
    "SOLVED,NET,'=mast,before,2,1,0.5,60000,solved,net,mast",
    "SOLVED,,,now,2,1,0.5,60000,solved,,",
    "SPAM,,,now,1,1,0.5,,spam,,",
  ]);
});

test("the rows as a file", () => {
  const row = {
    ...{ episodeId: "e", conversationId: null, number: "", at: "2026-11-22T10:00:00.000Z", tookMs: 5 },
    ...{ agent: null, network: "x", outcome: "Solved", reason: ["Network"], lead: true, feedback: "@home, no bars" },
  };
  expect(outcomeRowsToCsv([row]).trim().split("\r\n")[1]).toBe(
    `,2026-11-22T10:00:00.000Z,5,,x,Solved,Network,,1,"'@home, no bars",e,`,
  );
});
