import { describe, expect, it } from "vitest";
import type { Grant } from "#platform/http/actor";
import { can, permittedQueues } from "./access.ts";

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

it("lists permitted queues, or all for a grant on the account", () => {
  expect(permittedQueues(actor(g("queue", "q1"), g("queue", "q2")), "work.read")).toEqual(["q1", "q2"]);
  expect(permittedQueues(actor(g("queue", "q1"), g("account")), "work.read")).toBe("all");
  expect(permittedQueues(actor(g("own")), "work.read")).toEqual([]);
});
