import { describe, expect, test } from "vitest";
import type { Rota, Rung, Target } from "#contracts/escalation";
import { DAY } from "#platform/clock";
import { chainOf, checkLadder, everybodysRung, type Known, rungFor } from "./ladder.ts";

const NOW = Date.parse("2026-11-16T09:00:00Z");
const agent = (id: string): Target => ({ kind: "agent", id });
const rung = (over: Partial<Rung> = {}): Rung => ({
  ...{ id: "r1", severity: 1, trigger: { kind: "by-hand" }, owner: agent("alice"), deputies: [agent("bob")] },
  ...{ outOfHours: null, acknowledgeMinutes: 10, actMinutes: 30, approvers: [], holding: [], quietMinutes: 60 },
  ...{ standDownMinutes: 180, ...over },
});
const nights: Rota = {
  ...{ id: "nights", name: "Nights", zone: "UTC", firstWeek: "2026-11-02", overrides: [] },
  shifts: [{ id: "n", days: [1, 2, 3, 4, 5, 6, 7], from: "18:00", to: "08:00", agentIds: ["carla"] }],
};
const known: Known = {
  agents: new Set(["alice", "bob", "carla"]),
  teams: new Map([
    ["solo", ["alice"]],
    ["two", ["alice", "bob"]],
  ]),
  rotas: new Map([["nights", nights]]),
  ...{ managers: ["alice"], now: NOW, until: NOW + DAY },
};
const check = (...rungs: Rung[]) => checkLadder({ calendarId: null, rungs }, known);
const faults = (...rungs: Rung[]) =>
  check(...rungs)
    .filter((f) => f.level === "fault")
    .map((f) => f.says);

describe("what is refused", () => {
  test("a ladder of volume that skips a severity, as of every other trigger", () => {
    const trigger = {
      kind: "volume",
      of: "queue",
      ids: [],
      items: 9,
      minutes: 5,
      atLeast: "low",
    } satisfies Rung["trigger"];
    const two = [rung({ id: "a", trigger, severity: 1 }), rung({ id: "b", trigger, severity: 3 })];
    expect(faults(...two).join(" ")).toContain("Severity 2 is skipped");
    expect(faults(...two, rung({ id: "c", trigger, severity: 2 }))).toEqual([]);
  });
  test("nothing of a plain ladder", () => expect(check(rung())).toEqual([]));
  test.each<[string, Partial<Rung>]>([
    ["comes back to somebody", { deputies: [agent("bob"), agent("alice")] }],
    ["that one member", { deputies: [{ kind: "team", id: "solo" }] }],
    ["not an active agent", { owner: agent("zoe") }],
    ["not an active agent", { approvers: [agent("zoe")] }],
    ["team that does not exist", { deputies: [{ kind: "team", id: "none" }] }],
    ["rota that does not exist", { outOfHours: { kind: "rota", id: "none" } }],
    [
      "same language",
      {
        holding: [
          { locale: "en", text: "a" },
          { locale: "en", text: "b" },
        ],
      },
    ],
  ])("a rung that %s", (says, over) => expect(faults(rung(over)).join(" ")).toContain(says));
  test("a team with others in it may follow one of its members", () =>
    expect(faults(rung({ deputies: [{ kind: "team", id: "two" }] }))).toEqual([]));
  test("two rungs of one id", () => expect(faults(rung(), rung({ severity: 2 }))).toHaveLength(1));
  test("a level that is skipped, unless people are in danger", () => {
    const late = (severity: number) =>
      rung({ id: `l${severity}`, severity, trigger: { kind: "work-late", minutes: 30 } });
    expect(faults(late(1), late(3)).join(" ")).toContain("Severity 2 is skipped");
    expect(faults(late(1), late(2), late(3))).toEqual([]);
    expect(faults(late(1), rung({ id: "h2", severity: 2 }), late(3))).toEqual([]);
    const safety = (severity: number) =>
      rung({ id: `s${severity}`, severity, trigger: { kind: "risk", risks: ["safety"] } });
    expect(faults(safety(2), safety(4))).toEqual([]);
  });
});

describe("what is left open", () => {
  test("hours in which a chain of rotas alone reaches nobody", () => {
    const holes = check(rung({ owner: { kind: "rota", id: "nights" }, deputies: [] })).filter(
      (f) => f.level === "hole",
    );
    expect(holes.map((h) => [h.from?.slice(11, 16), h.to?.slice(11, 16)])).toEqual([
      ["09:00", "18:00"],
      ["08:00", "09:00"],
    ]);
  });
  test("nothing, as soon as a person stands in the chain", () =>
    expect(check(rung({ owner: { kind: "rota", id: "nights" } }))).toEqual([]));
});

test("out of hours the contact for that is asked first, and nobody twice", () => {
  const r = rung({ outOfHours: { kind: "rota", id: "nights" } });
  expect(chainOf(r, true)).toEqual(["agent:alice", "agent:bob"]);
  expect(chainOf(r, false)).toEqual(["rota:nights", "agent:alice", "agent:bob"]);
  expect(chainOf(rung({ outOfHours: agent("bob") }), false)).toEqual(["agent:bob", "agent:alice"]);
});
test("the gravest rung that fits counts; where none does, everybody who manages", () => {
  const ladder = { calendarId: null, rungs: [rung(), rung({ id: "r3", severity: 3 })] };
  const none = everybodysRung("by-hand", 2);
  expect(rungFor(ladder, () => true, none).id).toBe("r3");
  expect(rungFor(ladder, () => false, none)).toBe(none);
  expect(none.owner).toEqual({ kind: "managers" });
});
