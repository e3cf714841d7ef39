import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalEvent } from "./event.ts";
import { runsOf } from "./reader.ts";

const event = (key: string, type: string, position: number) => ({ key, type, position }) as unknown as JournalEvent;
const shown = (runs: JournalEvent[][]) => runs.map((run) => `${run[0]!.type}: ${run.map((e) => e.key).join("")}`);

describe("runs", () => {
  it("of what alternates in a thousand conversations are two", () => {
    const events = Array.from({ length: 1_000 }, (_, n) => [
      event(`c${n}`, "Placed", 2 * n),
      event(`c${n}`, "Opened", 2 * n + 1),
    ]).flat();
    expect(runsOf(events).map((run) => run.length)).toEqual([1_000, 1_000]);
  });

  it.each([
    ["aPlaced bPlaced aOpened bOpened", ["Placed: ab", "Opened: ab"]],
    ["aPlaced aOpened aPlaced", ["Placed: a", "Opened: a", "Placed: a"]],
    ["aPlaced aOpened bPlaced aPlaced cPlaced", ["Placed: ab", "Opened: a", "Placed: ac"]],
  ])("%s", (said, runs) => {
    const events = said.split(" ").map((word, n) => event(word[0]!, word.slice(1), n));
    expect(shown(runsOf(events))).toEqual(runs);
  });

  it("hold every event once, are of one type each, and keep the order of each key", () => {
    const one = fc.record({ key: fc.constantFrom("a", "b", "c", "d"), type: fc.constantFrom("P", "O", "Q") });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (said) => {
        const events = said.map(({ key, type }, n) => event(key, type, n));
        const runs = runsOf(events);
        for (const run of runs) expect(new Set(run.map((e) => e.type)).size).toBe(1);
        const read = runs.flat();
        expect(read.map((e) => e.position).toSorted((a, b) => a - b)).toEqual(events.map((e) => e.position));
        for (const key of "abcd") {
          const order = read.filter((e) => e.key === key).map((e) => e.position);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        }
      }),
    );
  });
});
