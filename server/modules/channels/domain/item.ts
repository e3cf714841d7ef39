import type { Instant } from "#platform/clock";

export type Visibility = "public" | "unlisted" | "followers" | "private" | "internal";
export type ItemKind = "post" | "comment" | "dm" | "review" | "email" | "sms" | "chat" | "voicemail" | "call";

/** A site (its domain) or an account elsewhere (its handle there) of which the network itself has verified that it is the person's. */
export type VerifiedLink = { kind: "site"; domain: string } | { kind: "account"; network: string; handle: string };

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
  /** What the network has verified of this person, not what the person says: a profile's link alone is none. */
  verifiedLinks?: readonly VerifiedLink[];
  /** A site of ours vouches for who this is (a signed sign-in): its name for the person, the address it has verified, and former ids here. */
  signedIn?: { subject: string; email?: string; former: readonly string[] };
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
  /** The bytes, where they came with the message itself (mail). They go to the blob store under their hash, never beside the event. */
  content?: Uint8Array;
  /** Stands in our own blob store already (an upload of web chat): SHA-256 in hex. */
  blob?: string;
  /** Of a file that we sent and had looked through before: how it is shown. */
  shown?: { thumb: string | null; width: number | null; height: number | null };
  /** Shown inside of the text (an image of an HTML mail). */
  inline?: boolean;
}

export type Why = "mention" | "reply" | "quote" | "keyword" | "own-thread" | "dm" | "review" | "subscription";

export interface Mailbox {
  address: string;
  name: string;
}
/** What only a mail has. `sender`: the domain of its From stands behind it, or disowns it; left out: nobody whom we trust has looked. */
export interface MailFacts {
  to: Mailbox[];
  /** Openly copied; blind copies are known to nobody here. */
  cc: Mailbox[];
  sender?: "verified" | "failed";
}

/** One thing said, in our words. `revision` changes with every edit; `createdAt` is claimed by the sender. */
export interface Item {
  externalId: string;
  revision: string;
  /** The network dates no changes, so `revision` is when it came: where it says what is known already, it is nothing new. */
  datedByArrival?: true;
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
  /** Of our own: the part of the outbox it is, where the network hands back the name we gave it (a Message-ID). */
  clientId?: string;
  /** Written by a machine, and how we know: `auto-reply`, `bounce`, `bulk`, `loop`. */
  automated?: string;
  mail?: MailFacts;
  /** Said before we listened, though it comes now: history, it opens no work. */
  past?: true;
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
  | { type: "author.gone"; authorId: string; at: Instant; by: "author" | "network" }
  /** What we send to this address comes back for good; until they write again, nothing more is sent there. */
  | {
      type: "address.unreachable";
      address: string;
      reason: string;
      at: Instant;
      /** The part of ours that came back (its clientId), where anybody can write such a report: it speaks for that part's recipient alone. */
      about?: string;
    };

export type ItemEvent = Extract<InboundEvent, { item: Item }>;

export function isItemEvent(event: InboundEvent): event is ItemEvent {
  return event.type === "item.created" || event.type === "item.edited";
}
