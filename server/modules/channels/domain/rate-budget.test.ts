import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { RateRule } from "#shared/capabilities";
import { createMoney, type Money, moneyState, REPLIES_BEYOND_CAP } from "./money-budget.ts";
import { createRateBudget, forCrisis, type RateBudget, reserveOf } from "./rate-budget.ts";
import type { Urgency } from "./urgency.ts";

const NOW = Date.parse("2026-11-17T09:00:00.000Z");
const MINUTE = 60_000;
const rule = (limit: number, windowMs = MINUTE): RateRule => ({ scope: "account", bucket: "calls", limit, windowMs });

/** How many of `n` calls go. */
function go(budget: Pick<ReturnType<typeof createRateBudget>, "wait">, forWhat: Urgency, n: number, now = NOW): number {
  let gone = 0;
  for (let i = 0; i < n; i++) if (budget.wait("calls", forWhat, now) === 0) gone++;
  return gone;
}

describe("a bucket of calls", () => {
  it("holds what the data state, before any header was seen", () => {
    const budget = createRateBudget([rule(10)]);
    expect(go(budget, "listening", 20)).toBe(7);
    expect(go(budget, "reply", 20)).toBe(2);
    expect(go(budget, "crisis", 20)).toBe(1);
    expect(budget.wait("calls", "crisis", NOW + 20_000)).toBe(40_000);
    // Full again with the next window.
    expect(go(budget, "listening", 20, NOW + MINUTE)).toBe(7);
  });

  it("is corrected by what the network says, without forgetting calls that are under way", () => {
    const budget = createRateBudget([rule(300)]);
    budget.wait("calls", "reply", NOW);
    budget.observe("calls", { limit: 50, remaining: 20, resetAt: NOW + 30_000 });
    expect(budget.buckets(NOW).get("calls")).toEqual({ limit: 50, remaining: 20, resetAt: NOW + 30_000 });
    go(budget, "reply", 5);
    // An answer to an earlier call, of before those five.
    budget.observe("calls", { limit: 50, remaining: 19, resetAt: NOW + 30_400 });
    expect(budget.buckets(NOW).get("calls")).toMatchObject({ remaining: 15 });
    budget.observe("calls", { limit: 50, remaining: 49, resetAt: NOW + 90_000 });
    expect(budget.buckets(NOW).get("calls")).toMatchObject({ remaining: 49 });
  });

  it("is shut after a refusal until its time, for everybody", () => {
    const budget = createRateBudget([rule(10)]);
    budget.block("calls", NOW + 5_000);
    for (const forWhat of ["listening", "reply", "crisis"] as const)
      expect(budget.wait("calls", forWhat, NOW + 1_000)).toBe(4_000);
    expect(budget.wait("calls", "reply", NOW + 5_000)).toBe(0);
  });

  it("believes no number that nobody can mean", () => {
    const budget = createRateBudget([rule(10)]);
    for (const wrong of [Number.NaN, -1, Number.POSITIVE_INFINITY])
      budget.observe("calls", { limit: wrong, remaining: wrong, resetAt: wrong });
    expect(budget.buckets(NOW).get("calls")?.limit).toBe(10);
    budget.observe("calls", { limit: 1e20, remaining: 2.5, resetAt: 1e300 });
    expect(budget.buckets(NOW).get("calls")).toEqual({ limit: 1e9, remaining: 2, resetAt: NOW + 60 * MINUTE });
    expect(budget.wait("calls", "listening", NOW)).toBeLessThanOrEqual(60 * MINUTE);
    // It is not shut for ever.
    expect(budget.buckets(NOW + 61 * MINUTE).get("calls")).toMatchObject({ remaining: 1e9, resetAt: null });
  });

  it("goes on after a restart where it stood", () => {
    const before = createRateBudget([rule(10)]);
    go(before, "reply", 8);
    const after = createRateBudget([rule(10)]);
    for (const [name, state] of before.buckets(NOW)) after.restore(name, state);
    expect(go(after, "reply", 20)).toBe(1);
  });

  it("takes a limit that was changed in the data with the next window, unless the network itself named one", () => {
    const known = { limit: 300, remaining: 5, resetAt: NOW + MINUTE };
    const changed = createRateBudget([rule(100)]);
    changed.restore("calls", known);
    expect(go(changed, "crisis", 400)).toBe(5);
    expect(go(changed, "crisis", 400, NOW + MINUTE)).toBe(100);
    const named = createRateBudget([rule(100)]);
    named.observe("calls", known);
    expect(go(named, "crisis", 400, NOW + MINUTE)).toBe(300);
  });

  it("keeps to each of its limits", () => {
    const budget = createRateBudget([rule(10), rule(25, 60 * MINUTE)]);
    const crisis = (minute: number) => go(budget, "crisis", 20, NOW + minute * MINUTE);
    expect([0, 1, 2, 3].map(crisis)).toEqual([10, 10, 5, 0]);
    expect(budget.wait("calls", "crisis", NOW + 4 * MINUTE)).toBe(56 * MINUTE);
    expect(crisis(60)).toBe(10);
  });
});

