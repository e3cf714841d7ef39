import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "#platform/clock";
import { seeded } from "../../../../scenarios/random.ts";
import {
  clearTimeOf,
  forecastOf,
  HORIZON_MS,
  holdTimeOf,
  keptInTime,
  lateOf,
  type QueueFlow,
  rateOf,
  servedPerHour,
} from "./clear-time.ts";

const NOW = Date.parse("2026-11-19T14:53:00.000Z");
const flow = (over: Partial<QueueFlow> = {}): QueueFlow => ({
  ...{ waiting: 60, held: 30, slots: 30, arrivals: { perHour: 30, events: 30 } },
  ...{ hold: { ms: 20 * MINUTE, events: 90 }, opensAt: null },
  ...over,
});

describe("when a queue clears", () => {
  it("30 places of 20 minutes do 90 an hour; 30 come: 60 wait for an hour", () => {
    expect(servedPerHour(flow())).toBe(90);
    expect(clearTimeOf(flow(), NOW)).toMatchObject({ state: "clears", at: NOW + HOUR });
  });
  it("free places are filled at once, and only what is beyond them waits", () => {
    expect(clearTimeOf(flow({ held: 0 }), NOW)).toMatchObject({ state: "clears", at: NOW + HOUR / 2 });
    expect(clearTimeOf(flow({ waiting: 30, held: 0 }), NOW)).toEqual({ state: "clear" });
    expect(clearTimeOf(flow({ waiting: 0 }), NOW)).toEqual({ state: "clear" });
  });
  it.each([
    [90, 0],
    [120, 30],
  ])("does not clear when %d an hour come", (perHour, grows) => {
    expect(clearTimeOf(flow({ arrivals: { perHour, events: perHour } }), NOW)).toEqual({
      ...{ state: "grows", perHour: grows },
    });
  });
  it("says that nobody is there, and that it is closed", () => {
    expect(clearTimeOf(flow({ slots: 0, held: 0 }), NOW)).toEqual({ state: "nobody" });
    const opensAt = NOW + 15 * HOUR;
    expect(clearTimeOf(flow({ opensAt }), NOW)).toEqual({ state: "closed", opensAt });
    expect(clearTimeOf(flow({ opensAt, waiting: 0 }), NOW)).toEqual({ state: "clear" });
  });
  it("does not promise what lies beyond the horizon", () => {
    const slow = flow({ waiting: 10_000 });
    expect(clearTimeOf(slow, NOW)).toEqual({ state: "grows", perHour: 0 });
    expect((10_000 / 60) * HOUR).toBeGreaterThan(HORIZON_MS);
  });
  it("gives a band around it, wider when less was seen", () => {
    const sure = clearTimeOf(flow(), NOW) as { at: number; from: number; to: number };
    expect(sure.from).toBeLessThan(sure.at);
    expect(sure.to).toBeGreaterThan(sure.at);
    const unsure = clearTimeOf(
      flow({ arrivals: { perHour: 30, events: 3 }, hold: { ms: 20 * MINUTE, events: 9 } }),
      NOW,
    ) as { from: number; to: number | null };
    expect(unsure.from).toBeLessThan(sure.from);
    expect(unsure.to ?? Number.POSITIVE_INFINITY).toBeGreaterThan(sure.to);
  });
  it("more people, fewer arrivals, fewer waiting never clear it later", () => {
    const at = (f: QueueFlow) => {
      const c = clearTimeOf(f, NOW);
      return c.state === "clear" ? NOW : c.state === "clears" ? c.at : Number.POSITIVE_INFINITY;
    };
    const flows = fc.record({
      waiting: fc.nat(500),
      slots: fc.nat(100),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      perHour: fc.nat(300),
      minutes: fc.integer({ min: 1, max: 90 }),
    });
    fc.assert(
      fc.property(flows, fc.integer({ min: 1, max: 50 }), ({ waiting, slots, part, perHour, minutes }, more) => {
        const f = flow({
          ...{ waiting, slots, held: slots * part, arrivals: { perHour, events: perHour } },
          hold: { ms: minutes * MINUTE, events: 50 },
        });
        expect(at({ ...f, slots: slots + more })).toBeLessThanOrEqual(at(f));
        expect(at({ ...f, arrivals: { perHour: perHour + more, events: 50 } })).toBeGreaterThanOrEqual(at(f));
        expect(at({ ...f, waiting: waiting + more })).toBeGreaterThanOrEqual(at(f));
      }),
      { numRuns: 300, seed: 6 },
    );
  });
});

