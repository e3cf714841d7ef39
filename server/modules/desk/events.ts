import { eventType } from "#platform/journal/event";

/** An agent sent a reply on its way; it can be taken back until `goesAt`. */
export const ReplyWritten = eventType<{
  replyId: string;
  conversationId: string;
  episodeId: string | null;
  agentId: string;
  audience: "public" | "private";
  deliveryId: string;
  goesAt: string;
}>("ReplyWritten");
/** The reply is on the network. */
export const ReplySent = eventType<{
  replyId: string;
  conversationId: string;
  episodeId: string | null;
  agentId: string;
  audience: "public" | "private";
  answersMessageId: string;
  sentAt: string;
}>("ReplySent");
/** Its state changed otherwise: withdrawn, unknown, failed, settled by a person. */
export const ReplyChanged = eventType<{ replyId: string; conversationId: string; agentId: string; state: string }>(
  "ReplyChanged",
);
/** An agent went to the network's own page to answer there; `answered` has the message that was written down. */
export const HandedOff = eventType<{
  conversationId: string;
  channelId: string;
  agentId: string;
  answersMessageId: string;
  outcome: "answered" | "not-answered";
  messageId: string | null;
}>("HandedOff");
export const NoteAdded = eventType<{ noteId: string; conversationId: string; agentId: string }>("NoteAdded");
/** What can be seen of a message's files is another thing now. */
export const FilesChanged = eventType<{ conversationId: string; messageId: string }>("FilesChanged");
/** Something was noted of a customer, or taken away: a field, an organisation, a consent, a note. `conversationIds`: where he stands. */
export const CustomerNoted = eventType<{ customerId: string; actId: string; conversationIds: string[] }>(
  "CustomerNoted",
);
