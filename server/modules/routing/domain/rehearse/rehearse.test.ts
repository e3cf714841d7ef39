import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, type Instant, MINUTE, SECOND } from "#platform/clock";
import { servePlainly } from "../../../../../tests/support/serve-plain.ts";
import type { MediumClassName } from "../medium-class.ts";
import { type Priority, usualPolicy } from "../model.ts";
import { changeSetup, noChange } from "./change-setup.ts";
import { intervalOf, rehearse } from "./compare.ts";
import { figuresOf, tableOf } from "./figures.ts";
import type { ItemCourse, PastAgent, PastItem, PastQueue, Setup } from "./model.ts";
import { usualWeights } from "./past-world.ts";
import { simulate } from "./simulate.ts";

const T: Instant = Date.parse("2026-11-16T09:00:00Z");
const targets = { urgent: 15 * MINUTE, high: HOUR, normal: 4 * HOUR, low: 24 * HOUR };
const queue = (id: string, over: Partial<PastQueue> = {}): PastQueue => ({
  ...{ id, team: "team", targets, rings: [0.3, 0.6, 0.9], overflow: [], choice: "least-loaded", autoServe: true },
  ...{ outOfHours: "hold", time: null, needs: [], targetsCount: [] },
  ...over,
});
const agent = (id: string, over: Partial<PastAgent> = {}): PastAgent => ({
  ...{ id, teams: ["team"], skills: new Map(), budget: 100, limits: {} },
  here: [{ from: T, to: T + 8 * HOUR, state: "available" }],
  ...over,
});
const item = (id: string, minute: number, minutes: number, over: Partial<PastItem> = {}): PastItem => ({
  ...{ id, at: T + minute * MINUTE, t0: T + minute * MINUTE, medium: "phone", queue: "q", priority: "normal" },
  ...{ crisis: false, needs: [], handle: minutes * MINUTE, target: null, preferred: null, known: [], moves: [] },
  ...over,
});
const setup = (agents: PastAgent[], over: Partial<Setup> = {}, queues = [queue("q")]): Setup => ({
  queues: new Map(queues.map((one) => [one.id, one])),
  agents: new Map(agents.map((one) => [one.id, one])),
  ...{ weights: usualWeights, caps: {}, wrapUp: { ...usualPolicy.wrapUpMs, phone: 0 }, maxTransfers: 3 },
  ...{ skills: new Map(), behaviour: { accept: SECOND, declines: 0, misses: 0, returns: 2 * MINUTE } },
  ...over,
});
/** Waits in seconds and who took it. */
const waits = (items: readonly ItemCourse[]) =>
  Object.fromEntries(
    items.map((one) => [one.item.id, [one.by, one.takenAt === null ? null : (one.takenAt - one.item.at) / SECOND]]),
  );

