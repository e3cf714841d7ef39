import { expect, test } from "vitest";
import type { WorkRow } from "#contracts/desk";
import { doMany, requestOf } from "./do-many.ts";

const rows = Array.from({ length: 9 }, (_, n) => ({ conversationId: String(n), version: n }) as WorkRow);

test("each is done or refused by itself, no more than four at once", async () => {
  let running = 0;
  let most = 0;
  const made = await doMany(
    rows,
    async (row) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (row.version % 4 === 3) throw new Error(`no ${row.version}`);
      return row.version === 0 ? {} : { actId: `a${row.version}` };
    },
    (error) => (error as Error).message,
  );
  expect(most).toBeLessThanOrEqual(4);
  expect(made.done.length).toBe(7);
  expect(made.actIds.toSorted()).toEqual(["a1", "a2", "a4", "a5", "a6", "a8"]);
  expect(made.refused.map((one) => one.why).toSorted()).toEqual(["no 3", "no 7"]);
});

test("the requests are those of one conversation", () => {
  expect(requestOf({ kind: "resolve", outcome: "spam", name: "Spam" })).toEqual({
    path: "resolve",
    body: { outcome: "spam" },
  });
  expect(requestOf({ kind: "snooze", until: 0 })).toEqual({
    path: "snooze",
    body: { until: "1970-01-01T00:00:00.000Z" },
  });
  const to = { kind: "queue" as const, queueId: "q" };
  expect(requestOf({ kind: "assign", to, note: "", name: "Care" })).toEqual({ path: "assign", body: { to, note: "" } });
  expect(requestOf({ kind: "release" })).toEqual({ path: "release", body: {} });
});
