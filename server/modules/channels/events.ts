import { eventType } from "#platform/journal/event";

/** A message is stored, durable and redacted. `key` is the thread's until it is stitched. `backfilled`: history, it opens no work. */
export const MessageReceived = eventType<{
  messageId: string;
  channelId: string;
  brandId: string;
  network: string;
  kind: string;
  visibility: string;
  direction: "in" | "out";
  threadKey: string;
  sentAt: string;
  backfilled: boolean;
}>("MessageReceived");
/** The author (or the network) changed the text; the former text is kept as a revision. */
export const MessageEdited = eventType<{ messageId: string; channelId: string; revision: string }>("MessageEdited");
/** The message is gone on the network: its text is wiped here, the fact is kept. */
export const MessageDeleted = eventType<{ messageId: string; channelId: string; by: string }>("MessageDeleted");
/** A file of a message came, or is known not to come. */
export const AttachmentSettled = eventType<{ messageId: string; channelId: string; n: number; state: string }>(
  "AttachmentSettled",
);
/** An author goes by another handle or name now; the same person. `name` is empty where the network did not say it. */
export const AuthorChanged = eventType<{
  channelId: string;
  network: string;
  scope: string;
  authorId: string;
  handle: string;
  name: string;
  at: string;
}>("AuthorChanged");
/** All parts of a delivery are on the network. `messageIds` are our own stored posts, in order. */
export const DeliverySent = eventType<{
  deliveryId: string;
  channelId: string;
  conversationId: string | null;
  externalIds: string[];
  permalink: string | null;
  sentAt: string;
}>("DeliverySent");
/** The network has not said whether it took a part; nothing is sent again until that is known. */
export const DeliveryUnknown = eventType<{
  deliveryId: string;
  channelId: string;
  conversationId: string | null;
  part: number;
  why: string;
}>("DeliveryUnknown");
/** The network, our preflight or a person ended it. `errorClass` as in the adapter contract. */
export const DeliveryFailed = eventType<{
  deliveryId: string;
  channelId: string;
  conversationId: string | null;
  errorClass: string;
  message: string;
}>("DeliveryFailed");
/** Something is done about a message on its network, or is on its way: hidden, deleted, its author blocked, reported; or taken back. */
export const ModerationChanged = eventType<{
  actId: string;
  messageId: string;
  channelId: string;
  conversationId: string | null;
  agentId: string;
  verb: string;
  state: string;
}>("ModerationChanged");
/** A channel's state, trouble, gap or cursor changed in a way that people see. */
export const ChannelChanged = eventType<{ channelId: string; state: string; trouble: string | null }>("ChannelChanged");
/** We know that something was missed. */
export const ChannelGap = eventType<{ channelId: string; gapId: string; reason: string; filled: boolean }>(
  "ChannelGap",
);
/** Something makes a channel ill: an alarm stands. `cause` as in the view of its health. */
export const ChannelIll = eventType<{ channelId: string; alarmId: string; cause: string }>("ChannelIll");
/** The last alarm of a channel is over. */
export const ChannelWell = eventType<{ channelId: string }>("ChannelWell");
/** Nothing can be sent on a channel, from an instant on: it does not answer, or does not let us in. */
export const ChannelOut = eventType<{ channelId: string; since: string }>("ChannelOut");
/** It can be sent there again. */
export const ChannelBack = eventType<{ channelId: string }>("ChannelBack");
