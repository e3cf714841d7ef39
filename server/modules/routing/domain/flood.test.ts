import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Instant } from "#platform/clock";
import { buildAgent, buildItem, buildWorld } from "../../../../tests/support/routing-world.ts";
import {
  type Arriving,
  alikeKey,
  authorKey,
  behindWhat,
  type Crowd,
  capOf,
  comeForward,
  comingForward,
  joinCrowds,
  roomInFront,
} from "./flood.ts";
import { laneOf } from "./lane.ts";
import { usualPolicy } from "./model.ts";
import { serve } from "./serve.ts";
import { arrive, customerWaits, end } from "./transitions.ts";

const T: Instant = Date.parse("2026-11-17T09:00:00Z");
const policy = { ...usualPolicy, authorCap: 5, alikeCap: 20 };
const by = (customerId: string, over: Partial<Arriving> = {}): Arriving => ({
  ...{ customerId, crisis: false, alike: null },
  ...over,
});

/** Lets them come one after the other; what each waits behind. */
function come(arriving: readonly Arriving[], crowds = new Map<string, Crowd>()): (string | null)[] {
  return arriving.map((work) => {
    const key = behindWhat(work, crowds, policy)?.key ?? null;
    joinCrowds(work, key, crowds);
    return key;
  });
}

describe("a flood", () => {
  it("of one author: five stand in front, and thirty-seven more wait behind", () => {
    const keys = come(Array.from({ length: 42 }, () => by("Carla")));
    expect(keys.filter((key) => key === null)).toHaveLength(5);
    expect(keys.filter((key) => key === authorKey("Carla"))).toHaveLength(37);
  });

  it("of ten thousand authors with one text: twenty stand in front; others pass", () => {
    const crowds = new Map<string, Crowd>();
    const keys = come(
      Array.from({ length: 10_000 }, (_, i) => by(`bot ${i}`, { alike: "spam" })),
      crowds,
    );
    expect(keys.filter((key) => key === null)).toHaveLength(20);
    expect(new Set(keys.slice(20))).toEqual(new Set([alikeKey("spam")]));
    expect(come([by("Alice"), by("Bob", { alike: "other" })], crowds)).toEqual([null, null]);
  });

  it("is never danger to people", () => {
    const many = Array.from({ length: 50 }, () => by("Carla", { alike: "same", crisis: true }));
    expect(new Set(come(many))).toEqual(new Set([null]));
  });

  it("nobody overtakes who waits behind, even when there is room in front again", () => {
    const crowds = new Map([[authorKey("Carla"), { front: 2, behind: 3 }]]);
    expect(come([by("Carla")], crowds)).toEqual([authorKey("Carla")]);
  });

  it("says why in words", () => {
    const crowds = new Map([[authorKey("Carla"), { front: 5, behind: 0 }]]);
    expect(behindWhat(by("Carla"), crowds, policy)?.reason.text).toBe(
      "5 of this author are open already: it waits behind them.",
    );
  });

  it.each([
    [{ front: 5, behind: 37 }, 0],
    [{ front: 4, behind: 37 }, 1],
    [{ front: 0, behind: 37 }, 5],
    [{ front: 0, behind: 2 }, 2],
    [{ front: 9, behind: 2 }, 0],
  ] as const)("of %j so many come forward: %i", (crowd, n) => {
    expect(roomInFront(authorKey("Carla"), crowd, policy)).toBe(n);
  });

  it("whoever comes forward counts in every crowd it is of: no cap is passed within one look, and who can goes", () => {
    const of = (id: string, customer: string, alike: string | null, behind = authorKey(customer)) => ({
      ...{ id, customerId: customer, alike, behind },
    });
    const crowds = new Map([
      [authorKey("Carla"), { front: 3, behind: 4 }],
      [authorKey("Dan"), { front: 0, behind: 1 }],
      [alikeKey("spam"), { front: 18, behind: 2 }],
    ]);
    const asked = [
      ...[of("a", "Carla", "spam"), of("b", "Dan", "spam"), of("c", "Carla", "spam")],
      ...[of("d", "Carla", null), of("e", "Carla", null), of("f", "Eve", "spam", alikeKey("spam"))],
    ];
    expect(comingForward(asked, crowds, policy)).toEqual(["a", "b", "d"]);
    expect(comingForward([of("g", "Eve", "other", alikeKey("other"))], new Map(), policy)).toEqual(["g"]);
  });

  it("R7: whatever comes and ends, each is once in front or behind, never more in front than the cap, and all get their turn", () => {
    const step = fc.record({ who: fc.nat(3), text: fc.nat(2), ends: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), (steps) => {
        const front: string[] = [];
        const behind: string[] = [];
        const counted = () => new Map([...Map.groupBy([...front, ...behind], (k) => k)].map(([k]) => [k, crowdOf(k)]));
        const crowdOf = (k: string): Crowd => ({
          front: front.filter((x) => x === k).length,
          behind: behind.filter((x) => x === k).length,
        });
        let made = 0;
        let done = 0;
        for (const { who, ends } of steps) {
          if (ends && front.length > 0) {
            front.shift();
            done++;
          } else {
            made++;
            const key = authorKey(`customer ${who}`);
            if (behindWhat(by(`customer ${who}`), counted(), policy)) behind.push(key);
            else front.push(key);
          }
          for (const [key, crowd] of counted())
            for (let n = roomInFront(key, crowd, policy); n > 0; n--)
              front.push(...behind.splice(behind.indexOf(key), 1));
          expect(front.length + behind.length + done).toBe(made);
          for (const [key, crowd] of counted()) {
            expect(crowd.front).toBeLessThanOrEqual(capOf(key, policy));
            if (crowd.behind > 0) expect(crowd.front).toBe(capOf(key, policy));
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("what waits behind", () => {
  const worldOf = (behind: string | null) => {
    const world = buildWorld({ agents: [buildAgent({ id: "Alice" })] });
    arrive(world, buildItem({ id: "a", t0: T, behind }), [], T);
    serve(world, T);
    return { world, item: world.items.get("a")! };
  };
  it("is offered to nobody, has a lane of its own, and is not lost", () => {
    const { item } = worldOf("author:x");
    expect(item).toMatchObject({ state: "queued", offer: null, t0: T });
    expect(laneOf(item)).toBe(`behind|${laneOf({ ...item, behind: null })}`);
  });
  it("comes forward to the place its due time gives it", () => {
    const { world, item } = worldOf("author:x");
    comeForward(world, item, "There is room in front.", T);
    serve(world, T);
    expect(item).toMatchObject({ behind: null, state: "offered", t0: T });
    expect(world.decisions.map((d) => d.act)).toEqual(["queued", "forward", "offered"]);
  });
  it("comes forward at once when it turns out to be danger to people", () => {
    const { world, item } = worldOf("author:x");
    customerWaits(world, item, { t0: T, priority: "urgent", crisis: true }, T);
    expect(item).toMatchObject({ behind: null, crisis: true });
  });
  it("can end where it is", () => {
    const { world, item } = worldOf("alike:x");
    end(world, item, "withdrawn", "spam", T);
    expect(item).toMatchObject({ state: "withdrawn", behind: null });
  });
});
