import fc from "fast-check";
import { expect, it } from "vitest";
import { Heap, type Placed } from "./heap.ts";

interface Member extends Placed {
  key: number;
  readonly name: string;
}

it("has the first at hand whatever came, went and moved; equal keys go by what is said beside", () => {
  const acts = fc.array(fc.tuple(fc.constantFrom("push", "remove", "moved"), fc.nat(5), fc.nat(1_000)), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(acts, (all) => {
      const heap = new Heap<Member>(
        (a, b) => a.name < b.name,
        ({ key }) => key,
      );
      const inside: Member[] = [];
      for (const [n, [act, key, at]] of all.entries()) {
        const member = inside[at % Math.max(inside.length, 1)];
        if (act === "push" || !member) {
          const made = { at: -1, key, name: `${at} ${n}` };
          inside.push(made);
          heap.push(made);
        } else if (act === "remove") {
          inside.splice(inside.indexOf(member), 1);
          heap.remove(member);
          expect(member.at).toBe(-1);
        } else {
          member.key = key;
          heap.moved(member);
        }
        const [first] = inside.toSorted((a, b) => a.key - b.key || (a.name < b.name ? -1 : 1));
        expect(heap.top).toBe(first);
        expect(heap.members.every((one, place) => one.at === place)).toBe(true);
        expect(heap.size).toBe(inside.length);
      }
    }),
    { numRuns: 200 },
  );
});
