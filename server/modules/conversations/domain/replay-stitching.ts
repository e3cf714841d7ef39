import type { Instant, Millis } from "#platform/clock";
import type { StitchSettings } from "./evidence.ts";
import { decide, remember } from "./stitch.ts";
import { emptyWorld, type StitchMessage, settleTimes } from "./stitch-world.ts";

/** Where a message stands in a run: the group, named by its first message; null outside of all. */
export interface Stood {
  id: string;
  at: Instant;
  group: string | null;
  /** The message of its group that was said last before it; null where it begins one. */
  after: string | null;
}

/**
 * Stitches a history under these limits, from nothing, in the order in which it was said. `ends`: when people ended work on what a message
 * belongs to today, which is known to nobody else.
 */
export function stitchHistory(
  messages: readonly StitchMessage[],
  settings: StitchSettings,
  ends: (messageId: string) => readonly Instant[] = () => [],
): Stood[] {
  const world = emptyWorld(true);
  const endsOf = new Map<string, Set<Instant>>();
  const lastOf = new Map<string, string>();
  return settleTimes(messages).map((m) => {
    for (const id of m.customerId === null ? [] : (world.byCustomer.get(m.customerId) ?? [])) {
      const done = [...(endsOf.get(id) ?? [])].filter((at) => at <= m.at);
      world.matters.get(id)!.doneAt = done.length === 0 ? null : Math.max(...done);
    }
    const decision = decide(world, m, settings);
    remember(world, m, decision);
    const group = decision.conversationId;
    if (group === null) return { id: m.id, at: m.at, group: null, after: null };
    const known = endsOf.get(group) ?? new Set();
    for (const at of ends(m.id)) known.add(at);
    endsOf.set(group, known);
    const after = lastOf.get(group) ?? null;
    lastOf.set(group, m.id);
    return { id: m.id, at: m.at, group, after };
  });
}

/** A message by which two runs differ. */
export interface StitchChange {
  messageId: string;
  at: Instant;
  /** Joined: it would continue what it begins today; parted: the other way round. */
  how: "joined" | "parted";
  /** The last message of the group it would be joined to, or parted from, and how long before. */
  otherId: string;
  afterMs: Millis;
}

/** What would be joined or parted, in the order in which it was said; of a message that goes from one group to another both. */
export function stitchChanges(before: readonly Stood[], after: readonly Stood[]): StitchChange[] {
  const was = new Map(before.map((s) => [s.id, s]));
  const at = new Map(after.map((s) => [s.id, s.at]));
  const groupWas = (id: string) => was.get(id)?.group ?? null;
  const groupIs = new Map(after.map((s) => [s.id, s.group]));
  return after.flatMap((now): StitchChange[] => {
    const old = was.get(now.id);
    if (!old) return [];
    const change = (how: StitchChange["how"], otherId: string) => ({
      ...{ messageId: now.id, at: now.at, how, otherId },
      afterMs: now.at - (at.get(otherId) ?? now.at),
    });
    const joined =
      now.after !== null && (old.group === null || groupWas(now.after) !== old.group)
        ? [change("joined", now.after)]
        : [];
    const parted =
      old.after !== null && (now.group === null || groupIs.get(old.after) !== now.group)
        ? [change("parted", old.after)]
        : [];
    return [...parted, ...joined];
  });
}
