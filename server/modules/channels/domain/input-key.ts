import { uuidOf } from "#platform/ids";
import type { InboundEvent } from "./item.ts";

/**
 * The same input always has the same key, however often and by whichever way it comes: never the network's delivery id.
 * SHA-256 over (channel, account on the network, kind of event, external id, revision or status), as a UUID.
 */
export function inputKey(channelId: string, selfId: string, event: InboundEvent): string {
  switch (event.type) {
    case "item.created":
      return messageKey(channelId, selfId, event.item.externalId);
    case "item.edited":
      return key(channelId, selfId, "edited", event.item.externalId, event.item.revision);
    case "item.deleted":
      return key(channelId, selfId, "deleted", event.externalId, "");
    case "receipt":
      return key(channelId, selfId, "receipt", event.externalId, event.status);
    case "author.changed":
      return key(channelId, selfId, "author", event.author.id, JSON.stringify([event.at, event.author.handle]));
    case "author.gone":
      return key(channelId, selfId, "author-gone", event.authorId, String(event.at));
    case "address.unreachable":
      return key(channelId, selfId, "unreachable", event.address, String(event.at));
  }
}

/** The key under which a message is one message: its creation's, whatever was heard of it first. */
export function messageKey(channelId: string, selfId: string, externalId: string): string {
  return key(channelId, selfId, "message", externalId, "");
}

/** Lengths in front keep ("a", "bc") and ("ab", "c") apart. */
function key(...parts: readonly string[]): string {
  return uuidOf(...parts.map((part) => `${part.length}:${part}`));
}

/** The journal key of a thread until its messages belong to a conversation. */
export function threadUuid(channelId: string, threadKey: string): string {
  return uuidOf("thread", channelId, threadKey);
}
