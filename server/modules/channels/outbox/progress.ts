import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Part, Progress } from "../domain/delivery.ts";
import { ownName } from "../domain/echo.ts";
import { messageKey, threadUuid } from "../domain/input-key.ts";
import type { Item } from "../domain/item.ts";
import { DeliveryFailed, DeliverySent, DeliveryUnknown } from "../events.ts";
import { asAttachments } from "../files/outbound-files.ts";
import { dropAttachments, storeAttachments } from "../files/store-attachments.ts";
import { takeEarlyReceipts } from "../inbound/receipts.ts";
import { storeEvents } from "../inbound/store-events.ts";
import { findAttachments } from "../store/attachment-store.ts";
import { type ChannelRow, lockChannel } from "../store/channel-store.ts";
import type { DeliveryRow } from "../store/delivery-store.ts";
import { findKeys } from "../store/key-store.ts";
import { findMessages } from "../store/message-store.ts";
import { filesOfDeliveries } from "../store/outbound-file-store.ts";

/** Says what changed for people: sent, unknown, failed. A retry is nobody's business. */
export function announceProgress(tx: Tx, row: DeliveryRow, next: Progress): void {
  if (next.state === row.state && next.error?.forHuman === row.error?.forHuman) return;
  const about = {
    key: row.conversationId ?? threadUuid(row.channelId, row.threadKey),
    entity: "delivery",
    entityId: row.id,
    entityVersion: row.version + 1,
    trace: row.traceId,
  };
  const common = { deliveryId: row.id, channelId: row.channelId, conversationId: row.conversationId };
  if (next.state === "sent") {
    const externalIds = next.parts.flatMap((p) => (p.externalId ? [p.externalId] : []));
    tx.announce(DeliverySent, {
      ...about,
      payload: { ...common, externalIds, permalink: next.parts[0]?.permalink ?? null, sentAt: iso(tx.now) },
    });
  }
  if (next.state === "unknown") {
    const part = next.parts.find((p) => p.state === "unknown")?.index ?? 0;
    tx.announce(DeliveryUnknown, { ...about, payload: { ...common, part, why: next.error?.message ?? "" } });
  }
  if (next.state === "failed")
    tx.announce(DeliveryFailed, {
      ...about,
      payload: { ...common, errorClass: next.error?.class ?? "unknown", message: next.error?.message ?? "" },
    });
}

export interface SentPart {
  part: Part;
  /** Our post as the network's answer shows it. */
  item?: Item;
}

/** Our own posts become messages like any other; whichever comes first, the answer or the echo, makes the one message. */
export async function storeSentParts(
  tx: Tx,
  channel: ChannelRow,
  row: DeliveryRow,
  sent: readonly SentPart[],
): Promise<void> {
  if (sent.length === 0) return;
  await lockChannel(tx, channel.id);
  const files = row.files > 0 ? asAttachments(await filesOfDeliveries(tx, [row.id])) : [];
  await storeEvents(
    tx,
    channel,
    sent.map(({ part, item }) => ({
      event: {
        type: "item.created" as const,
        // What we sent is shown from our own store, not fetched back from the network.
        item: withFiles(item ?? ownItem(tx, channel, row, part), part.index === 0 ? files : []),
      },
      source: "send",
      receivedAt: tx.now,
      rawId: null,
      deliveryId: row.id,
      traceId: row.traceId,
    })),
  );
  const first = sent.find(({ part }) => part.index === 0)?.part.externalId;
  if (first && files.length > 0) await ownFiles(tx, channel, first, files);
  for (const { part } of sent) if (part.externalId) await takeEarlyReceipts(tx, channel.id, part.externalId);
}

/** The echo was here before the answer, with the network's own copies: ours take their place. */
async function ownFiles(tx: Tx, channel: ChannelRow, externalId: string, files: Item["attachments"]): Promise<void> {
  const key = messageKey(channel.id, channel.externalId, externalId);
  const id = (await findKeys(tx, [key])).get(key)?.messageId;
  const message = id ? (await findMessages(tx, [id]))[0] : undefined;
  if (!message) return;
  const there = await findAttachments(tx, [message.id]);
  if (there.length === files.length && there.every((a, n) => a.blob === files[n]!.blob)) return;
  await dropAttachments(tx, [message.id]);
  await storeAttachments(tx, [{ ...message, attachments: [...files] }]);
}

function withFiles(item: Item, files: Item["attachments"]): Item {
  return files.length === 0 ? item : { ...item, attachments: files };
}

/** For networks that answer with an id only. The empty revision lets the echo name its own without counting as an edit. */
function ownItem(tx: Tx, channel: ChannelRow, row: DeliveryRow, part: Part): Item {
  const isPublic = row.permit.audience === "public";
  const { intent } = row;
  const parentId = intent.op === "message" ? undefined : intent.toExternalId;
  return {
    externalId: part.externalId ?? ownName(part.clientId),
    revision: "",
    kind: isPublic ? "comment" : "dm",
    visibility: isPublic ? "public" : "private",
    thread: { key: row.threadKey, ...(parentId && { parentId }) },
    author: { id: channel.externalId, scope: "", handle: channel.handle, name: channel.name, isSelf: true },
    addressedTo: intent.op === "reply" ? [] : [intent.toAuthorId],
    text: part.text,
    entities: [],
    attachments: [],
    createdAt: part.sentAt ?? tx.now,
    ...(part.permalink && { permalink: part.permalink }),
    why: [],
  };
}
