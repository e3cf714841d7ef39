import { describe, expect, test } from "vitest";
import { alreadyGiven, type Grant, locksOut, rightsOf, subjectKey, subjectOf } from "./rights.ts";

const grant = (
  id: string,
  subjectKind: Grant["subjectKind"],
  subjectId: string,
  verb: string,
  more: Partial<Grant> = {},
): Grant => ({
  id,
  subjectKind,
  subjectId,
  verb,
  scope: "account",
  scopeId: null,
  ...more,
});
const team = { id: "lead", name: "Supervisors" };
const me = { id: "me", state: "active" as const, teams: [team] };
const other = { id: "other", state: "active" as const, teams: [] };
const gone = { id: "gone", state: "suspended" as const, teams: [team] };

test("rights of an agent are its own and those of its teams", () => {
  const grants = [
    grant("1", "agent", "me", "work.take"),
    grant("2", "team", "lead", "audit.read"),
    grant("3", "team", "care", "x"),
  ];
  const found = rightsOf({ kind: "agent", id: "me" }, grants, ["lead"]);
  expect([found.own.map((one) => one.id), found.byTeam.map((one) => one.id)]).toEqual([["1"], ["2"]]);
  expect(rightsOf({ kind: "team", id: "lead" }, grants, []).own.map((one) => one.id)).toEqual(["2"]);
});

test("of one right, what comes by one team stands in the same place as the team's other rights", () => {
  const grants = [grant("1", "team", "b", "x"), grant("2", "team", "a", "x"), grant("3", "team", "a", "y")];
  const more = [grant("0", "team", "b", "y"), ...grants];
  const { byTeam } = rightsOf({ kind: "agent", id: "me" }, more, ["a", "b"]);
  expect(byTeam.map((one) => `${one.verb} ${one.subjectId}`)).toEqual(["x a", "x b", "y a", "y b"]);
});

test("the same right for the same place is there already", () => {
  const grants = [grant("1", "agent", "me", "work.take", { scope: "queue", scopeId: "q" })];
  const { id: _id, ...same } = grants[0]!;
  expect(alreadyGiven(same, grants)).toBe(true);
  expect(alreadyGiven({ ...same, scopeId: "r" }, grants)).toBe(false);
  expect(alreadyGiven({ ...same, scope: "account", scopeId: null }, grants)).toBe(false);
});

describe("nobody is locked out by mistake", () => {
  const byTeam = grant("t", "team", "lead", "people.manage");
  const mine = grant("m", "agent", "me", "people.manage");
  const others = grant("o", "agent", "other", "people.manage");
  const ofGone = grant("g", "agent", "gone", "people.manage");
  test.each([
    ["the last one", mine, [mine], "everybody"],
    ["left only to a suspended agent", mine, [mine, ofGone], "everybody"],
    ["mine, another stays", mine, [mine, others], "me"],
    ["mine, but I have it by a team", mine, [mine, byTeam], null],
    ["of somebody else", others, [mine, others], null],
    ["another right", grant("w", "agent", "me", "work.take"), [mine], null],
    ["for a brand only", grant("b", "agent", "me", "people.manage", { scope: "brand", scopeId: "x" }), [mine], null],
  ] as const)("%s", (_name, taken, grants, locked) => {
    expect(locksOut(taken, grants, [me, other, gone], "me")).toBe(locked);
  });
});

test.each([
  ["agent a-1", { kind: "agent", id: "a-1" }],
  ["robot a-1", null],
  ["agent", null],
])("%j names %o", (key, subject) => {
  expect(subjectOf(key)).toEqual(subject);
  if (subject) expect(subjectKey(subjectOf(key)!)).toBe(key);
});