describe("the forecast", () => {
  it("begins at what waits, meets the clear time, and of several queues is their sum", () => {
    const two = [flow(), flow({ waiting: 10 })];
    const points = forecastOf(two, NOW, NOW + 2 * HOUR);
    expect(points[0]).toEqual({ at: NOW, waiting: 70, low: 70, high: 70 });
    expect(points.at(6)?.waiting).toBeCloseTo(30, 6);
    expect(points.find((p) => p.waiting === 0)?.at).toBe(NOW + HOUR);
    for (const p of points) expect(p.low <= p.waiting && p.waiting <= p.high).toBe(true);
  });
  it("a closed queue only grows, and is served from its opening on", () => {
    const points = forecastOf([flow({ opensAt: NOW + HOUR, held: 0 })], NOW, NOW + 3 * HOUR);
    expect(points.at(11)?.waiting).toBeCloseTo(60 + (30 * 55) / 60, 6);
    expect(points.at(-1)?.waiting).toBe(0);
  });
  it("has 8 of 10 of the days that chance makes inside its band", () => {
    const random = seeded("band");
    const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const poisson = (mean: number) => {
      let [n, p] = [0, Math.exp(-mean)];
      for (let u = random.next(), f = p; u > f; n++) {
        p *= mean / (n + 1);
        f += p;
        if (n > 1_000) break;
      }
      return n;
    };
    // The rates of that day, as somebody who had only seen an hour of it would have guessed them.
    const guessed = (perHour: number, seen: number) => Math.max(1, perHour * (1 + normal() / Math.sqrt(seen)));
    const f = flow({ waiting: 100 });
    const at = 45 * MINUTE;
    const band = forecastOf([f], NOW, NOW + at, at).at(-1)!;
    let inside = 0;
    for (let day = 0; day < 2_000; day++) {
      const [arrivals, served] = [guessed(30, 30), guessed(90, 90)];
      const waiting = Math.max(0, 100 + poisson((arrivals * at) / HOUR) - poisson((served * at) / HOUR));
      if (waiting >= band.low && waiting <= band.high) inside++;
    }
    expect(inside / 2_000).toBeGreaterThan(0.75);
    expect(inside / 2_000).toBeLessThan(0.87);
  });
});

describe("what it is made of", () => {
  it("a rate: steady is what it is over all that is known; nothing is nothing", () => {
    expect(rateOf(Array(180).fill(2))).toEqual({ perHour: 120, events: 360 });
    expect(rateOf([])).toEqual({ perHour: 0, events: 0 });
    expect(rateOf(Array(60).fill(0))).toEqual({ perHour: 0, events: 0 });
    // Seldom and by chance: one now says nothing against an hour of few.
    expect(rateOf([...Array(59).fill(0), 1]).events).toBe(1);
    expect(rateOf([...Array(59).fill(0), 1]).perHour).toBe(1);
  });
  it("a rate: a peak that began ten minutes ago is judged by ten minutes, and so is its end", () => {
    expect(rateOf([...Array(170).fill(0), ...Array(10).fill(8)])).toEqual({ perHour: 480, events: 80 });
    expect(rateOf([...Array(160).fill(8), ...Array(20).fill(1)])).toEqual({ perHour: 60, events: 20 });
  });
  it("the time in hands by Little's law; a quarter of an hour before anything is known", () => {
    const minutes = Array.from({ length: 60 }, () => ({ came: 1, freed: 3, held: 60 }));
    expect(holdTimeOf(minutes).ms / MINUTE).toBeCloseTo(20, 0);
    expect(holdTimeOf([]).ms).toBe(15 * MINUTE);
  });
  it("who will be late, served by due time; how many are kept in time", () => {
    // 90 an hour: 15 are done in ten minutes.
    const bins = [
      { within: 0, items: 5 },
      { within: 10 * MINUTE, items: 20 },
      { within: HOUR, items: 10 },
    ];
    expect(lateOf(bins, flow())).toBe(10);
    expect(lateOf(bins, flow({ held: 0 }))).toBe(5);
    expect(lateOf(bins, flow({ slots: 0, held: 0 }))).toBe(35);
    expect(keptInTime(flow(), 20 * MINUTE)).toBe(30);
  });
});
