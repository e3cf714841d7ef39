import { EpisodeOpened } from "#events/conversations";
import { instantOf } from "#platform/clock";
import { reaction } from "#platform/journal/reader";
import { arrive, end } from "../domain/transitions.ts";
import { inRouting } from "../in-routing.ts";
import { newWork } from "../new-work.ts";
import type { Session } from "../session.ts";
import { lastOf } from "../store/work-store.ts";

/** An open episode becomes exactly one work item. */
export const onEpisodeOpened = reaction(EpisodeOpened, async (tx, events) => {
  const episodes = events.map(({ payload, traceId }) => ({ ...payload, traceId }));
  const episodeIds = episodes.map((e) => e.episodeId);
  const conversationIds = episodes.map((e) => e.conversationId);
  const before = await lastOf(tx, conversationIds);
  const act = (session: Session) => {
    const known = new Set([...session.items.values()].map((item) => item.episodeId));
    const byConversation = Map.groupBy(session.items.values(), (item) => item.conversationId);
    for (const episode of episodes) {
      if (known.has(episode.episodeId)) continue;
      known.add(episode.episodeId);
      // An episode opens only after the last one was done: what is open of it still is left over.
      for (const old of byConversation.get(episode.conversationId) ?? [])
        end(session, old, "done", "A new episode began.", session.now);
      const t0 = instantOf(episode.t0) ?? session.now;
      const stood = before.get(episode.conversationId);
      const last = episode.lastOwnerId ?? stood?.lastOwnerId ?? null;
      const { item, reasons } = newWork(session, episode, t0, last);
      const { customerId, brandId, channelId, visibility, traceId } = episode;
      if (stood) session.before.set(item.id, { queueId: stood.queueId, ownerId: stood.ownerId });
      session.made.set(item.id, { customerId, brandId, channelId, visibility, traceId });
      byConversation.set(episode.conversationId, [...(byConversation.get(episode.conversationId) ?? []), item]);
      arrive(session, item, reasons, session.now);
    }
  };
  const named = episodes.flatMap((e) => e.lastOwnerId ?? before.get(e.conversationId)?.lastOwnerId ?? []);
  await inRouting(tx, { episodeIds, conversationIds }, act, { named });
});
