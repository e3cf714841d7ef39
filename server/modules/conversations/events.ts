import { eventType } from "#platform/journal/event";

/** A message was placed in a conversation (or outside, with the reason). `key` is the conversation from here on. */
export const MessagePlaced = eventType<{
  messageId: string;
  conversationId: string | null;
  episodeId: string | null;
  customerId: string | null;
  role: "customer" | "bystander" | "us" | "bot";
  direction: "in" | "out";
  network: string;
  medium: string;
  visibility: string;
  sentAt: string;
  language: string;
  noise: boolean;
  gratitude: boolean;
  actionable: boolean | null;
  rule: string | null;
  outside: string | null;
  backfilled: boolean;
  /** The brand it was said to; events of before have none. */
  brandId?: string;
}>("MessagePlaced");
/** Work begins. `reopens` is the last episode when the customer came back inside its window. `t0` is the customer's first unanswered message. */
export const EpisodeOpened = eventType<{
  episodeId: string;
  conversationId: string;
  customerId: string;
  brandId: string;
  channelId: string;
  network: string;
  medium: string;
  visibility: string;
  messageId: string;
  t0: string;
  priority: "urgent" | "high" | "normal" | "low";
  language: string;
  risks: string[];
  reopens: string | null;
  lastOwnerId: string | null;
  rule: string;
  says: string;
}>("EpisodeOpened");
/** The customer said more in an open episode. `waits` tells that an answer is owed again since `t0`; thanks do not. */
export const EpisodeContinued = eventType<{
  episodeId: string;
  conversationId: string;
  messageId: string;
  medium: string;
  visibility: string;
  channelId: string;
  t0: string;
  waits: boolean;
  priority: "urgent" | "high" | "normal" | "low";
}>("EpisodeContinued");
/** We answered: the clock stops until the customer speaks. */
export const EpisodeAnswered = eventType<{
  episodeId: string;
  conversationId: string;
  messageId: string | null;
  replyId: string | null;
  agentId: string | null;
  visibility: string;
  answeredAt: string;
  first: boolean;
  askedMessageId: string | null;
  askedAt: string | null;
}>("EpisodeAnswered");
/** Work ended. Figures are provisional until `windowUntil`. */
export const EpisodeDone = eventType<{
  episodeId: string;
  conversationId: string;
  outcome: string;
  by: string | null;
  doneAt: string;
  windowUntil: string;
}>("EpisodeDone");
/**
 * An episode of imported history is known, as a whole: it is over, it never was work, and nothing but figures follows. `gone`: there is no
 * such episode after all (more history came to light). Told again with a greater version when it changed.
 */
export const EpisodeRecalled = eventType<{
  episodeId: string;
  conversationId: string;
  gone: boolean;
  customerId: string;
  brandId: string;
  network: string;
  medium: string;
  visibility: string;
  language: string;
  openedAt: string;
  reopens: string | null;
  reopenedBy: string | null;
  firstReplyAt: string | null;
  firstPublicReplyAt: string | null;
  firstReplyBy: string | null;
  doneAt: string;
  doneBy: string | null;
  outcome: string;
  windowUntil: string;
  responses: { messageId: string; askedAt: string; answeredAt: string; answeredBy: string | null }[];
}>("EpisodeRecalled");
/** The company's written policy got a new version. */
export const PolicyChanged = eventType<{ brandId: string; version: number }>("PolicyChanged");
