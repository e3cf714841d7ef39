import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "#platform/clock";
import { absent, type Presence, presenceStates } from "./presence.ts";
import { DESK_LOST, deskLost, returnsAt, usualPresenceRules as rules } from "./presence-rules.ts";

const NOW = Date.parse("2026-11-17T09:00:00Z");
const as = (over: Partial<Presence>): Presence => ({ ...absent("alice"), since: NOW - MINUTE, ...over });

describe("work of an agent who is not available", () => {
  it.each([
    ["away", NOW - MINUTE + 10 * MINUTE],
    ["not-responding", NOW - MINUTE + 10 * MINUTE],
    ["break", NOW - MINUTE + 30 * MINUTE],
    ["training", NOW - MINUTE + 30 * MINUTE],
    ["offline", NOW + 15 * MINUTE],
    ["busy", null],
    ["available", null],
  ] as const)("of one who is %s goes back at %s", (state, at) => {
    expect(returnsAt(rules, as({ state }), NOW)).toBe(at);
  });
  it("never goes back where the account says so", () => {
    const never = { ...rules, returnMinutes: { ...rules.returnMinutes, away: null } };
    expect(returnsAt(never, as({ state: "away" }), NOW)).toBeNull();
  });
});

describe("a desk without a connection", () => {
  it.each(["available", "not-responding", "busy"] as const)("of one who is %s makes them away", (state) => {
    expect(deskLost(rules, as({ state }), null, NOW)).toEqual({ do: "away" });
  });
  it("of one who acts all the same is not lost", () => {
    const actedAt = NOW - 30 * SECOND;
    const at = actedAt + 120 * SECOND;
    expect(deskLost(rules, as({ state: "available" }), actedAt, NOW)).toEqual({ do: "look-again", at });
    expect(deskLost(rules, as({ state: "available" }), NOW - 120 * SECOND, NOW)).toEqual({ do: "away" });
  });
  it("of one on a break with an end is looked at when the break is over", () => {
    const until = NOW + 10 * MINUTE;
    expect(deskLost(rules, as({ state: "break", until }), null, NOW)).toEqual({
      do: "look-again",
      at: until + 2 * MINUTE,
    });
  });
  it("of one who is away makes them offline after an hour", () => {
    const lost = as({ state: "away", reason: DESK_LOST });
    expect(deskLost(rules, lost, null, NOW)).toEqual({ do: "look-again", at: NOW + 59 * MINUTE });
    expect(deskLost(rules, { ...lost, since: NOW - HOUR }, null, NOW)).toEqual({ do: "offline" });
  });
  it("always comes to an end: nobody is looked at for ever without a change", () => {
    for (const state of presenceStates) {
      let [now, looks] = [NOW, 0];
      for (let next = deskLost(rules, as({ state }), null, now); next.do === "look-again"; looks++) {
        expect(next.at).toBeGreaterThan(now);
        now = next.at;
        next = deskLost(rules, as({ state }), null, now);
      }
      expect(looks).toBeLessThan(3);
    }
  });
});
