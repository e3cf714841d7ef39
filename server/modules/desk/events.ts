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
/** A reply waits for other eyes; nothing of it has left. `askedIds`: who is asked to pass it. */
export const ApprovalAsked = eventType<{
  requestId: string;
  conversationId: string;
  agentId: string;
  askedIds: string[];
}>("ApprovalAsked");
/** `asked-on`: the next ones are asked because nobody answered in time; `passed`: one look of several is done; `stale`: something was said meanwhile. */
export const ApprovalChanged = eventType<{
  requestId: string;
  conversationId: string;
  agentId: string;
  askedIds: string[];
  what: "asked-on" | "passed" | "stale" | "confirmed" | "commented" | "alarmed";
}>("ApprovalChanged");
/** It is decided: `approved` is in the outbox since the same moment. `waitedMs`: real milliseconds since it was asked for. */
export const ApprovalEnded = eventType<{
  requestId: string;
  conversationId: string;
  episodeId: string | null;
  brandId: string;
  agentId: string;
  askedIds: string[];
  how: "approved" | "returned" | "withdrawn";
  by: string | null;
  askedAt: string;
  endedAt: string;
  waitedMs: number;
  edited: boolean;
}>("ApprovalEnded");
/** Something an agent put off moved: a reminder (`open`, `due`, `done`) or a reply for later (`waiting`, `gone`, `held`, `cancelled`). */
export const LaterChanged = eventType<{
  conversationId: string;
  agentId: string;
  what: "reminder" | "reply";
  state: string;
}>("LaterChanged");
/** Something calls an agent to a conversation, or they have looked. */
export const ForMeChanged = eventType<{ agentId: string; conversationId: string | null }>("ForMeChanged");
export const FollowersChanged = eventType<{ conversationId: string; agentId: string; following: boolean }>(
  "FollowersChanged",
);
/** A task with a date: `open`, `due` when its time has come, `done`. */
export const FollowUpChanged = eventType<{
  followUpId: string;
  conversationId: string;
  agentId: string;
  state: "open" | "due" | "done";
}>("FollowUpChanged");
/** A question to somebody who does not have the conversation. `mailed`: its link went out, or could not. */
export const SideQuestionChanged = eventType<{
  questionId: string;
  conversationId: string;
  askedBy: string;
  toAgent: string | null;
  what: "asked" | "mailed" | "answered" | "withdrawn";
}>("SideQuestionChanged");
/** Why an episode ended as it did; said with its outcome, or corrected later. `reason`: keys in the outcome's tree. */
export const ClosingNoted = eventType<{
  episodeId: string;
  conversationId: string;
  outcome: string;
  reason: string[];
  feedback: boolean;
  lead: boolean;
  by: string | null;
}>("ClosingNoted");
