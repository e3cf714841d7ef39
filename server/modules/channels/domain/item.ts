import type { Instant } from "#platform/clock";

export type Visibility = "public" | "unlisted" | "followers" | "private" | "internal";
export type ItemKind = "post" | "comment" | "dm" | "review" | "email" | "sms" | "chat" | "voicemail" | "call";

/** Who speaks. `id` is the network's own stable name of the person (opaque text, never a number); `scope` says within what it is unique. */
export interface Identity {
  id: string;
  scope: string;
  handle: string;
  name: string;
  followers?: number;
  avatarUrl?: string;
  profileUrl?: string;
  verified?: boolean;
  isBot?: boolean;
  /** One of our own accounts on this channel. */
  isSelf: boolean;
}

/** Where something is said. `key` groups what must keep its order and is stable for ever. */
export interface ThreadRef {
  key: string;
  rootId?: string;
  parentId?: string;
  subject?: string;
}

/** Offsets in UTF-16 units of `text`, end exclusive. */
export interface Entity {
  type: "mention" | "url" | "hashtag" | "emoji";
  start: number;
  end: number;
  value: string;
}

export interface AttachmentRef {
  externalId?: string;
  mime?: string;
  bytes?: number;
  name?: string;
  alt?: string;
  /** Where it could be fetched; never fetched while parsing. */
  url?: string;
}

export type Why = "mention" | "reply" | "quote" | "keyword" | "own-thread" | "dm" | "review" | "subscription";

/** One thing said, in our words. `revision` changes with every edit; `createdAt` is claimed by the sender. */
export interface Item {
  externalId: string;
  revision: string;
  kind: ItemKind;
  visibility: Visibility;
  thread: ThreadRef;
  author: Identity;
  addressedTo: readonly string[];
  text: string;
  /** BCP 47, as the author stated it. */
  language?: string;
  entities: readonly Entity[];
  attachments: readonly AttachmentRef[];
  rating?: { value: number; max: number };
  permalink?: string;
  createdAt: Instant;
  editedAt?: Instant;
  why: readonly Why[];
  /** Written by a machine, and how we know: `auto-reply`, `bounce`, `bulk`. */
  automated?: string;
  /** A kind we cannot show yet; it is kept and shown as a placeholder, never dropped. */
  unsupported?: string;
}

export type ReceiptStatus = "queued" | "sent" | "delivered" | "read" | "failed";

export type InboundEvent =
  | { type: "item.created"; item: Item }
  | { type: "item.edited"; item: Item }
  | { type: "item.deleted"; externalId: string; at: Instant; by: "author" | "network" | "us" }
  | { type: "receipt"; externalId: string; status: ReceiptStatus; at: Instant; detail?: string }
  /** Somebody goes by another handle or name now: the same person. */
  | { type: "author.changed"; author: { id: string; scope: string; handle: string; name?: string }; at: Instant }
  /** The account is gone or shut: nothing that it said may be shown any more. */
  | { type: "author.gone"; authorId: string; at: Instant; by: "author" | "network" };

export type ItemEvent = Extract<InboundEvent, { item: Item }>;

export function isItemEvent(event: InboundEvent): event is ItemEvent {
  return event.type === "item.created" || event.type === "item.edited";
}
