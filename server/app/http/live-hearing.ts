import { can, type Verb, type Where } from "#modules/people";
import type { Tx } from "#platform/db";
import type { Actor, Grant } from "#platform/http/actor";
import type { LiveNeed, LiveNotice, LiveSpot, LiveWhere } from "#platform/journal/live";

const keyOf = ({ of, id }: LiveSpot) => `${of} ${id}`;
const needsOf = ({ needs }: LiveNotice): readonly LiveNeed[] =>
  Array.isArray(needs) ? (needs as readonly LiveNeed[]) : [needs as LiveNeed];

/** Where the things stand that notices are about: looked up for a batch of them at once, whoever hears. */
export type Found = Map<string, Where>;

export function spotsOf(notices: Iterable<LiveNotice>): Map<string, LiveSpot> {
  const spots = new Map<string, LiveSpot>();
  for (const notice of notices)
    for (const need of needsOf(notice))
      if (typeof need === "object" && "verb" in need && need.at) spots.set(keyOf(need.at), need.at);
  return spots;
}

/** One question for each kind of thing. What stands nowhere is for who may see the whole account. */
export async function findWhere(tx: Tx, whereOf: LiveWhere, notices: Iterable<LiveNotice>): Promise<Found> {
  const found: Found = new Map();
  const spots = Map.groupBy(spotsOf(notices).values(), (spot) => spot.of);
  for (const [of, some] of spots) {
    const there = await whereOf[of]?.(
      tx,
      some.map((spot) => spot.id),
    );
    for (const spot of some) found.set(keyOf(spot), there?.get(spot.id) ?? {});
  }
  return found;
}

/** May this actor be told: by a right where the thing stands, or by name? */
export function mayHear(actor: Actor, notice: LiveNotice, where: Found): boolean {
  return needsOf(notice).some((need) => {
    if (need === "any") return true;
    if ("agentId" in need) return need.agentId === actor.id;
    return can(actor, need.verb as Verb, need.at && (where.get(keyOf(need.at)) ?? {}));
  });
}

export function sameRights(one: Actor, other: Actor): boolean {
  const words = (grants: readonly Grant[]) => grants.map((g) => `${g.verb} ${g.scope} ${g.scopeId}`).sort();
  return JSON.stringify(words(one.grants)) === JSON.stringify(words(other.grants));
}
