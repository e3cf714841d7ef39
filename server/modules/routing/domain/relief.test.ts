import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "#platform/clock";
import type { ClearTime } from "./clear-time.ts";
import { decideRelief, type ReliefRule, type ReliefState } from "./relief.ts";

const NOW = Date.parse("2026-11-17T09:00:00Z");
const rule: ReliefRule = { teamIds: ["night"], oldestMinutes: 40, clearMinutes: 60, calmMinutes: 10 };
const idle: ReliefState = { helping: false, since: 0, calmSince: null };
const busy: ReliefState = { helping: true, since: NOW - HOUR, calmSince: null };
const clear: ClearTime = { state: "clear" };
const clearsIn = (ms: number): ClearTime => ({ state: "clears", at: NOW + ms, from: NOW + ms, to: null });
const facts = (oldest: number | null, c: ClearTime = clear) => ({ oldest, clear: c });

describe("help for a queue", () => {
  it.each<[string, number | null, ClearTime, string[]]>([
    ["nobody waits", null, clear, []],
    ["the oldest waits a little", 39 * MINUTE, clear, []],
    ["the oldest has waited to the limit", 40 * MINUTE, clear, ["age"]],
    ["it clears soon", MINUTE, clearsIn(59 * MINUTE), []],
    ["it clears late", MINUTE, clearsIn(60 * MINUTE), ["clear-time"]],
    ["it grows", MINUTE, { state: "grows", perHour: 12 }, ["clear-time"]],
    ["nobody is here", MINUTE, { state: "nobody" }, ["clear-time"]],
    ["it is closed", MINUTE, { state: "closed", opensAt: NOW + HOUR }, []],
    ["both", 41 * MINUTE, { state: "grows", perHour: 12 }, ["age", "clear-time"]],
  ])("when %s", (_, oldest, c, codes) => {
    const made = decideRelief(rule, facts(oldest, c), idle, NOW);
    expect(made.reasons.map((r) => r.code)).toEqual(codes);
    expect([made.act, made.state.helping]).toEqual(codes.length > 0 ? ["began", true] : [null, false]);
  });
  it("counts no limit that is not set", () => {
    const byAge = { ...rule, clearMinutes: null };
    expect(decideRelief(byAge, facts(MINUTE, { state: "nobody" }), idle, NOW).act).toBeNull();
  });
  it("goes on between half and the whole of a limit", () => {
    expect(decideRelief(rule, facts(21 * MINUTE), busy, NOW + HOUR)).toMatchObject({ act: null, state: busy });
  });
  it("ends after it was calm for a while, and a relapse begins the while anew", () => {
    const first = decideRelief(rule, facts(10 * MINUTE), busy, NOW).state;
    expect(first).toMatchObject({ helping: true, calmSince: NOW });
    expect(decideRelief(rule, facts(null), first, NOW + 9 * MINUTE).act).toBeNull();
    expect(decideRelief(rule, facts(null), first, NOW + 10 * MINUTE).act).toBe("ended");
    expect(decideRelief(rule, facts(30 * MINUTE), first, NOW + 9 * MINUTE).state.calmSince).toBeNull();
  });
  it("ends when its rule is taken away", () => {
    expect(decideRelief(null, facts(HOUR), busy, NOW)).toMatchObject({ act: "ended", state: { helping: false } });
    expect(decideRelief({ ...rule, teamIds: [] }, facts(HOUR), idle, NOW).act).toBeNull();
  });
  it("never ends sooner than its calm time after the last unrest, whatever the queue does", () => {
    const step = fc.record({
      oldest: fc.option(fc.integer({ min: 0, max: 80 })),
      wait: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let [now, state, unrest] = [NOW, idle, NOW];
        for (const { oldest, wait } of steps) {
          now += wait * MINUTE;
          const made = decideRelief(rule, facts(oldest === null ? null : oldest * MINUTE), state, now);
          if (oldest !== null && oldest >= 20) unrest = now;
          if (made.act === "ended") expect(now - unrest).toBeGreaterThan(rule.calmMinutes * MINUTE);
          if (made.act === "began") expect(oldest).toBeGreaterThanOrEqual(40);
          expect(made.act === null).toBe(made.state.helping === state.helping);
          state = made.state;
        }
      }),
    );
  });
});
