import { describe, expect, it } from "vitest";
import { blueskyCapabilities } from "../bluesky/capabilities.ts";
import { emailCapabilities } from "../email/capabilities.ts";
import { type ActProgress, afterAct, refusalOf, reverseOf, settledAct } from "./moderation.ts";
import { MAX_ATTEMPTS } from "./retry.ts";

const theirs = { direction: "in", visibility: "public", state: "live", sentAt: 0 } as const;
const ours = { ...theirs, direction: "out" } as const;

describe("what may be done", () => {
  it.each([
    ["hide", theirs, true, null],
    ["hide", theirs, false, "Only answers under our own posts can be hidden."],
    ["hide", { ...theirs, state: "hidden" } as const, true, "It is hidden already."],
    ["hide", { ...theirs, state: "tombstone" } as const, true, "The message is gone."],
    ["hide", ours, true, "This is our own message."],
    ["delete", ours, false, null],
    ["delete", theirs, true, "It can be done only with our own messages."],
    ["block", { ...theirs, state: "tombstone" } as const, false, null],
    ["report", theirs, false, null],
  ] as const)("%s of %o", (verb, message, rootIsOurs, why) =>
    expect(refusalOf(verb, message, blueskyCapabilities, rootIsOurs, 1)).toBe(why),
  );
  it("nothing, where the network has none of it", () => {
    for (const verb of ["hide", "delete", "block", "report"] as const)
      expect(refusalOf(verb, theirs, emailCapabilities, true, 1)).toMatch(/\S/);
  });
  it("hiding and blocking are taken back by their opposites, the rest is not", () =>
    expect((["hide", "block", "delete", "report"] as const).map((v) => reverseOf(v, blueskyCapabilities))).toEqual([
      ...["unhide", "unblock", null, null],
    ]));
});

describe("what became of it", () => {
  const sent: ActProgress = {
    ...{ state: "in-flight", attempt: 1, nextAt: 0, networkRef: null, error: null, doneAt: null },
  };
  const lost = { state: "unknown", why: "timeout" } as const;
  it("done is done, with the network's name of it", () =>
    expect(afterAct(sent, { state: "done", ref: "r" }, true, 5, 0)).toMatchObject({
      ...{ state: "done", networkRef: "r", doneAt: 5 },
    }));
  it("a lost answer: once more what may be repeated, a person is asked of the rest", () => {
    expect(afterAct(sent, lost, true, 5, 0)).toMatchObject({ state: "pending", nextAt: 1_005 });
    expect(afterAct(sent, lost, false, 5, 0).state).toBe("unknown");
    expect(afterAct({ ...sent, attempt: MAX_ATTEMPTS }, lost, true, 5, 0).state).toBe("unknown");
  });
  it("a refusal ends it, a busy network only delays it", () => {
    const refused = { class: "permission", retryable: false, message: "no" } as const;
    const busy = { class: "rate-limited", retryable: true, retryAfterMs: 60_000, message: "wait" } as const;
    expect(afterAct(sent, { state: "failed", error: refused }, true, 5, 0).state).toBe("failed");
    expect(afterAct(sent, { state: "failed", error: busy }, true, 5, 0)).toMatchObject({
      ...{ state: "pending", nextAt: 60_005 },
    });
  });
  it("a person settles it", () => {
    const open: ActProgress = { ...sent, state: "unknown" };
    expect(settledAct(open, "it-was-done", 9)).toMatchObject({ state: "done", doneAt: 9 });
    expect(settledAct({ ...open, attempt: 5 }, "try-again", 9)).toMatchObject({
      ...{ state: "pending", attempt: 1, nextAt: 9 },
    });
    expect(settledAct({ ...open, attempt: 0 }, "try-again", 9).attempt).toBe(0);
    expect(settledAct(open, "give-up", 9).state).toBe("failed");
  });
});