describe("a tiny past, worked out by hand", () => {
  // Two people, five calls of ten minutes that come in the first two minutes; each offer is taken after a second.
  const five = [item("a", 0, 10), item("b", 0, 10), item("c", 1, 10), item("d", 1, 10), item("e", 2, 10)];

  it("two people take five calls two by two", () => {
    const course = simulate(setup([agent("Ann"), agent("Bob")]), five, 1);
    // Ann and Bob talk from 0:01 to 10:01, then from 10:02 to 20:02, then one of them from 20:03 on.
    expect(waits(course.items)).toEqual({
      ...{ a: ["Ann", 1], b: ["Bob", 1], c: ["Ann", 542], d: ["Bob", 542], e: ["Ann", 1_083] },
    });
    expect(figuresOf(course.items, course.until)).toMatchObject({
      ...{ items: 5, answered: 5, left: 0, serviceLevel: 1, offers: 5, transfers: 0 },
      ...{ waitP50: 542 * SECOND, waitP95: 1_083 * SECOND, waitWorst: 1_083 * SECOND },
    });
    // 30 and 20 minutes of work and a second of ringing for each of five calls, in 16 hours of people.
    const [all] = tableOf(course);
    expect(all?.figures.occupancy).toBeCloseTo((50 * 60 + 5) / (16 * 3_600), 10);
  });

  it("time to write up goes before the next call", () => {
    const rules = { wrapUp: { ...usualPolicy.wrapUpMs, phone: MINUTE } };
    const course = simulate(setup([agent("Ann"), agent("Bob")], rules), five, 1);
    expect(waits(course.items)).toMatchObject({ c: ["Ann", 602], d: ["Bob", 602], e: ["Ann", 1_203] });
  });

  it("a call goes before the mail in hand, which loses no work", () => {
    const mail = item("mail", 0, 10, { medium: "email" });
    const course = simulate(setup([agent("Ann")]), [mail, item("call", 4, 5)], 1);
    const [first] = course.items;
    // From 0:01 to 4:01, held for five minutes and then six minutes more (the ringing of the call does not stop the mail).
    expect(first?.answeredAt).toBe(T + 15 * MINUTE + SECOND);
  });

  it("what nobody may take waits until a ring opens, or to the end", () => {
    const welsh = (id: string, kind: "hard" | "soft") =>
      item(id, 0, 5, { needs: [{ skill: "Welsh", level: 60, kind }], medium: "public" });
    const ann = agent("Ann", { skills: new Map([["Welsh", 40]]) });
    const course = simulate(setup([ann]), [welsh("soft", "soft"), welsh("hard", "hard")], 1);
    // Of 60 two thirds are asked for after 0.3 of four hours.
    expect(waits(course.items)).toEqual({ soft: ["Ann", 72 * 60 + 1], hard: [null, null] });
    expect(figuresOf(course.items, course.until)).toMatchObject({ serviceLevel: 0.5, left: 1, waitWorst: 8 * HOUR });
  });

  it("handed on, it is taken up by the other team, its clock not begun anew", () => {
    const two = [queue("q"), queue("second", { team: "experts" })];
    const moved = item("a", 0, 10, { moves: [{ after: 2 * MINUTE, queue: "second" }] });
    const course = simulate(setup([agent("Ann"), agent("Eve", { teams: ["experts"] })], {}, two), [moved], 1);
    expect(course.items[0]).toMatchObject({ by: "Eve", queue: "second", transfers: 1, takenAt: T + SECOND });
    expect(course.items[0]?.due).toBe(T + targets.normal);
    expect(course.items[0]?.answeredAt).toBe(T + 12 * MINUTE + 2 * SECOND);
  });

  it("nobody reacting costs the time of the offer, and the agent is back later", () => {
    const never = { accept: SECOND, declines: 0, misses: 0.9, returns: 10 * MINUTE };
    // Throws hang on the seed: the first one under which Ann does not react at first and then does.
    const course = [...Array(50).keys()]
      .map((seed) => simulate(setup([agent("Ann")], { behaviour: never }), [item("a", 0, 5)], seed))
      .find((one) => one.items[0]?.misses === 1);
    expect(course?.items[0]?.takenAt).toBe(T + 20 * SECOND + 10 * MINUTE + SECOND);
  });

  it("a queue that is closed holds its work until it opens", () => {
    const opens = T + 2 * HOUR;
    const time = {
      isOpen: (at: Instant) => at >= opens,
      nextOpening: (at: Instant) => Math.max(at, opens),
      between: (from: Instant, to: Instant) => to - from,
      after: (from: Instant, ms: number) => Math.max(from, opens) + ms,
    };
    const course = simulate(setup([agent("Ann")], {}, [queue("q", { time })]), [item("a", 0, 5)], 1);
    expect(course.items[0]).toMatchObject({ takenAt: opens + SECOND, due: opens + targets.normal });
  });

  it("one more for an hour takes the fifth call at once", () => {
    const before = setup([agent("Ann"), agent("Bob")]);
    const staff = {
      team: "team",
      add: 1,
      here: [{ from: T, to: T + HOUR }],
      skills: new Map(),
      budget: 100,
      limits: {},
    };
    const { cells } = rehearse(before, changeSetup(before, { ...noChange, staffing: [staff] }), five, 3);
    const worst = cells[0]?.figures.waitWorst;
    // Three talk; d and e come in the second round.
    expect(worst).toMatchObject({ before: 1_083 * SECOND, after: 542 * SECOND, verdict: "better" });
    expect(worst?.difference).toEqual({ mean: -541 * SECOND, from: -541 * SECOND, to: -541 * SECOND });
  });

  it("who is taken away for a time gets nothing then, and finishes what is in hand", () => {
    const before = setup([agent("Ann")]);
    const absent = [{ agent: "Ann", from: T + 2 * MINUTE, to: T + HOUR }];
    const after = changeSetup(before, { ...noChange, absent });
    const course = simulate(after, [item("a", 0, 5), item("b", 1, 5)], 1);
    expect(waits(course.items)).toEqual({ a: ["Ann", 1], b: ["Ann", 59 * 60 + 1] });
    expect(tableOf(course)[0]?.figures.overtime).toBe(3 * MINUTE + SECOND);
  });
});

