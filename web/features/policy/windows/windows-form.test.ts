import { describe, expect, it } from "vitest";
import { daysSpan, formOf, lastMonth, spanOf, windowsOf } from "./windows-form.ts";

const DAY = 86_400_000;
const all = (ms: number) => ({ public: ms, dm: ms, email: ms, chat: ms, phone: ms });
const view = { reopen: { ...all(7 * DAY), chat: 3 * DAY }, burst: all(1_800_000), channels: [] };

describe("the form of the windows", () => {
  it("tells back what it was filled with", () => {
    const full = { ...view, channels: [{ channelId: "c", reopenMs: DAY / 2, burstMs: null }] };
    expect(formOf(full).days.chat).toBe("3");
    expect(formOf(full).channels).toEqual([{ channelId: "c", days: "0.5", minutes: "" }]);
    expect(windowsOf(formOf(full))).toEqual(full);
  });
  it("forgets a channel that has nothing of its own", () => {
    const form = { ...formOf(view), channels: [{ channelId: "c", days: " ", minutes: "" }] };
    expect(windowsOf(form)?.channels).toEqual([]);
  });
  it("is none while a field is no span", () => {
    for (const days of ["", "-1", "soon", "1e3", "400"])
      expect(windowsOf({ ...formOf(view), days: { ...formOf(view).days, dm: days } }), days).toBeNull();
    const channels = [{ channelId: "c", days: "", minutes: "x" }];
    expect(windowsOf({ ...formOf(view), channels })).toBeNull();
  });
  it.each([
    ["7", "days", 7 * DAY],
    ["1,5", "days", 1.5 * DAY],
    ["0", "minutes", 0],
    ["366", "days", 366 * DAY],
    ["367", "days", null],
  ] as const)("%s %s", (text, unit, ms) => {
    expect(spanOf(text, unit)).toBe(ms);
  });
});

describe("the time that is replayed", () => {
  it("is last month unless said otherwise", () => {
    expect(lastMonth(new Date(2026, 2, 15).getTime())).toEqual({ first: "2026-02-01", last: "2026-02-28" });
    expect(lastMonth(new Date(2026, 0, 1).getTime())).toEqual({ first: "2025-12-01", last: "2025-12-31" });
  });
  it("has whole days, the last one too, and 92 at most", () => {
    const span = daysSpan("2026-11-01", "2026-11-01")!;
    expect(Date.parse(span.to) - Date.parse(span.from)).toBe(DAY);
    expect(daysSpan("2026-11-02", "2026-11-01")).toBeNull();
    expect(daysSpan("2026-01-01", "2026-11-01")).toBeNull();
    expect(daysSpan("", "2026-11-01")).toBeNull();
  });
});
