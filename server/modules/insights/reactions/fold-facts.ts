import { EpisodeAnswered, EpisodeContinued, EpisodeDone, EpisodeOpened, MessagePlaced } from "#events/conversations";
import { FiguresChanged } from "#events/insights";
import { WorkQueued } from "#events/routing";
import type { Tx } from "#platform/db";
import { type Reader, reaction } from "#platform/journal/reader";
import {
  dropEpisode,
  dropQuestion,
  putAnswer,
  putDone,
  putEpisodes,
  putMessages,
  putQuestion,
  putQueue,
} from "../store/fact-store.ts";

function moved(tx: Tx, episodeId: string): void {
  tx.announce(FiguresChanged, {
    key: episodeId,
    entity: "episode-fact",
    entityId: episodeId,
    entityVersion: 1,
    payload: { episodeId },
  });
}

/** Folds what happened into facts. Each fold may be repeated: it writes what is so, it does not add. */
export const reader: Reader = {
  name: "insights",
  reactions: [
    reaction(MessagePlaced, async (tx, events) => {
      await putMessages(
        tx,
        events.map(({ payload: p }) => ({
          message_id: p.messageId,
          sent_at: p.sentAt,
          network: p.network,
          visibility: p.visibility,
          direction: p.direction,
          language: p.language,
          noise: p.noise,
          actionable: p.actionable,
          gratitude: p.gratitude,
        })),
      );
    }),
    reaction(EpisodeOpened, async (tx, events) => {
      await putEpisodes(
        tx,
        events.map(({ payload: p }) => ({
          episode_id: p.episodeId,
          conversation_id: p.conversationId,
          customer_id: p.customerId,
          brand_id: p.brandId,
          network: p.network,
          medium: p.medium,
          visibility: p.visibility,
          language: p.language,
          opened_at: p.t0,
          reopens: p.reopens,
          message_id: p.messageId,
        })),
      );
      for (const e of events) moved(tx, e.payload.episodeId);
    }),
    reaction(EpisodeContinued, async (tx, events) => {
      for (const { payload: p } of events) {
        if (p.waits) await putQuestion(tx, p.episodeId, p.messageId, p.t0);
        else await dropQuestion(tx, p.episodeId);
      }
    }),
    reaction(EpisodeAnswered, async (tx, events) => {
      for (const { payload: p } of events) {
        await putAnswer(tx, { episodeId: p.episodeId, at: p.answeredAt, by: p.agentId, visibility: p.visibility });
        moved(tx, p.episodeId);
      }
    }),
    reaction(EpisodeDone, async (tx, events) => {
      for (const { payload: p } of events) {
        // A late message showed that it was part of another episode: it never was work of its own.
        if (p.outcome === "merged" && p.by === null) {
          await dropEpisode(tx, p.episodeId);
          continue;
        }
        await putDone(tx, {
          episodeId: p.episodeId,
          at: p.doneAt,
          by: p.by,
          outcome: p.outcome,
          windowUntil: p.windowUntil,
        });
        moved(tx, p.episodeId);
      }
    }),
    reaction(WorkQueued, async (tx, events) => {
      for (const { payload: p } of events)
        await putQueue(tx, { episodeId: p.episodeId, queueId: p.queueId, dueAt: p.dueAt });
    }),
  ],
};