describe("intervals", () => {
  it("are Student's, of the paired differences", () => {
    // Mean 3, standard deviation 1, n 3: half a width is 4.303 / sqrt(3).
    expect(intervalOf([2, 3, 4]).to).toBeCloseTo(3 + 4.303 / Math.sqrt(3), 9);
    expect(intervalOf([2])).toEqual({ mean: 2, from: 2, to: 2 });
  });
});

const media: readonly MediumClassName[] = ["phone", "chat", "dm", "public", "email"];
const anyPast = fc.record({
  agents: fc.array(
    fc.record({
      welsh: fc.constantFrom(0, 30, 60),
      from: fc.integer({ min: 0, max: 240 }),
      lasts: fc.integer({ min: 30, max: 480 }),
      team: fc.constantFrom("team", "other"),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  items: fc.array(
    fc.record({
      minute: fc.integer({ min: 0, max: 300 }),
      minutes: fc.integer({ min: 0, max: 30 }),
      medium: fc.constantFrom(...media),
      priority: fc.constantFrom<Priority>("urgent", "high", "normal", "low"),
      welsh: fc.constantFrom(0, 0, 30, 60),
      moves: fc.boolean(),
      crisis: fc.boolean(),
    }),
    { maxLength: 25 },
  ),
  declines: fc.constantFrom(0, 0.3),
  misses: fc.constantFrom(0, 0.2),
});
function pastOf(said: typeof anyPast extends fc.Arbitrary<infer P> ? P : never): [Setup, PastItem[]] {
  const agents = said.agents.map(({ welsh, from, lasts, team }, n) =>
    agent(`agent ${n}`, {
      ...{ teams: [team], skills: new Map([["Welsh", welsh]]) },
      here: [{ from: T + from * MINUTE, to: T + (from + lasts) * MINUTE, state: "available" }],
    }),
  );
  const items = said.items.map(({ minute, minutes, welsh, moves, ...rest }, n) =>
    item(`item ${n}`, minute, minutes, {
      ...rest,
      needs: welsh === 0 ? [] : [{ skill: "Welsh", level: welsh, kind: "soft" }],
      moves: moves ? [{ after: MINUTE, queue: "second" }] : [],
    }),
  );
  const behaviour = { accept: 5 * SECOND, declines: said.declines, misses: said.misses, returns: MINUTE };
  const two = [queue("q", { overflow: [[], ["other"], []] }), queue("second", { team: "other" })];
  return [setup(agents, { behaviour }, two), items];
}

describe("any past", () => {
  it("comes out the same under the same policy: no figure differs, whatever the seeds", () => {
    fc.assert(
      fc.property(anyPast, (said) => {
        const [before, items] = pastOf(said);
        const { cells } = rehearse(before, changeSetup(before, noChange), items, 2);
        for (const { figures } of cells)
          for (const { before: was, after, difference, verdict } of Object.values(figures)) {
            expect(after).toBe(was);
            expect(verdict).toBeNull();
            if (difference) expect(difference).toEqual({ mean: 0, from: 0, to: 0 });
          }
      }),
      { numRuns: 40 },
    );
  });

  it("comes to what the rules say without an index, and nobody answers twice or more than there is", () => {
    fc.assert(
      fc.property(anyPast, fc.integer({ min: 1, max: 9 }), (said, seed) => {
        const [before, items] = pastOf(said);
        const course = simulate(before, items, seed);
        expect(simulate(before, items, seed, servePlainly)).toEqual(course);
        expect(course.items.map((one) => one.item.id).sort()).toEqual(items.map((one) => one.id).sort());
        for (const one of course.items) {
          expect((one.takenAt ?? T) >= one.item.at || one.takenAt === null).toBe(true);
          expect(one.offers).toBeGreaterThanOrEqual(one.declines + one.misses);
        }
        for (const { filled, room } of course.agents) expect(filled).toBeLessThanOrEqual(room);
      }),
      { numRuns: 40 },
    );
  });
});
