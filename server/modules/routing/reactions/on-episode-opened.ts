import { EpisodeOpened } from "#events/conversations";
import { instantOf } from "#platform/clock";
import { reaction } from "#platform/journal/reader";
import { arrive, end } from "../domain/transitions.ts";
import { inRouting } from "../in-routing.ts";
import { newWork } from "../new-work.ts";
import { lastOwners } from "../store/work-store.ts";

/** An open episode becomes exactly one work item. */
export const onEpisodeOpened = reaction(EpisodeOpened, async (tx, events) => {
  const episodes = events.map((e) => e.payload);
  const episodeIds = episodes.map((e) => e.episodeId);
  const conversationIds = episodes.map((e) => e.conversationId);
  const lastOwner = await lastOwners(tx, conversationIds);
  await inRouting(tx, { episodeIds, conversationIds }, (session) => {
    for (const episode of episodes) {
      const items = [...session.items.values()];
      if (items.some((item) => item.episodeId === episode.episodeId)) continue;
      // An episode opens only after the last one was done: what is open of it still is left over.
      for (const old of items.filter((item) => item.conversationId === episode.conversationId))
        end(session, old, "done", "A new episode began.", session.now);
      const t0 = instantOf(episode.t0) ?? session.now;
      const last = episode.lastOwnerId ?? lastOwner.get(episode.conversationId) ?? null;
      const { item, reasons } = newWork(session, episode, t0, last);
      const { customerId, brandId, channelId, visibility } = episode;
      session.made.set(item.id, { customerId, brandId, channelId, visibility });
      arrive(session, item, reasons, session.now);
    }
  });
});
