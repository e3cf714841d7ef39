import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "#platform/clock";
import { promiseFor, type Waits } from "./decide.ts";

const NOW = Date.parse("2026-11-16T22:00:00Z");
const OPENS = Date.parse("2026-11-17T08:00:00Z");
const night: Waits = {
  ...{
    on: true,
    publicToo: false,
    when: "slow",
    slowMinutes: 60,
    quiet: false,
    visibility: "private",
    t0: NOW - MINUTE,
  },
  ...{ due: NOW + 4 * HOUR, opensAt: OPENS, clear: { state: "closed", opensAt: OPENS } },
  ...{ inHands: false, crisis: false, byMachine: false },
};
const clears = (ms: number) => ({ state: "clears" as const, at: NOW + ms, from: NOW, to: NOW + ms + 20 * MINUTE });
const day: Waits = { ...night, opensAt: null, clear: clears(2 * HOUR) };

describe("an automatic acknowledgement", () => {
  it("promises the opening at night, and the later end of the forecast by day", () => {
    expect(promiseFor(night, NOW)).toEqual({ ok: true, at: OPENS });
    expect(promiseFor(day, NOW)).toEqual({ ok: true, at: NOW + 2 * HOUR + 30 * MINUTE });
  });
  it.each<[string, Partial<Waits>, string]>([
    ["the brand has not allowed it", { on: false }, "off"],
    ["it stands in public", { visibility: "public" }, "public"],
    ["it is quiet", { quiet: true }, "quiet-hours"],
    ["a person has it", { inHands: true }, "in-hands"],
    ["it came late", { t0: NOW - 2 * HOUR }, "too-old"],
    ["somebody is in danger", { crisis: true }, "crisis"],
    ["a machine wrote it", { byMachine: true }, "machine"],
    ["a person comes soon", { opensAt: null, clear: clears(10 * MINUTE) }, "not-slow"],
    ["there is room", { opensAt: null, clear: { state: "clear" } }, "not-slow"],
    ["only nights were allowed", { opensAt: null, clear: clears(5 * HOUR), when: "closed" }, "not-slow"],
    ["nobody can say when", { opensAt: null, clear: { state: "grows", perHour: 3 } }, "no-time-known"],
    ["nobody is here", { opensAt: null, clear: { state: "nobody" } }, "no-time-known"],
  ])("is not sent when %s", (_, over, why) => {
    expect(promiseFor({ ...night, ...over }, NOW)).toEqual({ ok: false, why });
  });
  it("is sent in public only where that is allowed too", () => {
    expect(promiseFor({ ...night, visibility: "public", publicToo: true }, NOW).ok).toBe(true);
  });
});
