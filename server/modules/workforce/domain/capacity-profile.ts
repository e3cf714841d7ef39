import type { Instant } from "#platform/clock";
import type { Result } from "#platform/result";

export const mediumKinds = ["phone", "chat", "dm", "public", "email"] as const;
export type MediumKind = (typeof mediumKinds)[number];

/** How much somebody takes on. 100 is a full agent; a kind without a cap has the usual one, 0 is never held out. */
export interface Capacity {
  readonly budget: number;
  readonly limits: Readonly<Partial<Record<MediumKind, number>>>;
  /** Of each group only one kind is in hands at a time: a chat and mails, but never a chat and a private message. */
  readonly apart: readonly (readonly MediumKind[])[];
}
export interface CapacityProfile extends Capacity {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}
export interface Given {
  readonly id: string;
  readonly profileId: string;
  readonly subjectKind: "agent" | "team";
  readonly subjectId: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant | null;
}

export const usualCapacity: Capacity = { budget: 100, limits: {}, apart: [] };

/**
 * The profile that counts for an agent at an instant, and when that changes next by itself. The agent's own goes before the team's; of
 * several the one that began last.
 */
export function profileAt(
  given: readonly Given[],
  agent: { readonly id: string; readonly teamIds: readonly string[] },
  at: Instant,
): { profileId: string | null; changesAt: Instant | null } {
  const mine = given.filter((g) =>
    g.subjectKind === "agent" ? g.subjectId === agent.id : agent.teamIds.includes(g.subjectId),
  );
  const inForce = mine.filter((g) => g.validFrom <= at && (g.validUntil === null || g.validUntil > at));
  const own = (g: Given) => Number(g.subjectKind === "agent");
  const best = inForce.toSorted((a, b) => own(b) - own(a) || b.validFrom - a.validFrom || (a.id < b.id ? 1 : -1))[0];
  const coming = mine.flatMap((g) => [g.validFrom, g.validUntil ?? at]).filter((t) => t > at);
  return { profileId: best?.profileId ?? null, changesAt: coming.length === 0 ? null : Math.min(...coming) };
}

export type CapacityFault = "nothing" | "apart-alone" | "apart-twice";

/** A profile that makes sense: something can be held out, and a group keeps at least two kinds apart. */
export function checkCapacity({ limits, apart }: Capacity): Result<object, CapacityFault> {
  if (mediumKinds.every((kind) => limits[kind] === 0)) return { ok: false, why: "nothing" };
  if (apart.some((group) => new Set(group).size < 2)) return { ok: false, why: "apart-alone" };
  const keys = apart.map((group) => [...new Set(group)].sort().join());
  return new Set(keys).size < keys.length ? { ok: false, why: "apart-twice" } : { ok: true };
}

export const sameCapacity = (a: Capacity, b: Capacity): boolean => keyOf(a) === keyOf(b);
const keyOf = ({ budget, limits, apart }: Capacity) =>
  JSON.stringify([budget, mediumKinds.map((kind) => limits[kind] ?? null), apart]);
