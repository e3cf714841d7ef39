import {
  ConversationCustomerChanged,
  EpisodeAnswered,
  EpisodeContinued,
  EpisodeDone,
  EpisodeOpened,
  EpisodeRecalled,
  InviteExpired,
  InviteOpened,
  InviteReturned,
  InviteSent,
  MessagePlaced,
} from "#events/conversations";
import { ApprovalEnded, ClosingNoted } from "#events/desk";
import { FiguresChanged } from "#events/insights";
import { WorkAccepted, WorkChanged, WorkQueued } from "#events/routing";
import type { Tx } from "#platform/db";
import { type Reader, reaction } from "#platform/journal/reader";
import { putApprovals } from "../store/approval-fact-store.ts";
import { putClosings } from "../store/closing-fact-store.ts";
import {
  dropEpisodes,
  dropQuestions,
  putAnswers,
  putCustomers,
  putEndings,
  putEpisodes,
  putMessages,
  putQuestions,
  putQueues,
  putTransfers,
} from "../store/fact-store.ts";
import { putInvites } from "../store/invite-fact-store.ts";
import { putRecalled } from "../store/recalled-store.ts";
import { onJoins } from "./on-joins.ts";

/** One word for a whole run: who shows figures asks for all of them again. It names the last episode that moved them. */
function moved(tx: Tx, episodes: readonly { episodeId: string }[]): void {
  const episodeId = episodes.at(-1)?.episodeId;
  if (episodeId === undefined) return;
  tx.announce(FiguresChanged, {
    key: episodeId,
    entity: "episode-fact",
    entityId: episodeId,
    entityVersion: 1,
    payload: { episodeId },
  });
}

/** Figures of invites changed; an invite may be made where no episode ever was. */
function movedByInvite(tx: Tx, last: { inviteId: string; episodeId: string | null } | undefined): void {
  if (last) moved(tx, [{ episodeId: last.episodeId ?? last.inviteId }]);
}

/** Splits a run so that each part names an episode once: what happened to one episode is folded in its order, the episodes in bulk. */
function rounds<P extends { episodeId: string }>(events: readonly { payload: P }[]): P[][] {
  const parts: P[][] = [];
  const seen = new Map<string, number>();
  for (const { payload } of events) {
    const n = seen.get(payload.episodeId) ?? 0;
    seen.set(payload.episodeId, n + 1);
    parts[n] ??= [];
    parts[n].push(payload);
  }
  return parts;
}

/** Folds what happened into facts. Each fold may be repeated: it writes what is so, it does not add. */
export const reader: Reader = {
  name: "insights",
  // Three events a message; nobody waits for the rows of facts, and in one run they are a few statements.
  batch: 2_000,
  gatherMs: 200,
  reactions: [
    reaction(MessagePlaced, async (tx, events) => {
      await putMessages(
        tx,
        events.map(({ payload: p }) => ({
          message_id: p.messageId,
          sent_at: p.sentAt,
          brand_id: p.brandId ?? null,
          episode_id: p.episodeId,
          conversation_id: p.conversationId,
          channel_id: p.channelId ?? null,
          medium: p.medium,
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
      moved(
        tx,
        events.map((e) => e.payload),
      );
    }),
    reaction(EpisodeContinued, async (tx, events) => {
      for (const part of rounds(events)) {
        const waiting = part.filter((p) => p.waits);
        await putQuestions(
          tx,
          waiting.map(({ episodeId, messageId, t0 }) => ({ episodeId, messageId, askedAt: t0 })),
        );
        await dropQuestions(
          tx,
          part.filter((p) => !p.waits).map((p) => p.episodeId),
        );
      }
    }),
    reaction(EpisodeAnswered, async (tx, events) => {
      for (const part of rounds(events)) {
        await putAnswers(
          tx,
          part.map(({ episodeId, answeredAt: at, agentId: by, visibility }) => ({ episodeId, at, by, visibility })),
        );
        moved(tx, part);
      }
    }),
    reaction(EpisodeDone, async (tx, events) => {
      for (const part of rounds(events)) {
        // A late message showed that it was part of another episode: it never was work of its own.
        const merged = part.filter((p) => p.outcome === "merged" && p.by === null);
        await dropEpisodes(
          tx,
          merged.map((p) => p.episodeId),
        );
        const done = part.filter((p) => !merged.includes(p));
        await putEndings(
          tx,
          done.map(({ episodeId, doneAt: at, by, outcome, windowUntil }) => ({
            ...{ episodeId, at, by, outcome, windowUntil },
          })),
        );
        moved(tx, part);
      }
    }),
    // Of imported history: an episode comes whole, and as often as it changes.
    // Figures of customers count them as they are known now.
    reaction(ConversationCustomerChanged, async (tx, events) => {
      await putCustomers(
        tx,
        events.map((e) => e.payload),
      );
      moved(tx, [{ episodeId: events.at(-1)!.payload.conversationId }]);
    }),
    reaction(EpisodeRecalled, async (tx, events) => {
      const last = [...new Map(events.map((e) => [e.payload.episodeId, e.payload])).values()];
      await putRecalled(tx, last);
      moved(tx, last);
    }),
    ...onJoins,
    reaction(WorkQueued, async (tx, events) => {
      for (const part of rounds(events)) {
        await putQueues(
          tx,
          part.map(({ episodeId, queueId, dueAt }) => ({ episodeId, queueId, dueAt })),
        );
        // Figures of a queue count it from here on.
        moved(tx, part);
      }
    }),
    // From one owner to another: a transfer, though the queue stays.
    reaction(WorkAccepted, async (tx, events) => {
      const handed = events.flatMap(
        ({ entityVersion: version, payload: { how, episodeId, workItemId, agentId, from } }) =>
          how === "assigned" && from?.ownerId && from.ownerId !== agentId ? [{ episodeId, workItemId, version }] : [],
      );
      await putTransfers(tx, handed);
      moved(tx, handed);
    }),
    // An invite tells its whole story each time; the last word on it stands.
    ...[InviteSent, InviteOpened, InviteReturned, InviteExpired].map((type) =>
      reaction(type, async (tx, events) => {
        const last = new Map(events.map((e) => [e.payload.inviteId, { ...e.payload, version: e.entityVersion }]));
        await putInvites(tx, [...last.values()]);
        movedByInvite(tx, events.at(-1)?.payload);
      }),
    ),
    reaction(ApprovalEnded, async (tx, events) => {
      await putApprovals(
        tx,
        events.map((e) => e.payload),
      );
      const { episodeId, requestId } = events.at(-1)!.payload;
      moved(tx, [{ episodeId: episodeId ?? requestId }]);
    }),
    // What was said last of an episode's end counts.
    reaction(ClosingNoted, async (tx, events) => {
      const last = new Map(events.map((e) => [e.payload.episodeId, { ...e.payload, version: e.entityVersion }]));
      await putClosings(tx, [...last.values()]);
      moved(tx, [...last.values()]);
    }),
    // What was handed to another queue counts there.
    reaction(WorkChanged, async (tx, events) => {
      await putTransfers(
        tx,
        events.flatMap(({ entityVersion: version, payload: { what, episodeId, workItemId } }) =>
          what === "transferred" && episodeId ? [{ episodeId, workItemId, version }] : [],
        ),
      );
      const handed = events.flatMap(({ payload: { what, episodeId, queueId, dueAt } }) =>
        what === "transferred" && episodeId ? [{ payload: { episodeId, queueId, dueAt } }] : [],
      );
      for (const part of rounds(handed)) {
        await putQueues(tx, part);
        moved(tx, part);
      }
    }),
  ],
};
