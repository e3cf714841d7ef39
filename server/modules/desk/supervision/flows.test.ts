import { describe, expect, it } from "vitest";
import type { QueueStanding } from "#modules/routing";
import { HOUR, MINUTE } from "#platform/clock";
import { type MinuteCounts, noCounts } from "../domain/count-moves.ts";
import { flowsOf, standingOf, sumSince, waitedBefore, withMore } from "./flows.ts";

const NOW = Date.parse("2026-11-19T14:53:20.000Z");
const minute = (ago: number, counts: Partial<MinuteCounts>, queueId = "a"): MinuteCounts => ({
  ...{ ...noCounts(), queueId, minute: Math.floor(NOW / MINUTE) * MINUTE - ago * MINUTE },
  ...counts,
});
const standing = (queueId: string, over: Partial<QueueStanding>): [string, QueueStanding] => [
  queueId,
  { ...standingOf(new Map(), queueId), weight: 20, ...over },
];
const queues = ["a", "b"].map((id) => ({ id, opensAt: null }));
const people = (n: number, queueIds: string[]) =>
  Array.from({ length: n }, (_, at) => ({ id: `${at}`, budget: 100, queueIds }));

describe("a queue as the forecast sees it", () => {
  it("whoever serves two queues is shared out by what waits and is done there; who serves one is whole", () => {
    const standings = new Map([standing("a", { waiting: 30 }), standing("b", { waiting: 10 })]);
    const both = flowsOf(queues, standings, new Map(), people(4, ["a", "b"]), NOW);
    expect([both.get("a")?.slots, both.get("b")?.slots]).toEqual([15, 5]);
    const one = flowsOf(queues, standings, new Map(), people(4, ["b"]), NOW);
    expect([one.get("a")?.slots, one.get("b")?.slots]).toEqual([0, 20]);
    const idle = flowsOf(queues, new Map(), new Map(), people(2, ["a", "b"]), NOW);
    expect([idle.get("a")?.slots, idle.get("b")?.slots]).toEqual([5, 5]);
  });
  it("what is held out takes a place and does not wait for one", () => {
    const standings = new Map([standing("a", { waiting: 10, offered: 4, held: 3 })]);
    expect(flowsOf(queues, standings, new Map(), people(2, ["a"]), NOW).get("a")).toMatchObject({
      ...{ waiting: 6, held: 7, slots: 10 },
    });
  });
  it("of a queue that is seldom used an item takes as long as elsewhere", () => {
    const busy = Array.from({ length: 120 }, (_, ago) =>
      minute(ago, { came: 3, went: 3, taken: 3, freed: 3 }),
    ).reverse();
    const standings = new Map([standing("a", { waiting: 1, held: 30 }), standing("b", { waiting: 1 })]);
    const flows = flowsOf(queues, standings, new Map([["a", busy]]), people(9, ["a", "b"]), NOW);
    expect(flows.get("a")?.arrivals).toMatchObject({ perHour: 180 });
    const [a, b] = [flows.get("a")!.hold.ms, flows.get("b")!.hold.ms];
    expect(b / a).toBeGreaterThan(0.8);
    expect(b / a).toBeLessThan(1.2);
  });
  it("more people are more places, by the weight of what is there", () => {
    const [, s] = standing("a", { weight: 50 });
    expect(withMore({ ...flowsOf(queues, new Map(), new Map(), [], NOW).get("a")! }, s, 300).slots).toBe(6);
  });
});

describe("what was", () => {
  it("waited at earlier minutes is reckoned back from now", () => {
    const minutes = [minute(7, { came: 4 }), minute(3, { came: 5, went: 1 }), minute(0, { went: 2 })];
    const points = waitedBefore(minutes, 6, NOW, HOUR / 6, 1);
    const end = Math.floor(NOW / MINUTE) * MINUTE;
    const at = (ago: number) => points.find((p) => p.at === end - ago * MINUTE)?.waiting;
    expect(points.at(-1)).toEqual({ at: NOW, waiting: 6 });
    // At the end of each minute: 4 of seven minutes ago, then 4 more, then 2 less.
    expect([at(7), at(6), at(3), at(2), at(0)]).toEqual([0, 4, 4, 8, 8]);
  });
  it("happened since a minute, that one included", () => {
    expect(sumSince([minute(10, { came: 1 }), minute(9, { came: 2 })], minute(9, {}).minute).came).toBe(2);
  });
});
