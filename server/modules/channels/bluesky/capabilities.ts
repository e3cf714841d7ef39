import type { Capabilities } from "#shared/capabilities";

const no = { supported: false };

/** Bluesky (AT Protocol): facts from the lexicons app.bsky.feed.post and chat.bsky.convo and from the PDS's rate limits. */
export const blueskyCapabilities: Capabilities = {
  kind: "bluesky",
  apiVersion: "app.bsky / Jetstream v1 and v2",
  verifiedOn: "2026-11-02",
  public: true,
  private: true,
  canReplyPublic: { kind: "always" },
  canReplyPrivate: { kind: "requires-recipient-consent" },
  canPrivateReplyToPublic: { kind: "requires-recipient-consent" },
  canEdit: { supported: false, note: "Deleted and posted anew; that makes another post." },
  canDelete: { supported: true, onOwn: true },
  canHide: { supported: true, onOthers: true, note: "Replies under own posts, by a thread gate." },
  canLike: { supported: true, onOwn: true, onOthers: true },
  canMarkRead: no,
  canType: no,
  threading: { model: "tree", replyToReplyTargets: "self" },
  length: {
    public: { unit: "graphemes", max: 300, maxUtf8Bytes: 3_000 },
    private: { unit: "graphemes", max: 1_000, maxUtf8Bytes: 10_000 },
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
    backfill: { supported: true, maxAgeMs: 36 * 3_600_000, method: "Jetstream look-back" },
    emitsEdits: "never",
    emitsDeletes: "event",
    listens: { mentions: true, keywords: true, ownThreads: true },
  },
  rate: [
    {
      scope: "account",
      bucket: "write",
      limit: 1_666,
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
  // We choose the record key, so a second try writes the same record.
  sendIdempotency: "deterministic-id",
  requires: [],
};
