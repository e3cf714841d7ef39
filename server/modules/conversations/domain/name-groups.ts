import type { Stitched } from "./stitch.ts";
import { compareSaid } from "./stitch-world.ts";

/**
 * Gives the new conversations of a stitching the ids they had before, so that deciding anew moves as little as possible: a
 * conversation keeps its id with its earliest former member. Returns from placeholder (`new:…`) to id; a missing one is new.
 * `keep`: ids that other, untouched messages still hold.
 */
export function nameGroups(
  stitched: readonly Stitched[],
  former: ReadonlyMap<string, string>,
  keep: ReadonlySet<string>,
): Map<string, string> {
  const named = new Map<string, string>();
  const taken = new Set<string>();
  const members = stitched
    .filter((s) => s.decision.conversationId?.startsWith("new:") && s.decision.role !== "bystander")
    .sort((a, b) => compareSaid(a.message, b.message));
  for (const { message, decision } of members) {
    const before = former.get(message.id);
    if (before === undefined || keep.has(before) || taken.has(before) || named.has(decision.conversationId!)) continue;
    named.set(decision.conversationId!, before);
    taken.add(before);
  }
  return named;
}
