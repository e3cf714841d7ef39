import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CodeSaid, type Invited, judgeUse, sayUse, type Use } from "./invite-use.ts";

const invite: Invited = {
  ...{ handleId: "carla", network: "x", expiresAt: 1_000, withdrawnAt: null, returnedHandleId: null },
};
const said: CodeSaid = { handleId: "carla", network: "x", audience: "private", receivedAt: 500 };

describe("whoever says the code of an invite", () => {
  it.each<[string, Partial<Invited>, Partial<CodeSaid>, Use]>([
    ["and is the one invited, comes in", {}, {}, { joins: true, proof: "invited-handle" }],
    [
      "and is the one invited, comes in from public, too",
      {},
      { audience: "public" },
      { joins: true, proof: "invited-handle" },
    ],
    ["at the last moment, comes in", {}, { receivedAt: 1_000 }, { joins: true, proof: "invited-handle" }],
    ["too late, does not", {}, { receivedAt: 1_001 }, { joins: false, why: "ended" }],
    ["after it was taken back, does not", { withdrawnAt: 400 }, {}, { joins: false, why: "withdrawn" }],
    [
      "from another handle of the same network, does not",
      {},
      { handleId: "eve" },
      { joins: false, why: "another-handle" },
    ],
    [
      "first in private elsewhere, comes in",
      {},
      { handleId: "mail", network: "email" },
      { joins: true, proof: "other-network" },
    ],
    [
      "in public elsewhere, does not",
      {},
      { handleId: "c2", network: "bluesky", audience: "public" },
      { joins: false, why: "said-in-public" },
    ],
    [
      "second elsewhere, does not",
      { returnedHandleId: "mail" },
      { handleId: "other", network: "email" },
      { joins: false, why: "used" },
    ],
    [
      "elsewhere after the one invited has come, does not",
      { returnedHandleId: "carla" },
      { handleId: "mail", network: "email" },
      { joins: false, why: "used" },
    ],
    [
      "and was let in before, stays in after its time",
      { returnedHandleId: "mail" },
      { handleId: "mail", network: "email", receivedAt: 9_000 },
      { joins: true, proof: "other-network" },
    ],
    [
      "and is the one invited, comes in though another was before",
      { returnedHandleId: "mail" },
      {},
      { joins: true, proof: "invited-handle" },
    ],
  ])("%s", (_name, i, s, use) => {
    expect(judgeUse({ ...invite, ...i }, { ...said, ...s }, "join")).toEqual(use);
    expect(sayUse(use).length).toBeGreaterThan(20);
  });

  it("elsewhere is asked about first where the brand wants it so", () => {
    expect(judgeUse(invite, { ...said, handleId: "mail", network: "email" }, "ask")).toEqual({
      joins: false,
      why: "ask-first",
    });
    expect(judgeUse(invite, said, "ask")).toEqual({ joins: true, proof: "invited-handle" });
  });

  it("from another handle of the network of the invite is never let in unless it was before", () => {
    fc.assert(
      fc.property(
        fc.record({
          expiresAt: fc.integer(),
          withdrawnAt: fc.option(fc.integer()),
          returnedHandleId: fc.option(fc.constantFrom("carla", "mail")),
        }),
        fc.record({ audience: fc.constantFrom("public" as const, "private" as const), receivedAt: fc.integer() }),
        (i, s) => judgeUse({ ...invite, ...i }, { ...s, handleId: "eve", network: "x" }, "join").joins === false,
      ),
    );
  });
});
