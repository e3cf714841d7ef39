import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { messageKey } from "./domain/input-key.ts";
import type { Message, Revision } from "./domain/message.ts";
import { findChannel, findChannels } from "./store/channel-store.ts";
import { findKeys } from "./store/key-store.ts";
import {
  findHeard,
  findMessages,
  findMessagesAfter,
  findRevisions,
  findTexts,
  findThread,
  findWords,
  type MessageWords,
  type ThreadName,
  threadsWithOurs,
} from "./store/message-store.ts";

export type { MessageWords, ThreadName } from "./store/message-store.ts";

/** In no order; ids that are not there are left out. */
export async function messagesById(tx: Tx, ids: readonly string[]): Promise<Message[]> {
  return findMessages(tx, [...new Set(ids)]);
}

/** What these messages say, by id; those that are not there are left out. */
export async function textsById(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  return findTexts(tx, [...new Set(ids)]);
}

/** Of many messages what was said, by whom and when, and not all that is stored. */
export async function wordsById(tx: Tx, ids: readonly string[]): Promise<MessageWords[]> {
  return findWords(tx, [...new Set(ids)]);
}

/** The next messages of the account behind an id, by id. */
export async function messagesAfter(tx: Tx, after: string, limit: number): Promise<Message[]> {
  return findMessagesAfter(tx, after, limit);
}

/** What was said in public to us or about us since an instant, newest first. */
export async function messagesHeard(tx: Tx, since: Instant, limit: number): Promise<Message[]> {
  return findHeard(tx, since, limit);
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

/** Those of these threads in whose newest `look` messages is one of ours. */
export async function threadsWeSpokeIn(tx: Tx, threads: readonly ThreadName[], look: number): Promise<ThreadName[]> {
  return threadsWithOurs(tx, threads, look);
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

/** The same for names of any channels: as many statements for a whole run as for one. */
export async function messagesByNames(
  tx: Tx,
  names: readonly { channelId: string; externalId: string }[],
): Promise<Message[]> {
  if (names.length === 0) return [];
  const channels = new Map((await findChannels(tx)).map((c) => [c.id, c]));
  const wanted = names.flatMap(({ channelId, externalId }) => {
    const channel = channels.get(channelId);
    return channel ? [messageKey(channel.id, channel.externalId, externalId)] : [];
  });
  const keys = await findKeys(tx, [...new Set(wanted)]);
  return findMessages(
    tx,
    [...keys.values()].flatMap((k) => k.messageId ?? []),
  );
}

/** Former texts of messages, oldest first. */
export async function revisionsOf(tx: Tx, messageIds: readonly string[]): Promise<Map<string, Revision[]>> {
  const found = await findRevisions(tx, [...new Set(messageIds)]);
  return Map.groupBy(found, (r) => r.messageId);
}
