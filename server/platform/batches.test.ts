import { describe, expect, it } from "vitest";
import { Batches, type Settled } from "./batches.ts";

const done = <R>(value: R): Settled<R> => ({ ok: true, value });
const settled = () => new Promise((turn) => setImmediate(turn));

/** Batches that are under way until they are let go, and how they were put together. */
function held(most?: number) {
  const told: [string, readonly number[]][] = [];
  const goOn: (() => void)[] = [];
  const batches = new Batches<number, string>(async (key, all) => {
    told.push([key, all]);
    await new Promise<void>((go) => goOn.push(go));
    return all.map((n) => (n < 0 ? { ok: false, error: new Error(`not ${n}`) } : done(`${key}${n}`)));
  }, most);
  const letGo = async () => {
    await settled();
    for (const go of goOn.splice(0)) go();
    await settled();
  };
  return { batches, told, letGo };
}

describe("batches", () => {
  it("do together what is asked for meanwhile, in the order of asking; other keys do not wait", async () => {
    const { batches, told, letGo } = held(3);
    const answers = [1, 2].map((n) => batches.ask("a", n));
    await settled();
    answers.push(...[3, 4, 5, 6].map((n) => batches.ask("a", n)), batches.ask("b", 7));
    await settled();
    expect(told).toEqual([
      ["a", [1, 2]],
      ["b", [7]],
    ]);
    for (let n = 0; n < 3; n++) await letGo();
    expect(await Promise.all(answers)).toEqual(["a1", "a2", "a3", "a4", "a5", "a6", "b7"]);
    expect(told.slice(2)).toEqual([
      ["a", [3, 4, 5]],
      ["a", [6]],
    ]);
    expect(batches.size).toBe(0);
  });
  it("give each an answer of its own", async () => {
    const { batches, letGo } = held();
    const answers = Promise.allSettled([1, -2, 3].map((n) => batches.ask("a", n)));
    await letGo();
    expect((await answers).map((one) => one.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });
  it("do each by itself when the whole of them failed: one cannot fail the others", async () => {
    const told: (readonly number[])[] = [];
    const batches = new Batches<number, number>(async (_, all) => {
      told.push(all);
      if (all.includes(13)) throw new Error("It broke.");
      return all.map(done);
    });
    const answers = await Promise.allSettled([1, 13, 2].map((n) => batches.ask("a", n)));
    expect(told).toEqual([[1, 13, 2], [1], [13], [2]]);
    expect(answers).toMatchObject([{ value: 1 }, { reason: { message: "It broke." } }, { value: 2 }]);
  });
  it("leave nobody without an answer", async () => {
    const batches = new Batches<number, number>(async () => [done(1)]);
    const answers = await Promise.allSettled([1, 2].map((n) => batches.ask("a", n)));
    expect(answers.map((one) => one.status)).toEqual(["fulfilled", "rejected"]);
  });
});
