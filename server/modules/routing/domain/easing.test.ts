import { describe, expect, it } from "vitest";
import { HOUR } from "#platform/clock";
import { promisedTo, usualSla } from "./clocks/sla-policy.ts";
import { type Easing, easedNeeds, saysNeeds } from "./easing.ts";
import type { Need } from "./model.ts";

const about = { actId: "1", from: 0, until: HOUR, reason: "storm", by: "Marek" };
const lowered = (skillId: string, level: number): Easing => ({ ...about, what: "skill", skillId, level });
const longer = (percent: number, ...priorities: ("urgent" | "high" | "normal" | "low")[]): Easing => ({
  ...{ ...about, what: "target", percent, priorities },
});
const need = (skillId: string, level: number, over: Partial<Need> = {}): Need => ({
  ...{ skillId, name: skillId, level, kind: "hard", clearance: "skill" },
  ...over,
});
const queue = (...easing: Easing[]) => ({ skills: [{ skillId: "billing" }, { skillId: "eu" }], easing });

describe("a skill that less is asked of", () => {
  it("is lowered where the queue asks for it, tells the usual level, and comes back to exactly what was", () => {
    const usual = [need("billing", 60), need("welsh", 40)];
    const eased = easedNeeds(usual, queue(lowered("billing", 20), lowered("welsh", 10)));
    expect(eased).toEqual([{ ...usual[0], level: 20, usual: 60 }, usual[1]]);
    expect(easedNeeds(eased, queue())).toEqual(usual);
    // Also when the queue does not ask for it any more.
    expect(easedNeeds(eased, { skills: [], easing: [] })).toEqual(usual);
  });

  it.each([
    ["nothing is lowered", queue()],
    ["it is lowered to more than is asked", queue(lowered("billing", 80))],
    ["another skill is lowered", queue(lowered("welsh", 0))],
    ["only a target is longer", queue(longer(200, "normal"))],
  ])("is the same list where %s", (_, of) => {
    const usual = [need("billing", 60)];
    expect(easedNeeds(usual, of)).toBe(usual);
  });

  it.each(["brand", "region", "training"] as const)("is never a clearance: %s", (clearance) => {
    const usual = [need("eu", 1, { clearance })];
    expect(easedNeeds(usual, queue(lowered("eu", 0)))).toBe(usual);
  });

  it("is told with who and why, and when it is as usual again", () => {
    const easing = [lowered("billing", 20)];
    const usual = [need("billing", 60)];
    const eased = easedNeeds(usual, queue(...easing));
    expect(saysNeeds(usual, eased, easing).map((r) => r.text)).toEqual([
      "billing 20 is enough for now, 60 usually: Marek, “storm”.",
    ]);
    expect(saysNeeds([], eased, easing)).toHaveLength(1);
    expect(saysNeeds(eased, usual, []).map((r) => r.code)).toEqual(["skill-as-usual"]);
    expect(saysNeeds(usual, usual, easing)).toEqual([]);
  });
});

describe("a target that may take longer", () => {
  const targets = { urgent: 1_000, high: 2_000, normal: 3_000, low: 4_000 };
  const promise = (priority: "urgent" | "normal", crisis: boolean, ...easing: Easing[]) =>
    promisedTo({ queueId: "q", priority, crisis }, usualSla, { targets, calendarId: "c", easing });
  it("counts for its priorities only, never where people are in danger, and tells what is usual", () => {
    const half = longer(150, "normal", "low");
    expect(promise("normal", false, half)).toMatchObject({
      ...{ firstResponseMs: 4_500, nextResponseMs: 4_500, resolutionMs: null },
      stretch: { percent: 150, by: "Marek", usualMs: { first: 3_000, next: 3_000 } },
    });
    expect(promise("urgent", false, half)).toMatchObject({ firstResponseMs: 1_000, stretch: null });
    expect(promise("normal", true, half)).toMatchObject({ firstResponseMs: 3_000, stretch: null });
    expect(promise("normal", false)).toMatchObject({ firstResponseMs: 3_000, stretch: null });
  });
});
