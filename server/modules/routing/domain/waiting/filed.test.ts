import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildItem } from "../../../../../tests/support/routing-world.ts";
import type { Item } from "../model.ts";
import { compareDue } from "../order.ts";
import { type Filed, IN_LINE, NONE, Register } from "./filed.ts";
import { FiledHeap } from "./filed-heap.ts";

const acts = fc.array(fc.tuple(fc.constantFrom("in", "in", "out"), fc.nat(5), fc.nat(2_000)), {
  maxLength: 120,
  size: "max",
});
/** Few instants, so that many are due at the same; the id decides as often as not. */
const itemOf = (due: number, n: number): Item => buildItem({ id: `${n % 7} ${n}`, t0: due % 2, due });

describe("the register and its heaps", () => {
  it("finds every item by its name and has the first at hand, whatever came and went", () => {
    fc.assert(
      fc.property(acts, (all) => {
        const register = new Register();
        const heap = new FiledHeap(register, IN_LINE);
        const inside = new Map<string, { item: Item; filed: Filed }>();
        for (const [n, [act, due, at]] of all.entries()) {
          const one = [...inside.values()][at % Math.max(inside.size, 1)];
          if (act === "in" || !one) {
            const item = itemOf(due, 10 * at + n);
            if (inside.has(item.id)) continue;
            const filed = register.enter(item, at, due % 5, at % 30);
            inside.set(item.id, { item, filed });
            heap.push(filed, item.due);
            expect([register.askOf(filed), register.rankOf(filed), register.kindOf(filed)]).toEqual([
              at,
              due % 5,
              at % 30,
            ]);
          } else {
            heap.remove(one.filed);
            register.leave(one.filed);
            inside.delete(one.item.id);
            expect(register.find(one.item.id)).toBe(NONE);
          }
          const [first] = [...inside.values()].toSorted((a, b) => compareDue(a.item, b.item));
          expect(heap.top).toBe(first?.filed ?? NONE);
          expect(heap.due).toBe(first?.item.due ?? Number.POSITIVE_INFINITY);
          const lost = [...inside.values()].filter(
            (one) => register.find(one.item.id) !== one.filed || register.itemOf(one.filed) !== one.item,
          );
          if (lost.length > 0) expect(lost).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps its names when it grows and when most of them go again", () => {
    const register = new Register();
    const filed = Array.from({ length: 5_000 }, (_, n) => register.enter(itemOf(n, n), 0, 0, 0));
    for (let n = 0; n < 5_000; n++) if (n % 5 !== 0) register.leave(filed[n] as Filed);
    const found = filed.map((_, n) => register.find(`${n % 7} ${n}`));
    expect(found).toEqual(filed.map((one, n) => (n % 5 === 0 ? one : NONE)));
    const again = Array.from({ length: 4_000 }, (_, n) => register.enter(itemOf(n, 10_000 + n), 0, 0, 0));
    expect(Math.max(...again)).toBeLessThan(5_000);
    register.clear();
    expect(register.find("0 0")).toBe(NONE);
  });
});
