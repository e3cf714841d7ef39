import { describe, expect, it } from "vitest";
import { checkCapacity, type Given, profileAt, sameCapacity, usualCapacity } from "./capacity-profile.ts";

const alice = { id: "alice", teamIds: ["care", "social"] };
const given = (id: string, over: Partial<Given> = {}): Given => ({
  ...{ id, profileId: `p-${id}`, subjectKind: "team" as const, subjectId: "care", validFrom: 0, validUntil: null },
  ...over,
});

describe("the profile of an agent", () => {
  it.each<[string, Given[], number, string | null, number | null]>([
    ["is none where nothing was given", [], 5, null, null],
    ["is the team's", [given("a")], 5, "p-a", null],
    ["is never another team's", [given("a", { subjectId: "night" })], 5, null, null],
    [
      "is the agent's own before the team's, though that began later",
      [given("a", { validFrom: 4 }), given("b", { subjectKind: "agent", subjectId: "alice" })],
      ...([5, "p-b", null] as const),
    ],
    ["is the one that began last", [given("a"), given("b", { subjectId: "social", validFrom: 3 })], 5, "p-b", null],
    ["begins on its day", [given("a", { validFrom: 6 })], 5, null, 6],
    ["counts from the very instant", [given("a", { validFrom: 5 })], 5, "p-a", null],
    ["ends on its day", [given("a", { validUntil: 9 })], 5, "p-a", 9],
    ["is over at the very instant", [given("a", { validUntil: 5 })], 5, null, null],
    [
      "gives way to the team's when it ends",
      [given("a"), given("b", { subjectKind: "agent", subjectId: "alice", validUntil: 5 })],
      5,
      "p-a",
      null,
    ],
  ])("%s", (_, all, at, profileId, changesAt) => {
    expect(profileAt(all, alice, at)).toEqual({ profileId, changesAt });
  });
  it("does not depend on the order in which they are read", () => {
    const all = [given("a"), given("b"), given("c", { validFrom: -1 })];
    expect(profileAt(all, alice, 5)).toEqual(profileAt(all.toReversed(), alice, 5));
  });
});

describe("a profile", () => {
  it.each([
    [{ limits: { phone: 0, chat: 0, dm: 0, public: 0, email: 0 } }, "nothing"],
    [{ apart: [["chat"]] }, "apart-alone"],
    [{ apart: [["chat", "chat"]] }, "apart-alone"],
    [
      {
        apart: [
          ["chat", "dm"],
          ["dm", "chat"],
        ],
      },
      "apart-twice",
    ],
  ] as const)("%j is refused: %s", (over, why) => {
    expect(checkCapacity({ ...usualCapacity, ...over })).toEqual({ ok: false, why });
  });
  it("may leave kinds out and keep others apart", () => {
    expect(checkCapacity({ budget: 60, limits: { phone: 0, chat: 0 }, apart: [["dm", "public"]] })).toEqual({
      ok: true,
    });
  });
  it("is the same whatever order its caps were written in", () => {
    const a = { ...usualCapacity, limits: { dm: 1, chat: 2 } };
    expect(sameCapacity(a, { ...a, limits: { chat: 2, dm: 1 } })).toBe(true);
    expect(sameCapacity(a, { ...a, limits: { chat: 2, dm: 1, phone: 1 } })).toBe(false);
  });
});
