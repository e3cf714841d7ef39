import { AttachmentSettled, DeliveryFailed, DeliverySent, DeliveryUnknown } from "#events/channels";
import { EpisodeAnswered } from "#events/conversations";
import { FilesChanged, ReplySent } from "#events/desk";
import { deliveriesById, messagesByExternal, messagesById } from "#modules/channels";
import { placementsOfMessages } from "#modules/conversations";
import type { Tx } from "#platform/db";
import { type Reader, reaction } from "#platform/journal/reader";
import { backInHand } from "../approval/weight.ts";
import { replyChanged, resolve } from "../replies.ts";
import { lockRepliesByDelivery, type ReplyState, updateReply } from "../store/desk-store.ts";

/** What became of a delivery becomes what became of the reply; a reply that was to resolve the episode does so once it is out and counted, unless the customer wrote more after it was written. */
export const reader: Reader = {
  name: "desk",
  reactions: [
    reaction(DeliverySent, async (tx, events) => {
      const replies = await lockRepliesByDelivery(
        tx,
        events.map((e) => e.payload.deliveryId),
      );
      for (const reply of replies) {
        if (reply.state === "sent") continue;
        const sent = events.find((e) => e.payload.deliveryId === reply.deliveryId)!;
        const version = await updateReply(tx, reply, {
          state: "sent",
          error: null,
          sentAt: Date.parse(sent.payload.sentAt),
        });
        tx.announce(ReplySent, {
          key: reply.conversationId,
          entity: "reply",
          entityId: reply.id,
          entityVersion: version,
          payload: {
            replyId: reply.id,
            conversationId: reply.conversationId,
            episodeId: reply.episodeId,
            agentId: reply.agentId,
            audience: reply.audience,
            answersMessageId: reply.answersMessageId,
            sentAt: sent.payload.sentAt,
          },
        });
        if (reply.resolveOutcome && (await stands(tx, sent.payload)))
          await resolve(tx, reply.agentId, reply.conversationId, reply.resolveOutcome, { unlessWaiting: true });
      }
    }),
    // Only when our message stands in the conversation is the episode answered; ending it before would lose the answer from the figures.
    reaction(EpisodeAnswered, async (tx, events) => {
      const messages = await messagesById(
        tx,
        events.flatMap((e) => e.payload.messageId ?? []),
      );
      const replies = await lockRepliesByDelivery(
        tx,
        messages.flatMap((m) => m.deliveryId ?? []),
      );
      const deliveries = await deliveriesById(
        tx,
        replies.map((r) => r.deliveryId),
      );
      for (const reply of replies) {
        // A long reply leaves in parts, of which the last may still fail.
        const out = deliveries.get(reply.deliveryId)?.state === "sent";
        if (out && reply.resolveOutcome && reply.state !== "withdrawn")
          await resolve(tx, reply.agentId, reply.conversationId, reply.resolveOutcome, { unlessWaiting: true });
      }
    }),
    // The screen that shows the message looks again.
    reaction(AttachmentSettled, async (tx, events) => {
      const placed = await placementsOfMessages(tx, [...new Set(events.map((e) => e.payload.messageId))]);
      for (const [messageId, { conversationId }] of placed)
        if (conversationId !== null)
          tx.announce(FilesChanged, {
            ...{ key: conversationId, entity: "message", entityId: messageId, entityVersion: 1 },
            payload: { conversationId, messageId },
          });
    }),
    reaction(DeliveryUnknown, async (tx, events) => {
      for (const e of events)
        await move(tx, e.payload.deliveryId, "unknown", { class: "unknown", message: e.payload.why });
    }),
    reaction(DeliveryFailed, async (tx, events) => {
      for (const e of events)
        await move(tx, e.payload.deliveryId, "failed", { class: e.payload.errorClass, message: e.payload.message });
    }),
  ],
};

/** After a crash or a lost answer the network's echo may be placed before the delivery is known as sent: then this is the later of the two. */
async function stands(tx: Tx, sent: { channelId: string; externalIds: readonly string[] }): Promise<boolean> {
  const messages = await messagesByExternal(tx, sent.channelId, sent.externalIds);
  const placed = await placementsOfMessages(
    tx,
    [...messages.values()].map((m) => m.id),
  );
  return placed.size > 0 && placed.size === sent.externalIds.length;
}

async function move(
  tx: Tx,
  deliveryId: string,
  state: ReplyState,
  error: { class: string; message: string },
): Promise<void> {
  for (const reply of await lockRepliesByDelivery(tx, [deliveryId])) {
    // A late notice never takes back what is known.
    if (reply.state === "sent" || reply.state === "withdrawn" || reply.state === state) continue;
    replyChanged(tx, reply, state, await updateReply(tx, reply, { state, error }));
    // Others have passed it, and now it is its author's to see to.
    await backInHand(tx, reply.conversationId, reply.agentId);
  }
}
