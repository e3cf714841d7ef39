import { describe, expect, it } from "vitest";
import { createFairGate, type FairGate, MOST_PASSES } from "./fair-gate.ts";

const settled = () => new Promise((done) => setImmediate(done));

/** Jobs that run until they are told to end; `begun` names them in the order in which they began. */
function house(gate: FairGate) {
  const begun: string[] = [];
  const running = new Map<string, () => void>();
  return {
    begun,
    put(account: string, name: string, weight: number, cost = 1): Promise<void> {
      return gate.run(account, { cost, weight }, async () => {
        begun.push(name);
        await new Promise<void>((end) => running.set(name, end));
      });
    },
    async end(name?: string): Promise<void> {
      await settled();
      const which = name ?? [...running.keys()][0]!;
      running.get(which)!();
      running.delete(which);
      await settled();
    },
    async running(): Promise<string[]> {
      await settled();
      return [...running.keys()];
    },
  };
}
const one = () => house(createFairGate({ capacity: 1 }));

describe("one lane for many accounts", () => {
  it("lets another account's small pictures pass forty large ones after the first", async () => {
    const lane = one();
    for (let i = 0; i < 40; i++) void lane.put("flooder", `large ${i}`, 40);
    for (let i = 0; i < 5; i++) void lane.put("other", `small ${i}`, 1);
    for (let i = 0; i < 6; i++) await lane.end();
    expect(lane.begun.slice(0, 6)).toEqual(["large 0", "small 0", "small 1", "small 2", "small 3", "small 4"]);
    expect(lane.begun[6]).toBe("large 1");
  });
  it("gives each its turn by what it takes, not by how often it asks", async () => {
    const lane = one();
    for (let i = 0; i < 4; i++) void lane.put("a", `a${i}`, 10);
    for (let i = 0; i < 40; i++) void lane.put("b", `b${i}`, 1);
    for (let i = 0; i < 22; i++) await lane.end();
    expect(lane.begun.slice(0, 22).filter((n) => n.startsWith("a"))).toHaveLength(2);
  });
  it("does not let an account save up by resting", async () => {
    const lane = one();
    void lane.put("busy", "busy 0", 1);
    void lane.put("busy", "busy 1", 1);
    for (let i = 2; i < 30; i++) {
      await lane.end();
      void lane.put("busy", `busy ${i}`, 1);
    }
    for (let i = 0; i < 10; i++) void lane.put("rested", `rested ${i}`, 1);
    for (let i = 30; i < 38; i++) {
      await lane.end();
      void lane.put("busy", `busy ${i}`, 1);
    }
    const since = lane.begun.slice(lane.begun.findIndex((n) => n.startsWith("rested")));
    expect(since.filter((n) => n.startsWith("busy")).length).toBeGreaterThanOrEqual(3);
  });
  it("takes an account's small ones first, and a large one after eight at the latest", async () => {
    const lane = one();
    void lane.put("a", "first", 1);
    void lane.put("a", "large", 40);
    for (let i = 0; i < 20; i++) void lane.put("a", `small ${i}`, 1);
    for (let i = 0; i < 10; i++) await lane.end();
    // Those that came after it passed it; no more than the bound.
    expect(lane.begun.indexOf("large")).toBe(1 + MOST_PASSES);
  });
  it("goes on after a job that failed, and keeps nothing of it", async () => {
    const gate = createFairGate({ capacity: 1 });
    await expect(gate.run("a", { cost: 1, weight: 1 }, () => Promise.reject(new Error("broken")))).rejects.toThrow();
    expect(await gate.run("a", { cost: 1, weight: 1 }, async () => "next")).toBe("next");
    expect(gate.waiting()).toBe(0);
  });
});

describe("room for so much at once", () => {
  const room = () => house(createFairGate({ capacity: 50, each: 25 }));
  it("is never held by one account whole", async () => {
    const memory = room();
    for (let i = 0; i < 3; i++) void memory.put("flooder", `large ${i}`, 25, 25);
    void memory.put("other", "small", 1, 1);
    void memory.put("other", "second", 20, 20);
    expect(await memory.running()).toEqual(["large 0", "small", "second"]);
    await memory.end("large 0");
    expect(await memory.running()).toEqual(["small", "second", "large 1"]);
  });
  it("takes a job that is larger than the room, alone in its account's share", async () => {
    const memory = room();
    void memory.put("a", "huge", 900, 900);
    void memory.put("a", "next", 1, 1);
    expect(await memory.running()).toEqual(["huge"]);
    await memory.end();
    expect(await memory.running()).toEqual(["next"]);
  });
  it("is kept free for one that waits, and not given away in small pieces", async () => {
    const memory = house(createFairGate({ capacity: 10 }));
    void memory.put("a", "a", 8, 8);
    void memory.put("b", "b", 8, 8);
    for (let i = 0; i < 3; i++) void memory.put("c", `c${i}`, 9, 1);
    await memory.end("a");
    expect(memory.begun.slice(0, 2)).toEqual(["a", "b"]);
  });
});
