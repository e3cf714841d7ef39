import type { Instant, Millis } from "#platform/clock";
import type { Item, Need, Priority, Reason } from "./model.ts";

interface Eased {
  /** The act of the supervisor who did it: by this it is ended. */
  readonly actId: string;
  readonly from: Instant;
  /** Then it is over by itself. */
  readonly until: Instant;
  readonly reason: string;
  readonly by: string;
}
/** Responses of these priorities may take so many per cent of what is usual. Never where people are in danger. */
export interface TargetStretch extends Eased {
  readonly what: "target";
  readonly percent: number;
  readonly priorities: readonly Priority[];
}
/** Of a skill the queue asks for, no more than this level is asked. */
export interface SkillLowered extends Eased {
  readonly what: "skill";
  readonly skillId: string;
  readonly level: number;
}
/** What a supervisor makes easier of a queue for a time. */
export type Easing = TargetStretch | SkillLowered;

export function stretchFor(
  easing: readonly Easing[],
  about: { priority: Priority; crisis: boolean },
): TargetStretch | null {
  if (about.crisis) return null;
  const found = easing.find((one) => one.what === "target" && one.priorities.includes(about.priority));
  return (found as TargetStretch | undefined) ?? null;
}

export const stretched = (ms: Millis, stretch: Pick<TargetStretch, "percent"> | null): Millis =>
  stretch === null ? ms : Math.round((ms * stretch.percent) / 100);

/** A clearance is had or not had; a skill and a language can be asked for less. */
export const mayBeLowered = (need: Pick<Need, "clearance">): boolean =>
  need.clearance === undefined || need.clearance === "skill" || need.clearance === "language";

/** What is asked now of what the queue asks: the usual level again where nothing is lowered any more. The same list where nothing differs. */
export function easedNeeds(
  needs: readonly Need[],
  queue: { skills: readonly { skillId: string }[]; easing: readonly Easing[] },
): readonly Need[] {
  const ofQueue = new Set(queue.skills.map((skill) => skill.skillId));
  let differs = false;
  const next = needs.map((need) => {
    if (need.usual === undefined && !ofQueue.has(need.skillId)) return need;
    const { usual = need.level, ...rest } = need;
    const lowered = mayBeLowered(need) ? lowest(queue.easing, need.skillId) : null;
    const level = lowered === null ? usual : Math.min(usual, lowered.level);
    if (level === need.level) return need;
    differs = true;
    return level === usual ? { ...rest, level } : { ...rest, level, usual };
  });
  return differs ? next : needs;
}

function lowest(easing: readonly Easing[], skillId: string): SkillLowered | null {
  const found = easing.filter((one): one is SkillLowered => one.what === "skill" && one.skillId === skillId);
  return found.reduce<SkillLowered | null>((a, b) => (a === null || b.level < a.level ? b : a), null);
}

/** Why less is asked of whoever takes it, or the usual again. */
export function saysNeeds(was: Item["needs"], now: Item["needs"], easing: readonly Easing[]): Reason[] {
  return now.flatMap((need): Reason[] => {
    const before = was.find((one) => one.skillId === need.skillId);
    if (before && before.level === need.level) return [];
    if (need.usual === undefined) {
      if (!before) return [];
      return [{ code: "skill-as-usual", text: `${need.name} ${need.level} is asked for again, as usual.` }];
    }
    const by = lowest(easing, need.skillId);
    const why = by === null ? "" : `: ${by.by}, “${by.reason}”`;
    return [
      { code: "skill-eased", text: `${need.name} ${need.level} is enough for now, ${need.usual} usually${why}.` },
    ];
  });
}
