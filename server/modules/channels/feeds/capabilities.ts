import type { Capabilities } from "#shared/capabilities";

const no = { supported: false };
const never = { kind: "never" } as const;

/** RSS, Atom, JSON Feed and WebSub: blogs, news, subreddits, video channels, forums. Heard only; answers are written where they stand. */
export const feedCapabilities: Capabilities = {
  kind: "feed",
  apiVersion: "RSS 2.0, RSS 1.0, Atom (RFC 4287), JSON Feed 1.1, WebSub",
  verifiedOn: "2026-11-22",
  public: true,
  private: false,
  canReplyPublic: never,
  canReplyPrivate: never,
  canPrivateReplyToPublic: never,
  canEdit: no,
  canDelete: no,
  canHide: no,
  canLike: no,
  canMarkRead: no,
  canType: no,
  threading: { model: "tree", replyToReplyTargets: "self" },
  length: { onOver: "reject" },
  richText: "plain",
  attachments: { public: [], private: [] },
  receipts: [],
  receive: {
    modes: ["poll", "webhook"],
    ordering: "none",
    // A feed holds its newest entries only: what leaves it between two looks was never heard.
    delivery: "at-most-once",
    backfill: { supported: true, method: "what the feed still holds" },
    emitsEdits: "on-refetch",
    emitsDeletes: "never",
    listens: { mentions: false, keywords: true, ownThreads: false },
    ackDeadlineMs: 10_000,
    echoes: false,
  },
  rate: [],
  credentials: "none",
  sendIdempotency: "reconcile-only",
  requires: [],
};
