import type { Capabilities } from "#shared/capabilities";

const no = { supported: false };

/** Bluesky (AT Protocol): facts from the lexicon app.bsky.feed.post and from the PDS's rate limits. */
export const blueskyCapabilities: Capabilities = {
  kind: "bluesky",
  apiVersion: "com.atproto, app.bsky; Jetstream v1",
  verifiedOn: "2026-11-22",
  public: true,
  private: false,
  canReplyPublic: { kind: "always" },
  // The network has direct messages behind a service of their own (chat.bsky); they are not read or sent here yet.
  canReplyPrivate: { kind: "never" },
  canPrivateReplyToPublic: { kind: "never" },
  canEdit: { supported: false, note: "Deleted and posted anew; that makes another post." },
  canDelete: { supported: true, onOwn: true },
  canHide: {
    ...{ supported: true, onOthers: true, inOwnThreads: true, undo: true },
    note: "Replies under own posts, by a thread gate.",
  },
  canBlock: { supported: true, onOthers: true, undo: true },
  canReport: { supported: true, onOthers: true },
  canLike: { supported: true, onOwn: true, onOthers: true },
  canMarkRead: no,
  canType: no,
  threading: { model: "tree", replyToReplyTargets: "self" },
  length: {
    public: { unit: "graphemes", max: 300, maxUtf8Bytes: 3_000 },
    onOver: "split-thread",
  },
  richText: "facets",
  attachments: {
    public: [
      {
        mime: ["image/jpeg", "image/png", "image/webp"],
        maxBytes: 2_000_000,
        maxCount: 4,
        via: "upload",
        altText: { maxGraphemes: 2_000 },
      },
    ],
    private: [],
  },
  receipts: [],
  receive: {
    modes: ["stream", "poll"],
    ordering: "per-author",
    delivery: "at-least-once",
    backfill: { supported: true, method: "app.bsky.notification.listNotifications, backwards" },
    emitsEdits: "event",
    emitsDeletes: "event",
    listens: { mentions: true, keywords: true, ownThreads: true },
  },
  rate: [
    {
      scope: "account",
      bucket: "write",
      limit: 2_500,
      windowMs: 3_600_000,
      headers: {
        limit: "ratelimit-limit",
        remaining: "ratelimit-remaining",
        reset: "ratelimit-reset",
        resetUnit: "epoch-s",
      },
    },
    {
      scope: "ip",
      bucket: "read",
      limit: 3_000,
      windowMs: 300_000,
      headers: {
        limit: "ratelimit-limit",
        remaining: "ratelimit-remaining",
        reset: "ratelimit-reset",
        resetUnit: "epoch-s",
      },
    },
  ],
  credentials: "renewed",
  // Points: a new record costs 3 of 5,000 an hour, a put 2 (packages/pds/src/rate-limits.ts); the headers correct the figure.
  // We choose the record key, so a second try writes the same record.
  sendIdempotency: "deterministic-id",
  requires: [],
};
