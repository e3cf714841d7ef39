import { type Instant, MINUTE } from "#platform/clock";
import type { Tier } from "./needed.ts";

export type Stage = "approvers" | "deputies" | "supervisors";

/** How far a request has come. A request keeps its tiers: rules that change do not change what waits. */
export interface Course {
  readonly tiers: readonly Tier[];
  readonly tier: number;
  readonly stage: Stage;
  /** Who is asked now. */
  readonly asked: readonly string[];
  readonly since: Instant;
  /** Then the next ones are asked; null: there is nobody beyond. */
  readonly dueAt: Instant | null;
  readonly alarmedAt: Instant | null;
}

/** Who people are at this moment. Never the author, unless approvers may pass their own. */
export interface People {
  /** Of these targets everybody who may pass the reply; `named`: being named is enough. */
  ask(keys: readonly string[], named: boolean): readonly string[];
  /** Everybody with the right to approve where the conversation stands. */
  supervisors(): readonly string[];
  /** Whether this person is one of the targets, also one who is not here now. */
  isOne(agentId: string, keys: readonly string[], named: boolean): boolean;
}

export interface Step {
  readonly course: Course;
  /** Somebody else is asked than before: they are told. */
  readonly fresh: readonly string[];
  /** Nobody can pass it, or nobody has in all the time there was. */
  readonly alarm: "nobody" | "silence" | null;
}

const minutesOf = (tiers: readonly Tier[], tier: number): number => tiers[tier]?.minutes ?? USUAL_MINUTES;
/** Of a reply that its author wanted to be looked at, without any rule. */
export const USUAL_MINUTES = 15;

const STAGES: readonly Stage[] = ["approvers", "deputies", "supervisors"];

export function begin(tiers: readonly Tier[], people: People, now: Instant): Step {
  return enter({ tiers, tier: 0, asked: [], since: now, alarmedAt: null }, "approvers", people, now);
}

/** The first stage from this one on at which there is anybody. At the end stand the supervisors; where there are none, an alarm does. */
function enter(at: Omit<Course, "stage" | "dueAt">, from: Stage, people: People, now: Instant): Step {
  for (const stage of STAGES.slice(STAGES.indexOf(from))) {
    const found = peopleAt(at.tiers[at.tier], stage, people);
    if (found.length === 0) continue;
    // Whoever was asked before may still pass it.
    const asked = stage === from && from === "approvers" ? found : [...new Set([...at.asked, ...found])];
    const fresh = found.filter((id) => !at.asked.includes(id));
    const course = { ...at, stage, asked, since: now, dueAt: now + minutesOf(at.tiers, at.tier) * MINUTE };
    return { course, fresh, alarm: null };
  }
  const none: Course = { ...at, stage: "supervisors", since: now, dueAt: null, alarmedAt: now };
  return { course: none, fresh: [], alarm: at.asked.length === 0 ? "nobody" : "silence" };
}

function peopleAt(tier: Tier | undefined, stage: Stage, people: People): readonly string[] {
  if (stage === "supervisors") return people.supervisors();
  if (!tier) return [];
  return people.ask(stage === "approvers" ? tier.approvers : tier.deputies, tier.named);
}

/** The time of those who are asked is over: the next ones are asked. Silence never passes anything. */
export function passTime(course: Course, people: People, now: Instant): Step | null {
  if (course.dueAt === null || course.dueAt > now) return null;
  const next = STAGES[STAGES.indexOf(course.stage) + 1];
  if (next) return enter(course, next, people, now);
  return { course: { ...course, dueAt: null, alarmedAt: now }, fresh: [], alarm: "silence" };
}

/** Who may pass, return or change it now. */
export function mayDecide(course: Course, agentId: string, people: People): boolean {
  const tier = course.tiers[course.tier];
  if (tier && people.isOne(agentId, tier.approvers, tier.named)) return true;
  if (course.stage === "approvers") return false;
  if (tier && people.isOne(agentId, tier.deputies, tier.named)) return true;
  return course.stage === "supervisors" && people.supervisors().includes(agentId);
}

/** After the look that is at work these come as well; where its words were changed, also those who passed them as they were before. */
export function lookAgain(course: Course, also: readonly Tier[], edited: boolean): Course {
  const earlier = edited ? course.tiers.slice(0, course.tier) : [];
  if (earlier.length + also.length === 0) return course;
  const done = course.tiers.length > 0 ? course.tiers.slice(0, course.tier + 1) : [SUPERVISORS];
  return { ...course, tiers: [...done, ...earlier, ...also, ...course.tiers.slice(course.tier + 1)] };
}
/** The look of a reply that no rule asked for. */
const SUPERVISORS: Tier = { approvers: [], deputies: [], minutes: USUAL_MINUTES, named: false };

/**
 * One look is done. The next that is left is somebody else's: whoever passed it is not asked twice. Null: all have passed it.
 */
export function passed(course: Course, by: string, people: People, now: Instant): Step | null {
  let tier = course.tier + 1;
  while (tier < course.tiers.length) {
    const next = course.tiers[tier]!;
    if (!people.isOne(by, next.approvers, next.named)) break;
    tier++;
  }
  if (tier >= course.tiers.length) return null;
  return enter({ ...course, tier, asked: [], alarmedAt: null }, "approvers", people, now);
}
