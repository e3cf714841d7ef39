import type { Priority } from "#contracts/policy";
import type { Instant } from "#platform/clock";
import { isAbsorbed } from "../domain/join-model.ts";
import type { JoinAct } from "../store/join-store.ts";
import { type Plan, rootIn } from "./plan.ts";

/** An episode as an act leaves it. */
export interface JoinedEpisodeFacts {
  id: string;
  conversationId: string;
  /** `absorbed`: another one goes on for it; `gone`: an act had begun it, and it never was. */
  state: "open" | "absorbed" | "done" | "gone";
  absorbedBy: string | null;
  was: "open" | "absorbed" | "done" | "none";
  wasIn: string | null;
  /** Since when the customer waits; null: nobody does. */
  waitsSince: Instant | null;
  waitedSince: Instant | null;
  priority: Priority;
  /** Who answered last in it. */
  answeredBy: string | null;
}

/** What an act changes, or changed. */
export interface Joined {
  act: JoinAct | null;
  /** Messages that are in another conversation than before. */
  moved: { messageId: string; from: string; to: string }[];
  /** Every episode that is not as it was, or whose messages are not. */
  episodes: JoinedEpisodeFacts[];
  /** Conversations concerned, as they were before. */
  conversations: { id: string; version: number; customerId: string; brandId: string }[];
  /** Where each of these is shown now: itself, or the one it is part of. */
  roots: { id: string; root: string }[];
  /** Messages that came since and stay: of an undo only. */
  stay: number;
}

export function outcomeOf(plan: Plan, act: JoinAct | null): Joined {
  const changed = new Map(plan.settled.messages.map((m) => [m.id, m]));
  const moved = plan.settled.messages
    .filter((m) => m.conversationId !== m.was.conversationId)
    .map((m) => ({ messageId: m.id, from: m.was.conversationId, to: m.conversationId }));
  const touched = new Set<string>();
  for (const m of plan.settled.messages) for (const id of [m.was.episodeId, m.episodeId]) if (id) touched.add(id);
  for (const e of [...plan.settled.episodes, ...plan.settled.begun, ...plan.settled.void]) touched.add(e.id);
  const after = new Map(plan.settled.episodes.map((e) => [e.id, e]));
  const gone = new Set(plan.settled.void.map((e) => e.id));
  const begun = new Map(plan.settled.begun.map((e) => [e.id, e]));
  const answeredBy = lastAnswers(plan, changed);
  const episodes = [...touched].flatMap((id): JoinedEpisodeFacts[] => {
    const was = plan.episodes.get(id);
    const e = begun.get(id) ?? after.get(id) ?? was;
    if (!e) return [];
    const stateOf = (x: { state: "open" | "done"; absorbedBy: string | null }) =>
      isAbsorbed(x) ? ("absorbed" as const) : x.state;
    return [
      {
        ...{
          id,
          conversationId: e.conversationId,
          state: gone.has(id) ? "gone" : stateOf(e),
          absorbedBy: isAbsorbed(e) ? e.absorbedBy : null,
        },
        ...{ was: was ? stateOf(was) : "none", wasIn: was?.conversationId ?? null },
        waitsSince: plan.clocks.get(id)?.unansweredSince ?? null,
        waitedSince: plan.clocksBefore.get(id)?.unansweredSince ?? null,
        ...{ priority: e.priority, answeredBy: answeredBy.get(id) ?? null },
      },
    ];
  });
  return {
    ...{ act, moved, episodes },
    conversations: [...plan.conversations.values()].map(({ id, version, customerId, brandId }) => ({
      ...{ id, version, customerId, brandId },
    })),
    roots: rootsOf(plan),
    stay:
      act === null ? 0 : [...plan.places.values()].filter((p) => p.sentAt > act.at && !changed.has(p.messageId)).length,
  };
}

function lastAnswers(plan: Plan, changed: ReadonlyMap<string, { episodeId: string | null }>): Map<string, string> {
  const last = new Map<string, { at: Instant; agentId: string }>();
  for (const p of plan.places.values()) {
    const now = changed.get(p.messageId);
    const episodeId = now ? now.episodeId : p.episodeId;
    if (p.role !== "us" || p.agentId === null || episodeId === null) continue;
    if ((last.get(episodeId)?.at ?? Number.NEGATIVE_INFINITY) <= p.sentAt)
      last.set(episodeId, { at: p.sentAt, agentId: p.agentId });
  }
  return new Map([...last].map(([id, a]) => [id, a.agentId]));
}

/** Every conversation that a merge concerned here may have taken along. */
function rootsOf(plan: Plan): Joined["roots"] {
  const undone = plan.change.kind === "undo" ? [plan.change.act.sourceId, plan.change.act.targetId] : [];
  const ids = new Set([...plan.conversations.keys(), ...plan.merges.keys(), ...plan.merges.values(), ...undone]);
  return [...ids].map((id) => ({ id, root: rootIn(plan.merges, id) }));
}
