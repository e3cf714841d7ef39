import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rung } from "#contracts/escalation";
import { HOUR, MINUTE } from "#platform/clock";
import { chainOf } from "./ladder.ts";
import {
  acknowledge,
  act,
  begin,
  causeGone,
  end,
  type Happened,
  handOn,
  isQuiet,
  levelsOf,
  type Page,
  passTime,
  type Resolve,
  type Step,
  seenAgain,
} from "./page.ts";

const T0 = Date.parse("2026-11-17T09:00:00Z");
const rung = (severity: number, owner: string, ...deputies: string[]): Rung => ({
  ...{ id: `r${severity}`, severity, trigger: { kind: "by-hand" } },
  owner: { kind: "agent", id: owner },
  deputies: deputies.map((id) => ({ kind: "agent", id })),
  ...{ outOfHours: null, acknowledgeMinutes: 10, actMinutes: 30, approvers: [], holding: [] },
  ...{ quietMinutes: 60, standDownMinutes: 180 },
});
const RUNGS = [rung(1, "alice", "bob"), rung(2, "carla", "dan"), rung(4, "eve")];
const all: Resolve = (target) => [target.replace("agent:", "")];
const levels = (first = RUNGS[0]!, rungs = RUNGS) => levelsOf(rungs, first, (r) => chainOf(r, true));
const what = (s: Step) => s.happened.map((h) => h.what);
const asked = (s: Step) => s.happened.flatMap((h) => (h.what === "paged" ? h.agents : []));

describe("a chain", () => {
  test("asks the owner, then each deputy in turn, then says aloud that nobody answers and begins anew", () => {
    let step = begin(levels(), all, T0);
    expect(asked(step)).toEqual(["alice"]);
    expect(step.page.dueAt).toBe(T0 + 10 * MINUTE);
    step = passTime(step.page, all, T0 + 10 * MINUTE);
    expect(asked(step)).toEqual(["bob"]);
    step = passTime(step.page, all, T0 + 20 * MINUTE);
    expect(what(step)).toEqual(["alarmed", "paged"]);
    expect(asked(step)).toEqual(["alice"]);
    expect(step.page).toMatchObject({ round: 1, alarmedAt: T0 + 20 * MINUTE, severity: 1 });
  });
  test("does nothing before its time, and nothing twice", () => {
    const { page } = begin(levels(), all, T0);
    expect(passTime(page, all, T0 + 10 * MINUTE - 1).happened).toEqual([]);
    const next = passTime(page, all, T0 + 10 * MINUTE).page;
    expect(passTime(next, all, T0 + 10 * MINUTE).happened).toEqual([]);
  });
  test("gives everybody the full time when the clock was late", () => {
    const late = passTime(begin(levels(), all, T0).page, all, T0 + 9 * HOUR);
    expect(asked(late)).toEqual(["bob"]);
    expect(late.page.dueAt).toBe(T0 + 9 * HOUR + 10 * MINUTE);
  });
  test("leaves out who cannot be reached, and says so", () => {
    const step = begin(levels(), (t) => (t === "agent:alice" ? [] : all(t)), T0);
    expect(what(step)).toEqual(["nobody", "paged"]);
    expect(asked(step)).toEqual(["bob"]);
  });
  test("with nobody at all is an alarm at once, and is tried again", () => {
    const step = begin(levels(), () => [], T0);
    expect(what(step).filter((w) => w === "alarmed")).toHaveLength(1);
    expect(step.page).toMatchObject({ state: "paging", paged: [], dueAt: T0 + 5 * MINUTE });
    expect(asked(passTime(step.page, all, T0 + 5 * MINUTE))).toEqual(["alice"]);
  });
});

