import type { DurationMs } from "./instant.ts";

/**
 * What a network can and cannot do, as data: the composer, the outbox, the screens and the tests read the same object.
 * An adapter exports one; an administrator may override single fields, because networks change their limits.
 */

/** Who can read what is sent. */
export type Audience = "public" | "private";

/** How a network measures the length of a text. `max` counts in the rule's own unit. */
export type LengthRule =
  /** twitter-text v3: ranges weigh 1 or 2, a link 23, an emoji 2, after NFC. */
  | { unit: "x-weighted"; max: number }
  /** What a reader calls a character; Bluesky adds a limit in bytes (300 and 3000). */
  | { unit: "graphemes"; max: number; maxUtf8Bytes?: number }
  /** Code points, with every link at `urlCost` (23) and only the local part of `@user@host`. */
  | { unit: "mastodon"; max: number; urlCost: number }
  | { unit: "utf16"; max: number }
  | { unit: "codepoints"; max: number }
  | { unit: "utf8-bytes"; max: number }
  /** `max` and `warnAt` count segments (GSM-7 160/153, UCS-2 70/67). */
  | { unit: "sms-segments"; max: number; warnAt: number }
  | { unit: "none" };

/** What becomes of a text that is too long: refused, or sent as several parts. */
export type OverLength = "reject" | "split-thread" | "split-messages" | "attach-as-file";

/** When a message may be sent at all. */
export interface WindowRule {
  kind:
    | "always"
    | "since-last-inbound"
    | "once-per-item"
    | "requires-opt-in"
    | "requires-recipient-consent"
    | "summoned-only"
    | "never";
  durationMs?: DurationMs;
  /** A longer window for answers written by a person (Messenger's HUMAN_AGENT: seven days). */
  extension?: { tag: string; durationMs: DurationMs; humansOnly: boolean };
  afterExpiry?: "template-only" | "blocked";
  /** How many messages we may send before the customer speaks again. */
  maxMessagesInWindow?: number;
}

/** Whether an act is possible, on whose messages, for how long after sending and how often. */
export interface ActionCap {
  supported: boolean;
  onOwn?: boolean;
  onOthers?: boolean;
  withinMs?: DurationMs;
  maxTimes?: number;
  /** The edited message gets a new id on the network. */
  newIdOnEdit?: boolean;
  /** Only in threads that began with a message of ours. */
  inOwnThreads?: boolean;
  /** The network lets it be taken back. */
  undo?: boolean;
  note?: string;
}

/** What may be attached to one message. */
export interface AttachmentRule {
  mime: readonly string[];
  maxBytes: number;
  maxCount: number;
  via: "upload" | "public-url" | "either";
  altText?: { maxGraphemes: number };
}

/** How messages come in and what the network does not tell. */
export interface ReceiveCap {
  modes: readonly ("webhook" | "stream" | "poll" | "imap" | "inproc")[];
  ordering: "none" | "per-thread" | "per-author" | "total";
  /** `at-most-once` makes the reconcile poll mandatory. */
  delivery: "at-least-once" | "at-most-once";
  backfill: { supported: boolean; maxAgeMs?: DurationMs; maxItems?: number; method?: string };
  emitsEdits: "event" | "on-refetch" | "never";
  emitsDeletes: "event" | "on-refetch" | "never";
  listens: { mentions: boolean; keywords: boolean; ownThreads: boolean };
  ackDeadlineMs?: DurationMs;
  /** False: what we send does not come back by the way in. It does unless said. */
  echoes?: boolean;
}

/** One limit of calls as the network documents it; the bucket is corrected by its answer's headers. */
export interface RateRule {
  scope: "app" | "account" | "endpoint" | "thread" | "ip";
  bucket: string;
  limit?: number;
  windowMs?: DurationMs;
  headers?: {
    limit?: string;
    remaining?: string;
    reset?: string;
    resetUnit?: "epoch-s" | "iso" | "delta-s" | "minutes";
    retryAfter?: string;
  };
}

/** What the network charges for a call, by bucket of `rate`; a bucket that is not named is free. */
export interface CostRule {
  /** ISO 4217. */
  currency: string;
  /** Millionths of the currency: 5000 are half a cent. */
  microsPerCall: Readonly<Record<string, number>>;
}

export interface Capabilities {
  /** The network: `playground`, `bluesky`, `email` … */
  kind: string;
  apiVersion: string;
  /** The day the facts were last checked, `2026-11-02`. */
  verifiedOn: string;
  public: boolean;
  private: boolean;
  canReplyPublic: WindowRule;
  canReplyPrivate: WindowRule;
  /** May we answer a public post with a private message, unasked? */
  canPrivateReplyToPublic: WindowRule;
  canEdit: ActionCap;
  canDelete: ActionCap;
  canHide: ActionCap;
  /** Shuts an author out from us; left out: it cannot be done from here. */
  canBlock?: ActionCap;
  /** Tells the network's own moderators of a message; left out: it cannot be done from here. */
  canReport?: ActionCap;
  canLike: ActionCap;
  canMarkRead: ActionCap;
  canType: ActionCap;
  threading: {
    model: "tree" | "flat" | "one-level" | "linear" | "headers";
    replyToReplyTargets: "self" | "parent" | "root";
  };
  length: { public?: LengthRule; private?: LengthRule; onOver: OverLength };
  richText: "plain" | "facets" | "html" | "markdown" | "entities";
  attachments: { public: readonly AttachmentRule[]; private: readonly AttachmentRule[] };
  receipts: readonly ("queued" | "sent" | "delivered" | "read" | "failed")[];
  receive: ReceiveCap;
  rate: readonly RateRule[];
  costs?: CostRule;
  /** What we prove ourselves with: nothing, something that stays (the fallback), or sessions that are renewed. */
  credentials?: "none" | "static" | "renewed";
  /** How a second try is kept from becoming a second post. */
  sendIdempotency: "native-key" | "client-id-echoed" | "deterministic-id" | "reconcile-only";
  requires: readonly ("public-https" | "app-review" | "partner-approval" | "paid-plan" | "business-verification")[];
}
