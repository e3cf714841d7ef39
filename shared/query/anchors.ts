import type { Positional, Query, Spot } from "./ast.ts";
import type { QueryFault } from "./query-error.ts";

/**
 * The leaf queries of which at least one is true of every post that matches; null when there are none, because posts
 * could match by what they lack, or by a mere trait (a language, a picture, a number of followers).
 * `cost` is smaller the rarer a leaf is thought to be: of what has to come together, the cheapest set is taken.
 */
export type Anchor = Exclude<Query, { kind: "all" | "any" | "not" | "near" | "followers" }>;

export function anchorsOf(query: Query, cost: (anchor: Anchor) => number): { of: Anchor[]; cost: number } | null {
  switch (query.kind) {
    case "all":
      return cheapest(query.of.map((one) => anchorsOf(one, cost)));
    case "near":
      return cheapest([anchorsOf(query.left, cost), anchorsOf(query.right, cost)]);
    case "any": {
      const each = (query.of as readonly Query[]).map((one) => anchorsOf(one, cost));
      if (each.some((one) => one === null)) return null;
      const sets = each as { of: Anchor[]; cost: number }[];
      return { of: sets.flatMap((one) => one.of), cost: sets.reduce((sum, one) => sum + one.cost, 0) };
    }
    case "not":
    case "followers":
      return null;
    case "field":
      return query.name === "from" || query.name === "to" || query.name === "url"
        ? { of: [query], cost: cost(query) }
        : null;
    default:
      return { of: [query], cost: cost(query) };
  }
}

function cheapest(sets: readonly ({ of: Anchor[]; cost: number } | null)[]): { of: Anchor[]; cost: number } | null {
  let best: { of: Anchor[]; cost: number } | null = null;
  for (const set of sets) if (set && (!best || set.cost < best.cost)) best = set;
  return best;
}

/** The part by which a query would match nearly everything; null when it is bound to something. */
export function matchesEverything(query: Query): QueryFault | null {
  const loose = unbound(query);
  if (!loose) return null;
  return {
    ...{ code: "matches-everything", at: loose.at, length: loose.length },
    says: "By this part nearly every post would match: it only leaves out, or asks for a trait.",
    write: "a word, #tag, @handle, from: or url: with AND before it",
  };
}

function unbound(query: Query | Positional): Spot | null {
  if (query.kind === "any") {
    for (const one of query.of) {
      const found = unbound(one);
      if (found) return found;
    }
    return null;
  }
  return anchorsOf(query, () => 1) === null ? query.spot : null;
}
