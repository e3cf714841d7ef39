import { describe, expect, it } from "vitest";
import { instantIn, lastFriday, moved, newRow, policyOf, slaFormOf, target, warnings } from "./sla-form.ts";

const policy = {
  rows: [
    {
      ...{ name: "Urgent", brandIds: [], queueIds: [], priorities: ["urgent" as const], mediums: [], hours: "plain" },
      ...{ firstResponseMs: 900_000, nextResponseMs: null, resolutionMs: 14_400_000 },
    },
  ],
  warnAt: [0.75, 0.9],
  pauses: { response: [], resolution: ["third-party" as const] },
};

describe("targets being written", () => {
  it("come back as they were", () => {
    expect(policyOf(slaFormOf(policy))).toEqual(policy);
    expect(slaFormOf(policy)).toMatchObject({
      warnAt: "75, 90",
      rows: [{ first: "15 min", next: "", resolution: "4 h" }],
    });
  });

  it.each([
    ["", null],
    ["4 h", 14_400_000],
    ["0", undefined],
    ["soon", undefined],
    ["400 d", undefined],
  ])("%s is %s", (text, ms) => {
    expect(target(text)).toBe(ms);
  });

  it.each([
    ["90 % 75", undefined],
    ["90, 75", [0.75, 0.9]],
    ["90%;75%", [0.75, 0.9]],
    ["", []],
    ["100", undefined],
    ["10 20 30 40 50 60", undefined],
  ])("warnings at %s", (text, parts) => {
    expect(warnings(text)).toEqual(parts);
  });

  it("cannot be saved without a name or with a target nobody can read", () => {
    const form = slaFormOf(policy);
    expect(policyOf({ ...form, rows: [newRow("a", " ")] })).toBeNull();
    expect(policyOf({ ...form, rows: [{ ...newRow("a", "A"), first: "x" }] })).toBeNull();
    expect(policyOf({ ...form, rows: [newRow("a", "A")] })?.rows).toMatchObject([{ firstResponseMs: null }]);
  });

  it("are moved", () => {
    expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
  });

  it.each([
    ["2026-11-20T09:00", "2026-11-20T16:30"],
    ["2026-11-22T09:00", "2026-11-20T16:30"],
    ["2026-11-26T09:00", "2026-11-20T16:30"],
  ])("the last Friday of %s", (now, friday) => {
    expect(lastFriday(new Date(now).getTime())).toBe(friday);
  });

  it.each([
    ["Europe/London", "2026-07-03T16:30", "2026-07-03T15:30:00.000Z"],
    ["Asia/Kathmandu", "2026-07-03T16:30", "2026-07-03T10:45:00.000Z"],
    ["Europe/London", "2026-03-29T01:30", "2026-03-29T01:30:00.000Z"],
  ])("%s shows %s at %s", (zone, local, at) => {
    expect(new Date(instantIn(zone, local) ?? 0).toISOString()).toBe(at);
  });
});
