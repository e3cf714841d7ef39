import { EpisodeDone, EpisodeOpened } from "#events/conversations";
import { labelsOfMessages } from "#modules/listening";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { EpisodeClock } from "../domain/episode.ts";
import { isAbsorbed } from "../domain/join-model.ts";
import {
  countPlaces,
  deleteEpisodes,
  type EpisodeChange,
  type EpisodeRow,
  insertBegun,
  type PlaceChange,
  relink,
  saveEpisodeChanges,
  savePlaceChanges,
  settleConversations,
} from "../store/joined-store.ts";
import { type Plan, rootIn } from "./plan.ts";

/** Writes what a plan says. Who announces the act itself does that before: begun and void episodes are told here. */
export async function applyPlan(tx: Tx, plan: Plan, by: string | null): Promise<void> {
  await savePlaceChanges(tx, placeChanges(plan));
  await deleteEpisodes(
    tx,
    plan.settled.void.map((e) => e.id),
  );
  await saveEpisodeChanges(tx, episodeChanges(plan));
  await insertBegun(
    tx,
    plan.settled.begun.map((e) => {
      const opener = plan.places.get(e.openedBy)!;
      const { brandId, channelId, medium, visibility } = opener;
      return {
        ...{ id: e.id, conversationId: e.conversationId, ordinal: e.ordinal, brandId, channelId, medium, visibility },
        ...{ openedAt: e.openedAt, openedBy: e.openedBy, priority: e.priority, clock: plan.clocks.get(e.id)! },
        madeByAct: e.madeByAct!,
      };
    }),
  );
  const moved = plan.settled.messages.map((m) => plan.places.get(m.id)!);
  await relink(
    tx,
    moved.flatMap((p) =>
      p.handleId === null ? [] : [{ channelId: p.channelId, threadKey: p.threadKey, handleId: p.handleId }],
    ),
  );
  await settleConversations(tx, await conversationsAfter(tx, plan));
  await announce(tx, plan, by);
}

function placeChanges(plan: Plan): PlaceChange[] {
  const settled = new Map(plan.settled.messages.map((m) => [m.id, m]));
  const ids = new Set([...settled.keys(), ...[...plan.stands.keys()].filter((id) => plan.places.has(id))]);
  return [...ids].map((id) => {
    const p = plan.places.get(id)!;
    const now = settled.get(id) ?? p;
    const home = p.homeId === null ? p.conversationId : p.homeId;
    const homeEpisodeId = p.homeId === null ? p.episodeId : p.homeEpisodeId;
    const homeRole = p.homeId === null ? p.role : p.homeRole;
    const asked = plan.stands.get(id);
    const stands = asked === "" ? home : (asked ?? p.standsId ?? p.conversationId);
    const atHome =
      now.conversationId === home && now.episodeId === homeEpisodeId && now.role === homeRole && stands === home;
    return {
      ...{ messageId: id, conversationId: now.conversationId, episodeId: now.episodeId, role: now.role },
      ...(atHome
        ? { homeId: null, homeEpisodeId: null, homeRole: null, standsId: null }
        : { homeId: home, homeEpisodeId, homeRole, standsId: stands }),
    };
  });
}

/** What another one goes on for waits for nothing itself. */
const NO_CLOCK: EpisodeClock = {
  unansweredId: null,
  unansweredSince: null,
  firstReplyAt: null,
  lastReplyAt: null,
  answers: [],
};

function episodeChanges(plan: Plan): EpisodeChange[] {
  const changed = new Map(plan.settled.episodes.map((e) => [e.id, e]));
  const gone = new Set(plan.settled.void.map((e) => e.id));
  return [...plan.episodes.values()].flatMap((was) => {
    if (gone.has(was.id)) return [];
    const e = changed.get(was.id) ?? was;
    const clock = isAbsorbed(e) ? NO_CLOCK : (plan.clocks.get(e.id) ?? null);
    if (!changed.has(was.id) && (clock === null || sameClock(was, clock))) return [];
    const turn =
      was.state === "open" && e.state === "done"
        ? "absorbed"
        : was.state === "done" && e.state === "open"
          ? "freed"
          : "same";
    const { id, conversationId, homeId, ordinal, state, absorbedBy, doneWith, priority, ownPriority } = e;
    return [
      {
        id,
        conversationId,
        homeId,
        ordinal,
        state,
        absorbedBy,
        doneWith,
        priority,
        ownPriority,
        clock,
        turn,
      } satisfies EpisodeChange,
    ];
  });
}

function sameClock(e: EpisodeRow, clock: EpisodeClock): boolean {
  return (
    e.unansweredSince === clock.unansweredSince &&
    e.unansweredMessage === clock.unansweredId &&
    e.firstReplyAt === clock.firstReplyAt &&
    e.lastReplyAt === clock.lastReplyAt
  );
}

/** Where the addresses of the conversations concerned lead now. One that has nothing left leads to the other. */
async function conversationsAfter(tx: Tx, plan: Plan): Promise<{ id: string; mergedInto: string | null }[]> {
  const held = await countPlaces(tx, [...plan.conversations.keys()]);
  const { sourceId, targetId } = plan.change.kind === "undo" ? plan.change.act : plan.change;
  return [...plan.conversations.values()].map((c) => {
    const merged = plan.merges.get(c.id);
    if (merged !== undefined) return { id: c.id, mergedInto: merged };
    if ((held.get(c.id) ?? 0) > 0) return { id: c.id, mergedInto: null };
    const others = [targetId, sourceId].map((id) => rootIn(plan.merges, id));
    const holder = others.find((id) => id !== c.id && (held.get(id) ?? 0) > 0);
    return { id: c.id, mergedInto: holder ?? c.mergedInto };
  });
}

async function announce(tx: Tx, plan: Plan, by: string | null): Promise<void> {
  const { begun, void: gone } = plan.settled;
  const labels =
    begun.length === 0
      ? new Map()
      : await labelsOfMessages(
          tx,
          begun.map((e) => e.openedBy),
        );
  for (const e of begun) {
    const opener = plan.places.get(e.openedBy)!;
    const label = labels.get(e.openedBy);
    const clock = plan.clocks.get(e.id)!;
    tx.announce(EpisodeOpened, {
      ...{ key: e.conversationId, entity: "episode", entityId: e.id, entityVersion: 1 },
      payload: {
        ...{ episodeId: e.id, conversationId: e.conversationId, channelId: opener.channelId, network: opener.network },
        customerId: opener.customerId ?? plan.conversations.get(e.conversationId)?.customerId ?? "",
        ...{ brandId: opener.brandId, medium: opener.medium, visibility: opener.visibility },
        ...{ messageId: e.openedBy, t0: iso(clock.unansweredSince ?? opener.sentAt), priority: e.priority },
        ...{ language: label?.language ?? "und", risks: [...(label?.risks ?? [])], reopens: null },
        // Who parted it is the first to be asked to go on with it.
        ...{ lastOwnerId: by, rule: "parted", says: "An agent put this question apart; it still waits for an answer." },
      },
    });
  }
  for (const e of gone)
    tx.announce(EpisodeDone, {
      // Where it was told of before, so that whoever reads this has read that.
      ...{ key: plan.episodes.get(e.id)!.conversationId, entity: "episode", entityId: e.id },
      entityVersion: plan.episodes.get(e.id)!.version + 1,
      payload: {
        ...{ episodeId: e.id, conversationId: plan.episodes.get(e.id)!.conversationId, outcome: "merged", by: null },
        ...{ doneAt: iso(tx.now), windowUntil: iso(tx.now) },
      },
    });
}
