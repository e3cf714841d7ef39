import type { Capabilities } from "#shared/capabilities";

const no = { supported: false };
const headers = { retryAfter: "retry-after" };

/** A guestbook: people write entries, a company answers below them. Nothing is ever changed or taken away. */
export const guestbookCapabilities: Capabilities = {
  kind: "guestbook",
  apiVersion: "1",
  verifiedOn: "2026-11-22",
  public: true,
  private: false,
  canReplyPublic: { kind: "always" },
  canReplyPrivate: { kind: "never" },
  canPrivateReplyToPublic: { kind: "never" },
  canEdit: no,
  canDelete: no,
  canHide: no,
  canLike: no,
  canMarkRead: no,
  canType: no,
  threading: { model: "one-level", replyToReplyTargets: "root" },
  length: { public: { unit: "codepoints", max: 400 }, onOver: "reject" },
  richText: "plain",
  attachments: { public: [], private: [] },
  receipts: [],
  receive: {
    modes: ["poll"],
    ordering: "total",
    delivery: "at-least-once",
    backfill: { supported: true, method: "GET /entries from the first one" },
    emitsEdits: "never",
    emitsDeletes: "never",
    listens: { mentions: false, keywords: false, ownThreads: true },
  },
  rate: [
    { scope: "account", bucket: "write", limit: 60, windowMs: 60_000, headers },
    { scope: "account", bucket: "read", limit: 300, windowMs: 60_000, headers },
  ],
  sendIdempotency: "native-key",
  requires: [],
};
