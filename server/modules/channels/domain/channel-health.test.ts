import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, SECOND } from "#platform/clock";
import { type HealthFacts, healthOf } from "./channel-health.ts";
import { clockHalf, failing, passed, soonestEnd } from "./connect-check.ts";

const NOW = Date.UTC(2026, 10, 22, 10);
const well: HealthFacts = {
  ...{ state: "on", trouble: null, troubleSince: null, endedAt: NOW - 10 * SECOND, everyMs: 15 * SECOND },
  ...{ pushes: true, lastPushAt: NOW - MINUTE, missed: 0, missedFirstAt: null, missed24h: 0 },
  ...{ checkedAt: NOW - MINUTE, halves: [passed("sign-in", "")], expiresAt: null },
  ...{ openGaps: 0, quarantined: 0, unknown: 0, oldestDueAt: null, budgets: [], money: null },
};
const judged = (change: Partial<HealthFacts>) => {
  const { state, troubles } = healthOf({ ...well, ...change }, NOW);
  return [state, ...troubles.map((t) => t.cause)];
};

describe("how a channel is", () => {
  it.each<[string, Partial<HealthFacts>, string[]]>([
    ["nothing is wrong", {}, ["healthy"]],
    [
      "nothing is known yet",
      { endedAt: null, everyMs: null, lastPushAt: null, checkedAt: null, halves: [] },
      ["healthy"],
    ],
    ["paused, whatever else", { state: "paused", trouble: "no", openGaps: 3, expiresAt: 0 }, ["off"]],
    ["a place of the past", { state: "archive", quarantined: 1 }, ["off"]],
    ["the token was revoked", { state: "needs-reauth", trouble: "401", troubleSince: NOW }, ["ill", "sign-in"]],
    ["wrongly set up", { state: "misconfigured" }, ["ill", "set-up"]],
    ["the look finds the sign-in refused", { halves: [failing("sign-in", "wrong-secret", "no")] }, ["ill", "sign-in"]],
    ["a half is missing", { halves: [failing("subscription", "missing-half", "gone")] }, ["ill", "half"]],
    ["it may not write", { halves: [failing("send", "wrong-scope", "no")] }, ["ill", "half"]],
    ["the clock is off", { halves: [failing("clock", "clock-off", "10 min")] }, ["warning", "clock"]],
    ["the look got no answer", { halves: [failing("sign-in", "unreachable", "x")] }, ["warning", "unreachable"]],
    ["no answer, for a moment", { trouble: "x", troubleSince: NOW - 2 * MINUTE }, ["warning", "unreachable"]],
    ["no answer, for long", { trouble: "x", troubleSince: NOW - 3 * MINUTE }, ["ill", "unreachable"]],
    [
      "no answer, and the look says so too: told once",
      { trouble: "x", troubleSince: NOW - HOUR, halves: [failing("sign-in", "unreachable", "x")] },
      ["ill", "unreachable"],
    ],
    ["almost behind", { endedAt: NOW - 4 * MINUTE + 1 }, ["healthy"]],
    ["behind", { endedAt: NOW - 4 * MINUTE }, ["ill", "behind"]],
    ["read every ten minutes, last eleven ago", { everyMs: 10 * MINUTE, endedAt: NOW - 11 * MINUTE }, ["healthy"]],
    [
      "read every ten minutes, last half an hour ago",
      { everyMs: 10 * MINUTE, endedAt: NOW - 30 * MINUTE },
      ["ill", "behind"],
    ],
    [
      "looking finds what no push brought, and no push came since",
      { missed: 1, missed24h: 1, missedFirstAt: NOW - 2 * MINUTE, lastPushAt: NOW - HOUR },
      ["ill", "push-silent"],
    ],
    ["never a push at all", { missed: 4, missedFirstAt: NOW - 2 * MINUTE, lastPushAt: null }, ["ill", "push-silent"]],
    [
      "one push was lost, others came",
      { missed: 1, missed24h: 1, missedFirstAt: NOW - 5 * MINUTE, lastPushAt: NOW - MINUTE },
      ["warning", "push-lossy"],
    ],
    ["pushes were lost today", { missed24h: 7 }, ["warning", "push-lossy"]],
    [
      "a network without pushes cannot miss one",
      { pushes: false, missed: 4, missedFirstAt: 1, missed24h: 4 },
      ["healthy"],
    ],
    ["the token ends in a week and a day", { expiresAt: NOW + 8 * DAY }, ["healthy"]],
    ["the token ends in a week", { expiresAt: NOW + 7 * DAY }, ["warning", "expiring"]],
    ["the token has ended", { expiresAt: NOW }, ["ill", "expired"]],
    ["answers wait for long", { oldestDueAt: NOW - 5 * MINUTE }, ["warning", "waiting"]],
    ["answers wait a moment", { oldestDueAt: NOW - 4 * MINUTE }, ["healthy"]],
    [
      "gaps, unread input and unsure answers",
      { openGaps: 1, unknown: 2, quarantined: 3 },
      ["warning", "gap", "unsure", "unread"],
    ],
    ["the budget is used up", { budgets: [{ bucket: "read", remaining: 0, resetAt: NOW + 1 }] }, ["warning", "budget"]],
    ["the budget is new again", { budgets: [{ bucket: "read", remaining: 0, resetAt: NOW }] }, ["healthy"]],
    ["the money is used up", { money: { spent: 10, cap: 10 } }, ["warning", "money"]],
    ["the worst stands first", { openGaps: 1, state: "needs-reauth" }, ["ill", "sign-in", "gap"]],
  ])("%s", (_, facts, expected) => {
    expect(judged(facts)).toEqual(expected);
  });

  it("says since when, how many and what was seen", () => {
    const facts = { ...well, trouble: "No answer.", troubleSince: NOW - HOUR, openGaps: 2 };
    expect(healthOf(facts, NOW).troubles).toEqual([
      { cause: "unreachable", level: "ill", says: "No answer.", since: NOW - HOUR, count: null },
      { cause: "gap", level: "warning", says: null, since: null, count: 2 },
    ]);
  });
});

describe("the clocks", () => {
  const date = new Date(NOW).toUTCString();
  it.each([
    [0, "ok"],
    [5 * MINUTE, "ok"],
    [-5 * MINUTE, "ok"],
    [5 * MINUTE + SECOND, "failed"],
    [-10 * MINUTE, "failed"],
  ])("may differ by five minutes: %i ms", (off, state) => {
    expect(clockHalf(date, NOW + off).state).toBe(state);
  });
  it.each([undefined, "", "yesterday"])("are not compared where the network says nothing readable: %s", (header) => {
    expect(clockHalf(header, NOW).state).toBe("not-tried");
  });
});

it("the soonest end counts", () => {
  expect(soonestEnd([passed("a", "", 5), passed("b", ""), failing("c", "refused", "", 3)])).toBe(3);
  expect(soonestEnd([passed("b", "")])).toBeNull();
});
