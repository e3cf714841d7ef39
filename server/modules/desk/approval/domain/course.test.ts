import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { begin, type Course, lookAgain, mayDecide, type People, passed, passTime } from "./course.ts";
import type { Tier } from "./needed.ts";

const NOW = 1_000_000;
const MIN = 60_000;
const tier = (approvers: string[], deputies: string[] = [], minutes = 10): Tier => ({
  ...{ approvers, deputies, minutes, named: false },
});
/** Keys are people themselves; who is away can be asked no more, the author never. */
const people = (supervisors: string[], gone: string[] = []): People => ({
  ask: (keys) => keys.filter((k) => !gone.includes(k)),
  supervisors: () => supervisors.filter((k) => !gone.includes(k)),
  isOne: (id, keys) => keys.includes(id) && !gone.includes(id),
});

describe("the course of a request", () => {
  it("asks the approvers, then the deputies, then the supervisors, and then everybody hears of it; it passes nothing", () => {
    const who = people(["sue"]);
    const first = begin([tier(["mia", "jon"], ["eva"])], who, NOW);
    expect(first).toMatchObject({ course: { stage: "approvers", dueAt: NOW + 10 * MIN }, fresh: ["mia", "jon"] });
    expect(passTime(first.course, who, NOW + 10 * MIN - 1)).toBeNull();
    const second = passTime(first.course, who, NOW + 10 * MIN)!;
    expect(second).toMatchObject({ course: { stage: "deputies", asked: ["mia", "jon", "eva"] }, fresh: ["eva"] });
    const third = passTime(second.course, who, NOW + 20 * MIN)!;
    expect(third).toMatchObject({
      course: { stage: "supervisors", dueAt: NOW + 30 * MIN },
      fresh: ["sue"],
      alarm: null,
    });
    const last = passTime(third.course, who, NOW + 30 * MIN)!;
    expect(last).toMatchObject({ course: { dueAt: null, alarmedAt: NOW + 30 * MIN }, alarm: "silence", fresh: [] });
    expect(passTime(last.course, who, NOW + 1e9)).toBeNull();
  });

  const starts: [string, Tier[], People, string, string[], string | null][] = [
    [
      "no approver is here: the deputies",
      [tier(["mia"], ["eva"])],
      people(["sue"], ["mia"]),
      "deputies",
      ["eva"],
      null,
    ],
    [
      "nor a deputy: the supervisors",
      [tier(["mia"], ["eva"])],
      people(["sue"], ["mia", "eva"]),
      "supervisors",
      ["sue"],
      null,
    ],
    ["nobody at all: an alarm", [tier(["mia"])], people([], ["mia"]), "supervisors", [], "nobody"],
    ["no rule, asked for by hand: the supervisors", [], people(["sue"]), "supervisors", ["sue"], null],
    ["no rule and no supervisor: an alarm", [], people([]), "supervisors", [], "nobody"],
  ];
  it.each(starts)("where %s", (_, tiers, who, stage, asked, alarm) => {
    expect(begin(tiers, who, NOW)).toMatchObject({ course: { stage, asked }, alarm });
  });

  const decides: [string, Course["stage"], string, boolean][] = [
    ["an approver", "approvers", "mia", true],
    ["a deputy before their time", "approvers", "eva", false],
    ["a supervisor before their time", "approvers", "sue", false],
    ["a stranger", "supervisors", "tom", false],
    ["an approver, late", "deputies", "mia", true],
    ["a deputy in their time", "deputies", "eva", true],
    ["a supervisor at the end", "supervisors", "sue", true],
    ["an approver at the end", "supervisors", "mia", true],
  ];
  it.each(decides)("%s may decide or not", (_, stage, id, may) => {
    const { course } = begin([tier(["mia"], ["eva"])], people(["sue"]), NOW);
    expect(mayDecide({ ...course, stage }, id, people(["sue"]))).toBe(may);
  });

  it("several looks follow one another; who passed one is not asked for the next", () => {
    const who = people(["sue"]);
    const { course } = begin([tier(["mia"]), tier(["mia", "jon"]), tier(["lea"])], who, NOW);
    const next = passed(course, "mia", who, NOW + 1)!;
    expect(next).toMatchObject({ course: { tier: 2, stage: "approvers", asked: ["lea"] }, fresh: ["lea"] });
    expect(mayDecide(next.course, "mia", who)).toBe(false);
    expect(passed(next.course, "lea", who, NOW + 2)).toBeNull();
    expect(passed(course, "sue", who, NOW + 1)).toMatchObject({ course: { tier: 1 } });
  });

  it("looks that came meanwhile follow, and after other words the earlier ones once more", () => {
    const who = people(["sue"]);
    const by = (step: { course: Course } | null) => step?.course.asked;
    const none = begin([], who, NOW).course;
    expect(passed(lookAgain(none, [], true), "sue", who, NOW)).toBeNull();
    expect(by(passed(lookAgain(none, [tier(["mia"])], false), "sue", who, NOW))).toEqual(["mia"]);
    const second = passed(
      begin([tier(["mia"]), tier(["jon"]), tier(["lea"])], who, NOW).course,
      "mia",
      who,
      NOW,
    )!.course;
    expect(by(passed(lookAgain(second, [], false), "jon", who, NOW))).toEqual(["lea"]);
    const again = passed(lookAgain(second, [tier(["eva"])], true), "jon", who, NOW)!.course;
    expect(again.asked).toEqual(["mia"]);
    const then = passed(again, "mia", who, NOW)!.course;
    expect(then.asked).toEqual(["eva"]);
    expect(by(passed(then, "eva", who, NOW))).toEqual(["lea"]);
  });

  it("whoever is here or not: it comes to an end within its stages, somebody is asked or an alarm stands, and time alone passes nothing", () => {
    const names = ["a", "b", "c", "d"];
    const some = fc.subarray(names);
    const anyTier = fc
      .record({ approvers: fc.subarray(names, { minLength: 1 }), deputies: some })
      .map((t) => tier(t.approvers, t.deputies));
    fc.assert(
      fc.property(fc.array(anyTier, { maxLength: 3 }), some, some, (tiers, supervisors, gone) => {
        const who = people(supervisors, gone);
        let step = begin(tiers, who, NOW);
        for (let n = 0; ; n++) {
          expect(step.course.asked.length > 0 || step.alarm === "nobody").toBe(true);
          expect(step.course.tier).toBe(0);
          for (const id of step.fresh) expect(mayDecide(step.course, id, who)).toBe(true);
          for (const id of gone) expect(mayDecide(step.course, id, who)).toBe(false);
          const next = passTime(step.course, who, step.course.dueAt ?? NOW);
          if (!next) break;
          step = next;
          expect(n).toBeLessThan(4);
        }
        expect(step.alarm).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