describe("reserves", () => {
  it("O2: under any flood of listening a reply goes while its reserve is there, and a crisis while any call is", () => {
    const call = fc.constantFrom<Urgency>("listening", "listening", "listening", "reply", "crisis");
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 400 }), fc.array(call, { maxLength: 600 }), (limit, calls) => {
        const budget = createRateBudget([rule(limit)]);
        let left = limit;
        const wrong: Urgency[] = [];
        for (const forWhat of calls) {
          const may = left > reserveOf(limit, forWhat);
          if ((budget.wait("calls", forWhat, NOW) === 0) !== may) wrong.push(forWhat);
          if (may) left--;
        }
        expect([wrong, left >= 0]).toEqual([[], true]);
      }),
      { seed: 20_261_122, numRuns: 300 },
    );
    expect(reserveOf(300, "listening")).toBe(90);
    expect(reserveOf(300, "reply")).toBe(30);
  });

  it("of whatever size, the smaller one lies inside of the larger one", () => {
    for (let limit = 1; limit < 1_000; limit++) {
      expect(reserveOf(limit, "listening")).toBeGreaterThanOrEqual(reserveOf(limit, "reply"));
      expect(reserveOf(limit, "listening")).toBeLessThan(limit);
    }
  });
});

/**
 * January 2012, as it was told: a week's mentions in one day, and the limit of posts ran out by noon. Here on the playground's limits
 * (300 writes, 1,200 reads a minute): mentions come seven times as fast as they can be answered, and one in fifty tells of danger.
 */
describe("a week's mentions in a day", () => {
  const writes: RateRule = { scope: "account", bucket: "calls", limit: 300, windowMs: MINUTE };
  const story = (reserve: boolean) => {
    const budget = createRateBudget([writes]);
    const crisis = reserve ? forCrisis(budget) : budget;
    const waiting = { crisis: [] as number[], reply: 0 };
    const late: number[] = [];
    let answered = 0;
    // Ten seconds at a time, through a day of the outbox: most of what comes wants an answer, and listening never rests.
    for (let tick = 0; tick < 24 * 360; tick++) {
      const now = NOW + tick * 10_000;
      waiting.reply += 350;
      if (tick % 6 === 5) waiting.crisis.push(now);
      while (waiting.reply > 0 && budget.wait("calls", reserve ? "reply" : "crisis", now) === 0) {
        waiting.reply--;
        answered++;
      }
      go(budget, "listening", 50, now);
      while (waiting.crisis.length > 0 && crisis.wait("calls", "reply", now) === 0)
        late.push(now - waiting.crisis.shift()!);
    }
    return { late, answered, stuck: waiting.crisis.length };
  };

  it("answers everybody in danger at once, and as many others as the network takes", () => {
    const { late, answered, stuck } = story(true);
    expect(stuck).toBe(0);
    expect(Math.max(...late)).toBe(0);
    expect(answered).toBeGreaterThan(24 * 60 * 265);
  });

  it("would not without a reserve: a negative control", () => {
    const { stuck } = story(false);
    expect(stuck).toBeGreaterThan(1_000);
  });
});

