import { describe, expect, it } from "vitest";
import { HOUR, type Instant, MINUTE } from "#platform/clock";
import { readHistory } from "../backtest/read-history.ts";
import { changeSetup } from "../domain/rehearse/change-setup.ts";
import { play, seedsFor } from "./play.ts";
import { draftOf, type SaidChange, stretchesOf } from "./said-changes.ts";

const T: Instant = Date.parse("2026-11-16T09:00:00Z");
const at = (minutes: number) => new Date(T + minutes * MINUTE).toISOString();
const span = { from: T, to: T + 8 * HOUR, zone: "Europe/London" };
const targets_s = { urgent: 900, high: 3_600, normal: 14_400, low: 86_400 };
const person = (id: string, team: string, skills = {}) => ({ type: "agent", id, teams: [team], skills });
const here = (agent: string) => ({ type: "presence", agent, from: at(0), to: at(480) });
const call = (id: string, minute: number, more = {}) => ({
  ...{ type: "item", id, at: at(minute), medium: "phone", queue: "care", priority: "urgent", handle_s: 600, ...more },
});
/** Two people and five calls of ten minutes; each is taken after a second. */
const past = [
  { type: "rules", wrap_up_s: { phone: 0 }, behaviour: { accept_s: 1 } },
  { type: "queue", id: "care", team: "day", targets_s },
  { type: "queue", id: "other", team: "night", targets_s },
  ...[person("ann", "day", { French: 60 }), person("bob", "day", { French: 40 }), person("eve", "night")],
  ...[here("ann"), here("bob"), here("eve")],
  ...[call("a", 0), call("b", 0), call("c", 1), call("d", 1), call("e", 2)],
];
const lines = past.map((line) => JSON.stringify(line));
const { setup } = readHistory(lines.join("\n"));
const changed = (changes: SaidChange[]) => {
  const draft = draftOf(changes, setup, span);
  if (typeof draft === "string") throw new Error(draft);
  return changeSetup(setup, draft);
};

describe("what was said becomes a draft", () => {
  it("a team learns: whoever is better stays so, and whoever joins before learns with them", () => {
    const then = changed([
      { what: "join", agentId: "eve", teamId: "day" },
      { what: "skill", teamId: "day", skillId: "French", level: 50 },
      { what: "skill", teamId: "day", skillId: "Welsh", level: 70 },
    ]);
    const skills = (id: string) => Object.fromEntries(then.agents.get(id)!.skills);
    expect(skills("ann")).toEqual({ French: 60, Welsh: 70 });
    expect(skills("bob")).toEqual({ French: 50, Welsh: 70 });
    expect(skills("eve")).toEqual({ French: 50, Welsh: 70 });
    expect(then.agents.get("eve")!.teams).toEqual(["night", "day"]);
  });
  it("more people know what most of their team know, and are there by the hour", () => {
    const then = changed([
      { what: "people", teamId: "day", add: 2, daily: { from: "10:00", to: "12:00" } },
      { what: "skill", teamId: "day", skillId: "Welsh", level: 70 },
    ]);
    const more = [...then.agents.values()].filter((agent) => !setup.agents.has(agent.id));
    expect(more).toHaveLength(2);
    expect(Object.fromEntries(more[0]!.skills)).toEqual({ French: 40, Welsh: 70 });
    expect(more[0]!.here).toEqual([{ from: T + HOUR, to: T + 3 * HOUR, state: "available" }]);
  });
  it("somebody stays away, and targets, weights, limits and needs are others", () => {
    const then = changed([
      { what: "absence", agentId: "bob", daily: null },
      { what: "target", queueId: "care", priority: "urgent", minutes: 5 },
      { what: "target", queueId: "care", priority: "low", minutes: 60 },
      { what: "weight", medium: "chat", weight: 50 },
      { what: "cap", medium: "chat", cap: 2 },
      { what: "ask", skillId: "French", kind: "soft" },
    ]);
    expect(then.agents.get("bob")!.here).toEqual([]);
    const care = then.queues.get("care")!;
    expect(care.targets).toMatchObject({ urgent: 5 * MINUTE, high: HOUR, low: HOUR });
    expect(care.targetsCount.toSorted()).toEqual(["low", "urgent"]);
    expect([then.weights.chat, then.caps.chat]).toEqual([50, 2]);
    expect(then.skills.get("French")).toEqual({ kind: "soft" });
  });
  it.each<[SaidChange, RegExp]>([
    [{ what: "people", teamId: "moon", add: 1, daily: null }, /^Change 1 names a team/],
    [{ what: "absence", agentId: "__proto__", daily: null }, /somebody who is not here/],
    [{ what: "target", queueId: "constructor", priority: "low", minutes: 1 }, /a queue that is not there/],
    [{ what: "people", teamId: "day", add: 501, daily: null }, /At most 500/],
  ])("%j is refused", (change, sentence) => {
    expect(draftOf([change], setup, span)).toMatch(sentence);
  });
});

