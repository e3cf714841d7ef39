import { ConversationJoinUndone, ConversationSplit, ConversationsMerged, MessagesMoved } from "#events/conversations";
import { FiguresChanged } from "#events/insights";
import { episodesNow, placesNow } from "#modules/conversations";
import type { Tx } from "#platform/db";
import type { EventType, JournalEvent } from "#platform/journal/event";
import { type Reaction, reaction } from "#platform/journal/reader";
import { restateEpisodes, restatePlaces } from "../store/restated-store.ts";

interface Story {
  conversationIds: readonly string[];
  episodeIds: readonly string[];
}

/** Facts of what a person put together or apart are made anew of what is so now: whatever was read before or comes after, the figures agree with it. */
async function restate(tx: Tx, events: readonly JournalEvent<Story>[]): Promise<void> {
  const episodeIds = [...new Set(events.flatMap((e) => e.payload.episodeIds))];
  await restateEpisodes(tx, await episodesNow(tx, episodeIds));
  await restatePlaces(tx, await placesNow(tx, [...new Set(events.flatMap((e) => e.payload.conversationIds))]));
  const episodeId = episodeIds.at(-1);
  if (episodeId === undefined) return;
  tx.announce(FiguresChanged, {
    ...{ key: episodeId, entity: "episode-fact", entityId: episodeId, entityVersion: 1 },
    payload: { episodeId },
  });
}

export const onJoins: readonly Reaction[] = [
  ConversationsMerged,
  ConversationSplit,
  MessagesMoved,
  ConversationJoinUndone,
].map((type) => reaction(type as unknown as EventType<Story>, restate));