describe("money", () => {
  const costs = { currency: "USD", microsPerCall: { calls: 15_000 } };
  /** A database of one row: what is to be written is written before each call. */
  const kept = (money: Money, now = NOW) => {
    for (const one of money.unsaved(now)) {
      rows.set(one.month, (rows.get(one.month) ?? 0) + one.micros + one.setAside);
      money.saved(one, rows.get(one.month)!);
    }
  };
  let rows = new Map<string, number>();
  beforeEach(() => {
    rows = new Map();
  });
  const pay = (money: Money, budget: RateBudget, forWhat: Urgency, n: number, now = NOW) => {
    let gone = 0;
    for (let i = 0; i < n; i++) {
      kept(money, now);
      gone += go(budget, forWhat, 1, now);
    }
    return gone;
  };

  it("stops listening at the cap, answers a fifth beyond it, and nobody in danger", () => {
    const money = createMoney(costs, 1_500_000);
    const budget = createRateBudget([rule(100_000)], money);
    expect(pay(money, budget, "listening", 500)).toBe(100);
    expect(money.spent(NOW)).toEqual({ month: "2026-11", micros: 1_500_000 });
    expect(pay(money, budget, "reply", 500)).toBe(100 * REPLIES_BEYOND_CAP);
    expect(pay(money, budget, "crisis", 5)).toBe(5);
    // The next month begins with nothing spent; the wait is looked at again each hour, for a cap may be raised.
    expect(budget.wait("calls", "listening", NOW)).toBe(3_600_000);
    expect(pay(money, budget, "listening", 500, Date.parse("2026-12-01T00:00:00.000Z"))).toBe(100);
  });

  it("is set aside and written down before it is spent, and what is not spent is given back", () => {
    const money = createMoney(costs, 1_500_000);
    const budget = createRateBudget([rule(100_000)], money);
    // Nothing is set aside yet: nobody pays, not even for people in danger; a moment later it goes on.
    expect([go(budget, "listening", 9), go(budget, "crisis", 9)]).toEqual([0, 0]);
    expect(budget.wait("calls", "crisis", NOW)).toBeLessThan(1_000);
    expect(money.isLow(NOW)).toBe(true);
    kept(money);
    expect(rows.get("2026-11")).toBe(20 * 15_000);
    expect(go(budget, "listening", 500)).toBe(20);
    expect(money.isLow(NOW)).toBe(true);
    for (const one of money.unsaved(NOW, true))
      expect(one).toEqual({ month: "2026-11", micros: 300_000, setAside: -300_000 });
  });

  it("is never counted too low, wherever a process dies", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("call", "write", "begin", "end", "die"), { maxLength: 80 }), (steps) => {
        let [spent, row] = [0, 0];
        let money = createMoney(costs, 600_000);
        let writing: ReturnType<Money["unsaved"]> = [];
        for (const step of steps) {
          if (step === "call" && money.wait("calls", "crisis", NOW) === 0) {
            money.spend("calls", NOW);
            spent += 15_000;
          } else if ((step === "write" || step === "begin") && writing.length === 0) {
            writing = money.unsaved(NOW);
            for (const one of writing) row += one.micros + one.setAside;
            if (step === "write") {
              for (const one of writing) money.saved(one, row);
              writing = [];
            }
          } else if (step === "end") {
            // Committed before; this process hears of it only now.
            for (const one of writing) money.saved(one, row);
            writing = [];
          } else if (step === "die") {
            money = createMoney(costs, 600_000);
            money.saved({ month: "2026-11", micros: 0, setAside: 0 }, row);
            writing = [];
          }
          expect(row).toBeGreaterThanOrEqual(spent);
        }
      }),
    );
  });

  it("counts what other nodes spend and set aside, and no cap stops nothing", () => {
    const money = createMoney(costs, 1_500_000);
    money.saved({ month: "2026-11", micros: 0, setAside: 0 }, 1_485_000);
    kept(money);
    rows.set("2026-11", 1_500_000);
    money.saved({ month: "2026-11", micros: 0, setAside: 0 }, 1_500_000 + 75_000);
    expect(money.wait("calls", "listening", NOW)).toBeGreaterThan(1_000);
    money.setCap(null);
    expect(money.wait("calls", "listening", NOW)).toBe(0);
    expect(money.unsaved(NOW)).toEqual([{ month: "2026-11", micros: 0, setAside: -75_000 }]);
  });

  it.each([
    [0, null, "ok"],
    [5e6, null, "ok"],
    [7.9e6, 10e6, "ok"],
    [8e6, 10e6, "warning"],
    [10e6, 10e6, "listening-stopped"],
    [12e6, 10e6, "stopped"],
  ] as const)("%d of %s is %s", (micros, cap, state) => expect(moneyState(micros, cap)).toBe(state));
});