describe("times of day", () => {
  it("over midnight end on the next day, and are cut where the span is", () => {
    const nights = stretchesOf({ from: "22:00", to: "06:00" }, { from: T, to: T + 30 * HOUR, zone: "UTC" });
    expect(nights).toEqual([[T + 13 * HOUR, T + 21 * HOUR]]);
    expect(stretchesOf({ from: "08:00", to: "10:00" }, { from: T, to: T + HOUR, zone: "UTC" })).toEqual([
      [T, T + HOUR],
    ]);
  });
  it("are local ones, also where clocks change", () => {
    const from = Date.parse("2026-10-24T00:00:00Z");
    const days = stretchesOf({ from: "09:00", to: "10:00" }, { from, to: from + 48 * HOUR, zone: "Europe/London" });
    expect(days.map(([at]) => new Date(at).toISOString())).toEqual([
      "2026-10-24T08:00:00.000Z",
      "2026-10-25T09:00:00.000Z",
    ]);
  });
});

describe("a past played", () => {
  const really = [
    // As the play has it, but for the last one, which Bob left lying for an hour more.
    ...(["a", "b"] as const).map((id, n) => ({ id, takenAt: T + 1_000, by: ["ann", "bob"][n]!, doneAt: T + 601_000 })),
    { id: "c", takenAt: T + 602_000, by: "ann", doneAt: T + 1_202_000 },
    { id: "d", takenAt: T + 602_000, by: "bob", doneAt: T + 1_202_000 },
    { id: "e", takenAt: T + 90 * MINUTE, by: "bob", doneAt: null },
  ];
  const told = (changes: SaidChange[]) => {
    const done = play({ lines, really, changes, span });
    if (typeof done === "string") throw new Error(done);
    return done;
  };
  it("stands beside what was really, and says how near it comes", () => {
    const { items, seeds, agrees, lines: rows } = told([{ what: "people", teamId: "day", add: 1, daily: null }]);
    expect({ items, seeds }).toEqual({ items: 5, seeds: 1 });
    expect(agrees).toEqual({ compared: 5, sameAgent: 0.8, sameWait: 0.8 });
    expect(rows.map((row) => [row.of, row.queueId ?? row.teamId ?? row.priority])).toEqual([
      ...[
        ["all", null],
        ["priority", "urgent"],
        ["queue", "care"],
        ["team", "day"],
        ["team", "night"],
      ],
    ]);
    const { waitWorst, serviceLevel, occupancy } = rows[0]!.figures;
    // Two by two: the fifth waits 1,083 s; with a third person 542.
    expect(waitWorst).toEqual({
      really: 88 * MINUTE,
      before: 1_083_000,
      after: 542_000,
      difference: -541_000,
      verdict: "better",
    });
    expect(serviceLevel).toMatchObject({ really: 0.4, before: 0.4, after: 0.6 });
    expect(occupancy).toMatchObject({ really: null });
    expect(occupancy!.after!).toBeLessThan(occupancy!.before!);
  });
  it("nothing changed is no difference", () => {
    for (const { figures } of told([]).lines)
      for (const figure of Object.values(figures))
        expect(figure).toMatchObject({ verdict: null, after: figure.before });
  });
  it("is played as often as chance and a moment allow", () => {
    expect([seedsFor(10, false), seedsFor(10, true), seedsFor(2_000, true), seedsFor(9_000, true)]).toEqual([
      1, 10, 4, 2,
    ]);
  });
});
