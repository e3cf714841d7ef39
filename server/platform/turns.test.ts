import { describe, expect, it } from "vitest";
import { Turns } from "./turns.ts";

/** All that can go on without a turn has gone on. */
const settled = () => new Promise((done) => setImmediate(done));

describe("turns", () => {
  it("come one after the other, in the order of asking; other keys do not wait", async () => {
    const turns = new Turns(60_000);
    const told: string[] = [];
    const ends = new Map<string, () => void>();
    for (const [key, name] of [
      ["a", "first"],
      ["a", "second"],
      ["a", "third"],
      ["b", "other"],
    ] as const)
      void turns.take(key).then((end) => {
        told.push(name);
        ends.set(name, end);
      });
    await settled();
    expect(told).toEqual(["first", "other"]);
    ends.get("first")?.();
    await settled();
    expect(told).toEqual(["first", "other", "second"]);
    ends.get("second")?.();
    await settled();
    expect(told).toEqual(["first", "other", "second", "third"]);
    for (const end of ends.values()) end();
    expect(turns.size).toBe(0);
  });
  it("who has waited long enough goes on without one, and whoever comes after still waits", async () => {
    const turns = new Turns(1);
    await turns.take("a");
    const end = await turns.take("a");
    end();
    await turns.take("a");
    expect(turns.size).toBe(1);
  });
});