describe("whoever has it", () => {
  const had = () => acknowledge(begin(levels(), all, T0).page, "zoe", T0 + MINUTE)!.page;
  test("may be anybody, and the others are asked no more", () => {
    expect(had()).toMatchObject({ state: "acknowledged", owner: "zoe", paged: [], dueAt: T0 + 31 * MINUTE });
    expect(acknowledge(had(), "bob", T0 + MINUTE)).toBeNull();
  });
  test("and does nothing in time: the next level is asked, and of the highest an alarm", () => {
    const up = passTime(had(), all, T0 + 31 * MINUTE);
    expect(what(up)).toEqual(["raised", "paged"]);
    expect(up.page.severity).toBe(2);
    expect(asked(up)).toEqual(["carla"]);
    const top = passTime(acknowledge(up.page, "carla", T0 + HOUR)!.page, all, T0 + 2 * HOUR).page;
    expect(top.severity).toBe(4);
    const over = passTime(acknowledge(top, "eve", T0 + 2 * HOUR)!.page, all, T0 + 3 * HOUR);
    expect(what(over)).toEqual(["alarmed", "paged"]);
  });
  test("acts: no clock runs, until it is ended", () => {
    const done = act(had(), "zoe", "Called the shop.", T0 + 2 * MINUTE)!.page;
    expect(done).toMatchObject({ state: "acted", dueAt: null });
    expect(end(done, "zoe", "Solved.", T0 + HOUR).page).toMatchObject({ state: "over", endReason: "Solved." });
  });
  test("hands it on: that one is asked, and after him the rest of the chain", () => {
    const step = handOn(had(), "zoe", "dan", "He knows them.", all, T0 + 5 * MINUTE)!;
    expect(asked(step)).toEqual(["dan"]);
    expect(asked(passTime(step.page, all, T0 + 15 * MINUTE))).toEqual(["bob"]);
    expect(handOn(had(), "zoe", "gone", "", () => [], T0)).toBeNull();
  });
  test("is left when its cause is gone long enough; until then it may come back", () => {
    const gone = causeGone(had(), T0 + 2 * MINUTE).page;
    expect(gone.dueAt).toBe(T0 + 182 * MINUTE);
    expect(passTime(gone, all, T0 + 182 * MINUTE).page.state).toBe("over");
    expect(seenAgain(gone, 1, false, all, T0 + HOUR).page.goneAt).toBeNull();
  });
  test("nobody has seen it: a cause that is gone ends nothing", () => {
    const gone = causeGone(begin(levels(), all, T0).page, T0 + MINUTE).page;
    expect(asked(passTime(gone, all, T0 + 10 * MINUTE))).toEqual(["bob"]);
  });
});

describe("a topic that is seen again", () => {
  const { page } = begin(levels(), all, T0);
  test("pages nobody anew", () => {
    expect(what(seenAgain(page, 1, false, all, T0 + MINUTE))).toEqual(["seen"]);
  });
  test("and is worse goes up one level, with people in danger all of them", () => {
    expect(seenAgain(page, 4, false, all, T0).page.severity).toBe(2);
    expect(seenAgain(page, 4, true, all, T0).page.severity).toBe(4);
  });
  test("within its quiet time after the end is quiet, unless worse", () => {
    const over = end(page, "zoe", "Done.", T0).page;
    expect(isQuiet(over, 1, T0 + 59 * MINUTE)).toBe(true);
    expect(isQuiet(over, 2, T0 + 59 * MINUTE)).toBe(false);
    expect(isQuiet(over, 1, T0 + 60 * MINUTE)).toBe(false);
  });
});

