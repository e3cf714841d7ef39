import { describe, expect, it } from "vitest";
import { closedFrom, closedKey, faultOfRow, type PeakRow, rowOf, usualOverflow, withRow } from "./peaks-draft.ts";

const row = (over: Partial<PeakRow>): PeakRow => ({ queueId: "care", overflow: null, closed: null, ...over });
const helped = row({ overflow: { ...usualOverflow, teamIds: ["night"] } });

describe("a queue's rules for peaks and nights", () => {
  it("are none until somebody sets some, and none again when they say nothing", () => {
    const none = { queues: [] };
    expect(rowOf(none, "care")).toEqual(row({}));
    const some = withRow(none, helped);
    expect(rowOf(some, "care")).toEqual(helped);
    expect(withRow(some, row({}))).toEqual(none);
  });
  it("leave other queues alone", () => {
    const other = { ...helped, queueId: "other" };
    expect(withRow({ queues: [other] }, helped).queues).toEqual([other, helped]);
  });
  it.each([
    [{ oldestMinutes: 0 }, "minutes"],
    [{ oldestMinutes: Number.NaN }, "minutes"],
    [{ clearMinutes: 1.5 }, "minutes"],
    [{ calmMinutes: 0 }, "calm"],
    [{ oldestMinutes: null, clearMinutes: null }, "no-limit"],
    [{ clearMinutes: null }, null],
  ] as const)("%j: %s", (over, fault) => {
    expect(faultOfRow(row({ overflow: { ...usualOverflow, ...over } }))).toBe(fault);
  });
  it.each([null, { do: "queue", queueId: "a" }, { do: "team", teamId: "b" }] as const)("%j is a choice", (closed) => {
    expect(closedFrom(closedKey(closed))).toEqual(closed);
  });
});
