import { describe, expect, it } from "vitest";
import { type ChangeRow, changeOf, changesOf, lastWeek, newRow, spanOf, turnedInto, type What } from "./change-rows.ts";

const choices = { teams: [{ id: "t" }], agents: [{ id: "a" }], queues: [{ id: "q" }], skills: [{ id: "s" }] };
const row = (what: What, over: Partial<ChangeRow> = {}) => ({ ...newRow(1, what, choices), ...over });

describe("a guided row", () => {
  it.each<[ChangeRow, unknown]>([
    [row("skill"), { what: "skill", teamId: "t", skillId: "s", level: 60 }],
    [row("join"), { what: "join", agentId: "a", teamId: "t" }],
    [row("people", { number: "2" }), { what: "people", teamId: "t", add: 2, daily: null }],
    [row("absence", { always: false }), { what: "absence", agentId: "a", daily: { from: "12:00", to: "14:00" } }],
    [row("target"), { what: "target", queueId: "q", priority: "urgent", minutes: 60 }],
    [row("weight"), { what: "weight", medium: "chat", weight: 33 }],
    [row("cap", { number: "0" }), { what: "cap", medium: "chat", cap: 0 }],
    [row("ask"), { what: "ask", skillId: "s", kind: "soft" }],
  ])("%j is %j", (said, change) => {
    expect(changeOf(said)).toEqual(change);
  });
  it.each<[ChangeRow, string]>([
    [row("skill", { number: "" }), "number"],
    [row("skill", { number: "101" }), "number"],
    [row("people", { number: "1.5" }), "number"],
    [row("target", { number: "0" }), "number"],
    [row("weight", { number: "11" }), "tenths"],
    [row("weight", { number: "x" }), "tenths"],
    [row("skill", { skillId: "" }), "choice"],
    [row("absence", { always: false, to: "" }), "time"],
  ])("%j: %s", (said, fault) => {
    expect(changeOf(said)).toBe(fault);
    expect(changesOf([row("join"), said])).toBeNull();
  });
  it("that becomes another begins with what is usual there; a call has no weight", () => {
    expect(turnedInto(row("cap", { medium: "phone" }), "weight")).toMatchObject({ medium: "chat", number: "3.3" });
  });
});

describe("the days", () => {
  const now = new Date(2026, 10, 22, 15, 0).getTime();
  it("are the last seven unless others are chosen, and end now", () => {
    expect(lastWeek(now)).toEqual({ first: "2026-11-16", last: "2026-11-22" });
    const span = spanOf("2026-11-16", "2026-11-22", now)!;
    expect([Date.parse(span.from), Date.parse(span.to)]).toEqual([new Date(2026, 10, 16).getTime(), now]);
  });
  it("are 31 at most, in order and not to come", () => {
    expect(spanOf("2026-10-01", "2026-10-31", now)).not.toBeNull();
    expect(spanOf("2026-10-01", "2026-11-02", now)).toBeNull();
    expect(spanOf("2026-11-10", "2026-11-09", now)).toBeNull();
    expect(spanOf("2026-11-23", "2026-11-24", now)).toBeNull();
    expect(spanOf("", "2026-11-24", now)).toBeNull();
  });
});
