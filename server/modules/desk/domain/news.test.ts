import { describe, expect, it } from "vitest";
import { cameAt, type Happened, newsOf } from "./news.ts";

const none: Happened = { messages: [], replies: [], notes: [], lines: [], full: false };
const said = (id: string, at: number, more: Partial<Happened["messages"][number]> = {}) => ({
  ...{ id, at, cameAt: at, ours: null },
  ...more,
});

describe("what is new since I looked", () => {
  it("counts what others said and did, and names the first of it", () => {
    const news = newsOf(100, {
      messages: [said("old", 50), said("a", 120), said("b", 130), said("dana", 140, { ours: "us" })],
      replies: [{ id: "r", at: 150 }],
      notes: [
        { id: "n0", at: 90 },
        { id: "n", at: 110 },
      ],
      lines: [{ id: "l", at: 160, text: "Moved to Billing" }],
      full: false,
    });
    expect(news).toEqual({
      ...{ first: "n", messages: 2, replies: 2, notes: 1, more: false },
      ...{ changes: ["Moved to Billing"], changesMore: 0 },
    });
  });
  it("does not count what I said", () =>
    expect(newsOf(100, { ...none, messages: [said("m", 150, { ours: "me" })] })).toMatchObject({
      ...{ first: null, messages: 0, replies: 0 },
    }));
  it("counts what came late, where it stands", () =>
    expect(newsOf(100, { ...none, messages: [said("late", 20, { cameAt: 120 }), said("x", 90)] })).toMatchObject({
      ...{ first: "late", messages: 1 },
    }));
  it.each([
    ["placed at once", 120, { placedAt: 120, version: 1, backfilled: false }, 120],
    ["placed later than it arrived", 90, { placedAt: 120, version: 1, backfilled: false }, 120],
    ["placed anew since", 90, { placedAt: 120, version: 2, backfilled: false }, 90],
    ["history that was read in", 90, { placedAt: 120, version: 1, backfilled: true }, 90],
    ["not saved yet", 90, { version: 1, backfilled: false }, 90],
    ["in no place", 90, undefined, 90],
  ])("a message %s came when it could be seen", (_, receivedAt, placed, at) =>
    expect(cameAt(receivedAt, placed)).toBe(at),
  );
  it("what came in the very instant was read", () =>
    expect(newsOf(100, { ...none, messages: [said("m", 100)] }).first).toBeNull());
  it("sums up more than three lines", () => {
    const lines = [1, 2, 3, 4, 5].map((n) => ({ id: `l${n}`, at: 100 + n, text: `line ${n}` }));
    expect(newsOf(100, { ...none, lines })).toMatchObject({
      ...{ changes: ["line 3", "line 4", "line 5"], changesMore: 2, first: "l1" },
    });
  });
  it("says that there is more than it looked at", () => {
    const messages = [said("a", 120), said("b", 130)];
    expect(newsOf(100, { ...none, messages, full: true }).more).toBe(true);
    expect(newsOf(100, { ...none, messages: [...messages, said("o", 90)], full: true }).more).toBe(false);
  });
});
