import { EpisodeOpened } from "#events/conversations";
import { instantOf } from "#platform/clock";
import { reaction } from "#platform/journal/reader";
import { type Arriving, behindWhat, joinCrowds } from "../domain/flood.ts";
import { arrive, end } from "../domain/transitions.ts";
import { watchFloods } from "../floods.ts";
import { inRouting } from "../in-routing.ts";
import { newWork } from "../new-work.ts";
import type { Session } from "../session.ts";
import { arrivalFacts } from "../store/arrival-store.ts";

/** An open episode becomes exactly one work item. */
export const onEpisodeOpened = reaction(EpisodeOpened, async (tx, events) => {
  const episodes = events.map(({ payload, traceId }) => ({ ...payload, alike: payload.alike ?? null, traceId }));
  const episodeIds = episodes.map((e) => e.episodeId);
  const conversationIds = episodes.map((e) => e.conversationId);
  const { before, known: knows, crowds } = await arrivalFacts(tx, episodes);
  const act = async (session: Session) => {
    const known = new Set([...session.items.values()].map((item) => item.episodeId));
    const byConversation = Map.groupBy(session.items.values(), (item) => item.conversationId);
    let behind = false;
    for (const episode of episodes) {
      if (known.has(episode.episodeId)) continue;
      known.add(episode.episodeId);
      // An episode opens only after the last one was done: what is open of it still is left over.
      for (const old of byConversation.get(episode.conversationId) ?? [])
        end(session, old, "done", "A new episode began.", session.now, true);
      const t0 = instantOf(episode.t0) ?? session.now;
      const stood = before.get(episode.conversationId);
      const { item, reasons } = newWork(session, episode, t0, {
        lastOwnerId: episode.lastOwnerId ?? stood?.lastOwnerId ?? null,
        known: knows.get(episode.customerId) ?? [],
        barred: stood?.barred ?? [],
      });
      const { customerId, brandId, channelId, visibility, traceId, alike } = episode;
      const arriving: Arriving = { crisis: item.crisis, customerId, alike };
      const waits = behindWhat(arriving, crowds, session.policy);
      joinCrowds(arriving, waits?.key ?? null, crowds);
      if (waits) {
        item.behind = waits.key;
        reasons.push(waits.reason);
        behind = true;
      }
      if (stood) session.before.set(item.id, { queueId: stood.queueId, ownerId: stood.ownerId });
      session.made.set(item.id, { customerId, brandId, channelId, visibility, traceId, alike });
      byConversation.set(episode.conversationId, [...(byConversation.get(episode.conversationId) ?? []), item]);
      arrive(session, item, reasons, session.now);
    }
    if (behind) await watchFloods(tx);
  };
  const named = episodes.flatMap((e) => e.lastOwnerId ?? before.get(e.conversationId)?.lastOwnerId ?? []);
  await inRouting(tx, { episodeIds, conversationIds }, act, { named });
});
