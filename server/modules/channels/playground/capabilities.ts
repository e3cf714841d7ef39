import type { AttachmentRule, Capabilities } from "#shared/capabilities";

const no = { supported: false };
const DAY = 86_400_000;

/** API §3.3a. */
export const PICTURE_BYTES = 10 * 1_048_576;
const FILES: AttachmentRule[] = [
  {
    mime: ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "video/mp4", "audio/mpeg"],
    maxBytes: PICTURE_BYTES,
    maxCount: 4,
    via: "upload",
    altText: { maxGraphemes: 1_000 },
  },
];

/** Our own network, as its API page describes it. */
export const playgroundCapabilities: Capabilities = {
  kind: "playground",
  apiVersion: "1",
  verifiedOn: "2026-11-22",
  public: true,
  private: true,
  canReplyPublic: { kind: "always" },
  // Whoever ever wrote to the company may be answered in private, without an end.
  canReplyPrivate: { kind: "since-last-inbound" },
  canPrivateReplyToPublic: { kind: "once-per-item", durationMs: 7 * DAY },
  canEdit: { supported: true, onOwn: true },
  canDelete: { supported: true, onOwn: true },
  canHide: { supported: true, onOthers: true, inOwnThreads: true, undo: true },
  canBlock: { supported: true, onOthers: true, undo: true },
  canReport: { supported: true, onOthers: true },
  canLike: { supported: true, onOwn: true, onOthers: true },
  canMarkRead: no,
  canType: no,
  threading: { model: "tree", replyToReplyTargets: "self" },
  length: {
    public: { unit: "graphemes", max: 500 },
    private: { unit: "graphemes", max: 2_000 },
    onOver: "split-thread",
  },
  richText: "plain",
  attachments: { public: FILES, private: FILES },
  receipts: [],
  receive: {
    modes: ["webhook", "poll"],
    ordering: "none",
    delivery: "at-least-once",
    backfill: { supported: true, method: "GET /api/v1/events from the beginning" },
    emitsEdits: "event",
    emitsDeletes: "event",
    listens: { mentions: true, keywords: true, ownThreads: true },
    ackDeadlineMs: 10_000,
  },
  rate: [
    {
      scope: "account",
      bucket: "write",
      limit: 300,
      windowMs: 60_000,
      headers: {
        limit: "x-ratelimit-limit",
        remaining: "x-ratelimit-remaining",
        reset: "x-ratelimit-reset",
        resetUnit: "epoch-s",
        retryAfter: "retry-after",
      },
    },
    {
      scope: "account",
      bucket: "read",
      limit: 1_200,
      windowMs: 60_000,
      headers: {
        limit: "x-ratelimit-limit",
        remaining: "x-ratelimit-remaining",
        reset: "x-ratelimit-reset",
        resetUnit: "epoch-s",
        retryAfter: "retry-after",
      },
    },
  ],
  sendIdempotency: "native-key",
  requires: [],
};
