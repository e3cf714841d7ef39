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
  /** The channel it was said on; events of before have none. */
  channelId?: string;
}>("MessagePlaced");
/** A conversation goes with its principal handle to another customer, because handles were joined or parted. */
export const ConversationCustomerChanged = eventType<{
  conversationId: string;
  customerId: string;
  fromCustomerId: string;
}>("ConversationCustomerChanged");
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
  /** What texts that say the same have in common; null for a short one. Events of before have none. */
  alike?: string | null;
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
/** What became of an invitation so far: each of its events tells all of it, so that the last one is enough. */
interface InviteStory {
  inviteId: string;
  conversationId: string;
  episodeId: string | null;
  brandId: string;
  network: string;
  /** Where the customer was asked to come to. */
  destination: "dm" | "email" | "chat" | "callback" | "call";
  agentId: string;
  madeAt: string;
  expiresAt: string;
  sentAt: string | null;
  openedAt: string | null;
  returnedAt: string | null;
  /** Where they came back. */
  returnedBy: "dm" | "email" | "chat" | "callback" | "call" | null;
  proof: "invited-handle" | "other-network" | "agent" | null;
  messageId: string | null;
  endedAt: string | null;
  endedWhy: "time" | "withdrawn" | null;
}
/** An invitation to go on in private stands on the network, in our public reply. */
export const InviteSent = eventType<InviteStory>("InviteSent");
/** Its link was opened for the first time; by whom nobody knows, so nothing follows. */
export const InviteOpened = eventType<InviteStory>("InviteOpened");
/** The customer came, and is known by it. */
export const InviteReturned = eventType<InviteStory>("InviteReturned");
/** Its time is over, or an agent took it back. */
export const InviteExpired = eventType<InviteStory>("InviteExpired");
/** Its code was said by somebody or at a time it is not for: nothing was joined, an agent is asked. */
export const InviteRefused = eventType<{ inviteId: string; conversationId: string; messageId: string; why: string }>(
  "InviteRefused",
);
/** A person put conversations together or apart, or took that back. Told once for each conversation it concerns: `about`, which is the key. */
interface JoinStory {
  actId: string;
  /** The one that has it since. */
  conversationId: string;
  otherId: string;
  about: string;
  by: string | null;
  messages: number;
  /** All conversations and episodes that are not as they were. */
  conversationIds: string[];
  episodeIds: string[];
}
/** `otherId` is part of `conversationId` from now on; its address and number lead there. */
export const ConversationsMerged = eventType<JoinStory>("ConversationsMerged");
/** Some messages of `otherId` are the new conversation `conversationId`. */
export const ConversationSplit = eventType<JoinStory>("ConversationSplit");
/** Some messages of `otherId` belong to `conversationId` now. */
export const MessagesMoved = eventType<JoinStory>("MessagesMoved");
/** The two have to do with one another; each stays what it is. */
export const ConversationsLinked = eventType<JoinStory>("ConversationsLinked");
/** An act was taken back: what it moved is where it would be without it. */
export const ConversationJoinUndone = eventType<JoinStory & { kind: "merge" | "split" | "move" | "link" }>(
  "ConversationJoinUndone",
);

/** A person decided a close call: the message stays (`here`) or goes to `otherId` (`there`; null: to a conversation of its own). Told once for each conversation it concerns: `about`, which is the key. */
export const AskAnswered = eventType<{
  messageId: string;
  about: string;
  conversationId: string;
  otherId: string | null;
  answer: "there" | "here";
  by: string | null;
}>("AskAnswered");

/** A customer came back and said what became of a link that we gave in `givenMessageId`. Told again, with the same ids, when the message is decided again. */
export const LinkTried = eventType<{
  messageId: string;
  conversationId: string;
  brandId: string;
  channelId: string;
  givenMessageId: string;
  link: string;
  effect: "worked" | "failed" | "cited";
  afterMs: number;
  saidAt: string;
}>("LinkTried");