describe("after any history", () => {
  const people = ["alice", "bob", "carla", "dan", "eve"];
  const deed = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant("wait" as const), min: fc.integer({ min: 0, max: 90 }) }) },
    fc.record({
      do: fc.constantFrom("acknowledge", "act", "hand-on", "end" as const),
      who: fc.constantFrom(...people),
    }),
    fc.record({ do: fc.constant("seen" as const), severity: fc.integer({ min: 0, max: 4 }), jump: fc.boolean() }),
    fc.record({ do: fc.constant("gone" as const) }),
    fc.record({ do: fc.constant("away" as const), who: fc.subarray(people) }),
    fc.record({ do: fc.constant("twice" as const) }),
  );
  const some = fc.array(fc.constantFrom(...people), { minLength: 1, maxLength: 4 });
  const ladderOf = fc
    .uniqueArray(fc.record({ severity: fc.integer({ min: 0, max: 4 }), chain: some }), {
      minLength: 1,
      maxLength: 4,
      selector: (r) => r.severity,
    })
    .map((rs) => rs.map((r) => rung(r.severity, r.chain[0]!, ...new Set(r.chain.slice(1)))));

  test("every page has reached somebody who has it, or a clock runs towards the next, or it was told aloud", () => {
    fc.assert(
      fc.property(ladderOf, fc.array(deed, { maxLength: 40 }), (rungs, deeds) => {
        let [now, away] = [T0, [] as string[]];
        const resolve: Resolve = (t) => all(t).filter((id) => !away.includes(id));
        const first = [...rungs].sort((a, b) => a.severity - b.severity)[0]!;
        let page: Page = begin(levels(first, rungs), resolve, now).page;
        const told: Happened[] = [];
        let unanswered = page.paged.length > 0 ? 1 : 0;
        const steps = new Set<string>();
        const take = (step: Step | null) => {
          if (!step) return;
          for (const h of step.happened) {
            told.push(h);
            if (h.what === "paged") {
              // Nobody is asked twice in one step, and no step is begun twice.
              expect(new Set(h.agents).size).toBe(h.agents.length);
              expect(steps.has(String(h.pages))).toBe(false);
              steps.add(String(h.pages));
              unanswered++;
            }
            if (h.what === "alarmed" || h.what === "acknowledged" || h.what === "over")
              unanswered = h.what === "alarmed" ? unanswered : 0;
            if (h.what === "raised") expect(h.severity).toBeGreaterThan(page.severity);
          }
          const longest = Math.max(...page.levels.map((l) => l.chain.length));
          const alarmed = step.happened.some((h) => h.what === "alarmed");
          // A whole chain in vain is never silent.
          if (alarmed) unanswered = step.page.paged.length > 0 ? 1 : 0;
          if (!told.some((h) => h.what === "handed-on" || h.what === "raised"))
            expect(unanswered).toBeLessThanOrEqual(longest);
          page = step.page;
        };
        for (const d of deeds) {
          if (d.do === "wait") {
            now += d.min * MINUTE;
            take(passTime(page, resolve, now));
          } else if (d.do === "twice") {
            const once = passTime(page, resolve, now);
            expect(passTime(once.page, resolve, now).happened).toEqual([]);
            take(once);
          } else if (d.do === "acknowledge") take(acknowledge(page, d.who, now));
          else if (d.do === "act") take(act(page, d.who, "x", now));
          else if (d.do === "hand-on") take(handOn(page, "zoe", d.who, "", resolve, now));
          else if (d.do === "end") take(end(page, d.who, "x", now));
          else if (d.do === "seen") take(seenAgain(page, d.severity, d.jump, resolve, now));
          else if (d.do === "gone") take(causeGone(page, now));
          else if (d.do === "away") away = d.who;
          if (page.state === "paging") {
            expect(page.dueAt).not.toBeNull();
            expect(page.paged.length > 0 || page.alarmedAt !== null).toBe(true);
          }
          if (page.state === "acknowledged") expect(page.owner !== null && page.dueAt !== null).toBe(true);
          if (page.state === "over") expect(page.dueAt).toBeNull();
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test("left alone it asks everybody of its chain, and is told aloud, within the time of all", () => {
    fc.assert(
      fc.property(some, (chain) => {
        const names = [...new Set(chain)];
        let { page } = begin(levels(rung(1, names[0]!, ...names.slice(1)), []), all, T0);
        const heard = new Set(page.paged);
        let now = T0;
        for (let i = 0; i < names.length; i++) {
          now += 10 * MINUTE;
          page = passTime(page, all, now).page;
          for (const id of page.paged) heard.add(id);
        }
        expect([...heard].sort()).toEqual([...names].sort());
        expect(page.alarmedAt).toBe(T0 + names.length * 10 * MINUTE);
      }),
    );
  });
});
