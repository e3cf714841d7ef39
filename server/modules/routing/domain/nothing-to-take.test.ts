import { describe, expect, it } from "vitest";
import { type Instant, MINUTE } from "#platform/clock";
import { buildAgent, buildItem, buildQueue, buildWorld } from "../../../../tests/support/routing-world.ts";
import { noLoad } from "./model.ts";
import { nothingToTake } from "./nothing-to-take.ts";

const T: Instant = Date.parse("2026-11-17T09:00:00Z");
type Over = Partial<Parameters<typeof buildItem>[0]>;

function asked(items: Over[], agent: Partial<Parameters<typeof buildAgent>[0]> = {}, others = 0, silent = false) {
  const alice = buildAgent({ id: "Alice", presence: "break", ...agent });
  const queues = [buildQueue({ id: "queue" }), buildQueue({ id: "theirs", teamId: "others" })];
  const world = buildWorld({ agents: [alice], queues });
  for (const [i, over] of items.entries()) world.items.set(`i${i}`, buildItem({ id: `i${i}`, t0: T, ...over }));
  return nothingToTake(world, alice, T, others, silent);
}

const HELD: Over = { preferredId: "Bob", stickyUntil: T + MINUTE };
const WELSH: Over = { needs: [{ skillId: "cy", name: "Welsh", level: 40, kind: "hard" }] };

describe("who asks for work and gets none hears why", () => {
  it.each<[string, Over[], Partial<Parameters<typeof buildAgent>[0]>, string, number, string]>([
    ["nothing at all", [], {}, "nothing-waits", 0, "Nothing waits in your queues now. The next one comes by itself."],
    [
      "what others have or may read alone",
      [{ state: "active", ownerId: "Bob" }, { state: "parked" }, { queueId: "theirs" }, { queueId: "gone" }],
      {},
      "nothing-waits",
      0,
      "Nothing waits in your queues now. The next one comes by itself.",
    ],
    [
      "full hands",
      [{}, {}, WELSH],
      { load: { ...noLoad(), used: 90 } },
      "no-room",
      3,
      "2 wait that you could take, but you have no room: you carry 9 of 10. Resolve, snooze or give away one first.",
    ],
    [
      "a small budget, one waiting",
      [{}],
      { budget: 65, load: { ...noLoad(), used: 55 } },
      "no-room",
      1,
      "One waits that you could take, but you have no room: you carry 5.5 of 6.5. Resolve, snooze or give away one first.",
    ],
    [
      "one of another's",
      [HELD],
      {},
      "not-for-you",
      1,
      "One waits, but not for you: one waits for whoever had it before.",
    ],
    [
      "some of everything",
      [
        HELD,
        HELD,
        WELSH,
        WELSH,
        { excluded: [{ agentId: "Alice", at: T - MINUTE, ring: 3 }] },
        { barred: ["Alice"] },
        { behind: "author:x" },
      ],
      {},
      "not-for-you",
      7,
      "7 wait, but none for you: 2 wait for whoever had them before, 2 ask for a skill that you do not have, one was declined by you a short while ago, one is a complaint about you, one is collapsed behind another.",
    ],
  ])("%s", (_, items, agent, why, waiting, says) => {
    expect(asked(items, agent)).toEqual({ why, waiting, says });
  });

  it("and the agent was found not to respond: nothing would come by itself", () => {
    expect(asked([], {}, 16, true)).toEqual({
      ...{ why: "nothing-waits", waiting: 0 },
      says: "You are set to Not responding, so nothing is offered to you. Say that you are here, and the next one comes by itself.",
    });
  });

  it.each([
    [1, "Nothing waits in your queues now: the one there is, is with a colleague. The next one comes by itself."],
    [16, "Nothing waits in your queues now: all 16 are with colleagues. The next one comes by itself."],
  ])("%i that others have", (others, says) => {
    expect(asked([], {}, others)).toEqual({ why: "nothing-waits", waiting: 0, says });
    expect(asked([WELSH], {}, others).why).toBe("not-for-you");
  });
});
