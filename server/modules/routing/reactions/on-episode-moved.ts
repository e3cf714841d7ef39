import { ConversationCustomerChanged, EpisodeAnswered, EpisodeContinued, EpisodeDone } from "#events/conversations";
import { instantOf } from "#platform/clock";
import { reaction } from "#platform/journal/reader";
import { answered, customerWaits, end } from "../domain/transitions.ts";
import { inRouting } from "../in-routing.ts";
import { withInterrupted } from "../interrupted.ts";
import type { Session } from "../session.ts";
import { moveCustomers, moveWork } from "../store/work-store.ts";

const itemOfEpisode = (session: Session, episodeId: string) =>
  [...session.items.values()].find((item) => item.episodeId === episodeId);

/** The customer said more: when an answer is owed again the clock runs, and what was put aside wakes. Thanks change nothing. */
export const onEpisodeContinued = reaction(EpisodeContinued, async (tx, events) => {
  const waiting = events.map((e) => e.payload).filter((e) => e.waits);
  if (waiting.length === 0) return;
  await inRouting(tx, { episodeIds: waiting.map((e) => e.episodeId) }, (session) => {
    for (const { episodeId, t0, priority } of waiting) {
      const item = itemOfEpisode(session, episodeId);
      if (item) customerWaits(session, item, { t0: instantOf(t0) ?? session.now, priority }, session.now);
    }
  });
  // Where the customer speaks now: the list shows it.
  await moveWork(tx, waiting);
});

/** Handles were joined or parted: the list names who it is now. */
export const onCustomerChanged = reaction(ConversationCustomerChanged, async (tx, events) => {
  await moveCustomers(
    tx,
    events.map((e) => e.payload),
  );
});

/** We answered: the clock stops and the agent's capacity is free. */
export const onEpisodeAnswered = reaction(EpisodeAnswered, async (tx, events) => {
  await inRouting(tx, { episodeIds: events.map((e) => e.payload.episodeId) }, (session) => {
    for (const { payload } of events) {
      const item = itemOfEpisode(session, payload.episodeId);
      // The customer spoke again before this answer was read here: an answer is owed still.
      const late = item && item.clock === "running" && item.t0 > (instantOf(payload.answeredAt) ?? 0);
      if (item && !late) answered(session, item, session.now, payload.agentId);
    }
  });
});

export const onEpisodeDone = reaction(EpisodeDone, async (tx, events) => {
  await inRouting(tx, { episodeIds: events.map((e) => e.payload.episodeId) }, async (session) => {
    for (const { payload } of events) {
      const item = itemOfEpisode(session, payload.episodeId);
      await withInterrupted(session, item, item?.ownerId ?? null);
      if (item) end(session, item, "done", payload.outcome, session.now);
    }
  });
});
