import type { Tx } from "#platform/db";
import { matchEcho, ownName } from "../domain/echo.ts";
import { messageKey } from "../domain/input-key.ts";
import type { Item } from "../domain/item.ts";
import { type Held, holdStored } from "../domain/merge.ts";
import type { ChannelRow } from "../store/channel-store.ts";
import { findKeys, pointKey } from "../store/key-store.ts";
import { findMessages } from "../store/message-store.ts";
import { echoCandidates, nameSentPart } from "../store/part-store.ts";

/**
 * Our own posts that came back before our call was answered, by the delivery they belong to. What matches nothing was written by
 * somebody on the network itself. Only the link is set here: the part's state is settled by the answer or by reconciling.
 */
export async function adoptEchoes(
  tx: Tx,
  channel: ChannelRow,
  echoes: readonly { item: Item }[],
  held: Map<string, Held>,
  isNew: Set<string>,
): Promise<Map<string, { deliveryId: string; traceId: string | null }>> {
  const found = new Map<string, { deliveryId: string; traceId: string | null }>();
  if (echoes.length === 0) return found;
  const candidates = await echoCandidates(tx, channel.id, [...new Set(echoes.map((e) => e.item.thread.key))]);
  for (const { item } of echoes) {
    const { thread, text, createdAt: at, clientId } = item;
    const match = matchEcho({ threadKey: thread.key, text, at, clientId }, candidates);
    if (!match) continue;
    found.set(item.externalId, match);
    if (!match.settled) continue;
    await nameSentPart(tx, match.deliveryId, match.index, item.externalId, item.permalink ?? null);
    await oneMessage(tx, channel, item, match.clientId, held, isNew);
  }
  return found;
}

/** A person had said that it was sent, so a message of it exists: it takes the network's name, and no second one is made. */
async function oneMessage(
  tx: Tx,
  channel: ChannelRow,
  item: Item,
  clientId: string,
  held: Map<string, Held>,
  isNew: Set<string>,
) {
  const ours = messageKey(channel.id, channel.externalId, ownName(clientId));
  const messageId = (await findKeys(tx, [ours])).get(ours)?.messageId;
  const message = messageId ? (await findMessages(tx, [messageId]))[0] : undefined;
  if (!message) return;
  await pointKey(tx, messageKey(channel.id, channel.externalId, item.externalId), message.id);
  held.set(item.externalId, { ...holdStored({ ...message, externalId: item.externalId }), changed: true });
  isNew.delete(item.externalId);
}
