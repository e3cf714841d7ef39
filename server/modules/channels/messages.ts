import type { Tx } from "#platform/db";
import { messageKey } from "./domain/input-key.ts";
import type { Message, Revision } from "./domain/message.ts";
import { findChannel } from "./store/channel-store.ts";
import { findKeys } from "./store/key-store.ts";
import { findMessages, findMessagesAfter, findRevisions, findTexts, findThread } from "./store/message-store.ts";

/** In no order; ids that are not there are left out. */
export async function messagesById(tx: Tx, ids: readonly string[]): Promise<Message[]> {
  return findMessages(tx, [...new Set(ids)]);
}

/** What these messages say, by id; those that are not there are left out. */
export async function textsById(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  return findTexts(tx, [...new Set(ids)]);
}

/** The next messages of the account behind an id, by id. */
export async function messagesAfter(tx: Tx, after: string, limit: number): Promise<Message[]> {
  return findMessagesAfter(tx, after, limit);
}

/** The newest messages of a network's thread, oldest first. */
export async function messagesOfThread(
  tx: Tx,
  channelId: string,
  threadKey: string,
  limit: number,
): Promise<Message[]> {
  return findThread(tx, channelId, threadKey, limit);
}

/** The message a network knows by this id, or null. */
export async function messageByExternal(tx: Tx, channelId: string, externalId: string): Promise<Message | null> {
  return (await messagesByExternal(tx, channelId, [externalId])).get(externalId) ?? null;
}

/** By the network's ids; looked up by key, so that no partition is searched in vain. */
export async function messagesByExternal(
  tx: Tx,
  channelId: string,
  externalIds: readonly string[],
): Promise<Map<string, Message>> {
  const channel = externalIds.length > 0 ? await findChannel(tx, channelId) : null;
  if (!channel) return new Map();
  const keys = await findKeys(
    tx,
    [...new Set(externalIds)].map((id) => messageKey(channel.id, channel.externalId, id)),
  );
  const messages = await findMessages(
    tx,
    [...keys.values()].flatMap((k) => k.messageId ?? []),
  );
  return new Map(messages.map((m) => [m.externalId, m]));
}

/** Former texts of messages, oldest first. */
export async function revisionsOf(tx: Tx, messageIds: readonly string[]): Promise<Map<string, Revision[]>> {
  const found = await findRevisions(tx, [...new Set(messageIds)]);
  return Map.groupBy(found, (r) => r.messageId);
}
