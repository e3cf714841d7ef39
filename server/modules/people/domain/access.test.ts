import { describe, expect, it } from "vitest";
import type { Grant } from "#platform/http/actor";
import { can, reachOf, scopesOf, verbs } from "./access.ts";

const me = "019a0000-0000-7000-8000-000000000001";
const actor = (...grants: Grant[]) => ({ id: me, grants });
const g = (scope: Grant["scope"], scopeId: string | null = null): Grant => ({ verb: "work.read", scope, scopeId });

describe("can", () => {
  it.each([
    ["nothing granted", actor(), undefined, false],
    ["another verb", { id: me, grants: [{ ...g("account"), verb: "work.take" }] }, undefined, false],
    ["account covers a queue", actor(g("account")), { queueId: "q1" }, true],
    ["account covers the account", actor(g("account")), {}, true],
    ["a queue does not cover the account", actor(g("queue", "q1")), {}, false],
    ["a queue is enough for anywhere", actor(g("queue", "q1")), undefined, true],
    ["its own queue", actor(g("queue", "q1")), { queueId: "q1" }, true],
    ["another queue", actor(g("queue", "q1")), { queueId: "q2" }, false],
    ["a queue grant without a queue covers nothing", actor(g("queue")), { queueId: null }, false],
    ["own things", actor(g("own")), { ownerId: me }, true],
    ["others' things", actor(g("own")), { ownerId: "x" }, false],
    ["nobody's things", actor(g("own")), { ownerId: null }, false],
    ["brand", actor(g("brand", "b1")), { brandId: "b1", queueId: "q9" }, true],
    ["team", actor(g("team", "t1")), { teamId: "t2" }, false],
  ] as const)("%s", (_name, who, where, expected) => {
    expect(can(who, "work.read", where)).toBe(expected);
  });
});

it("lists the places of a right, or all for a grant on the account", () => {
  const nowhere = { queueIds: [], teamIds: [], brandIds: [], own: false };
  expect(reachOf(actor(g("queue", "q1"), g("queue", "q2")), "work.read")).toEqual({
    ...nowhere,
    queueIds: ["q1", "q2"],
  });
  expect(reachOf(actor(g("queue", "q1"), g("account")), "work.read")).toBe("all");
  expect(reachOf(actor(g("own"), g("team", "t1"), g("brand", "b1")), "work.read")).toEqual({
    ...{ queueIds: [], teamIds: ["t1"], brandIds: ["b1"], own: true },
  });
  expect(reachOf(actor({ ...g("account"), verb: "work.take" }, g("queue")), "work.read")).toEqual(nowhere);
});

it("knows of every verb where it can be given, everywhere always among it", () => {
  expect(Object.keys(scopesOf).sort()).toEqual(Object.keys(verbs).sort());
  for (const scopes of Object.values(scopesOf)) expect(scopes).toContain("account");
});
