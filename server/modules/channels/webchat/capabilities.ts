import type { Capabilities } from "#shared/capabilities";

const no = { supported: false };

/** Our own chat window on a company's site: both ends are ours. */
export const webchatCapabilities: Capabilities = {
  kind: "webchat",
  apiVersion: "1",
  verifiedOn: "2026-11-22",
  public: false,
  private: true,
  canReplyPublic: { kind: "never" },
  // Whoever wrote may be answered for ever: in the window, and by mail where an address was left.
  canReplyPrivate: { kind: "since-last-inbound" },
  canPrivateReplyToPublic: { kind: "never" },
  canEdit: no,
  canDelete: no,
  canHide: no,
  canLike: no,
  canMarkRead: { supported: true, onOthers: true },
  canType: { supported: true },
  threading: { model: "linear", replyToReplyTargets: "self" },
  length: { private: { unit: "utf16", max: 4_000 }, onOver: "split-messages" },
  richText: "plain",
  attachments: {
    public: [],
    private: [
      {
        mime: ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"],
        maxBytes: 10_000_000,
        maxCount: 5,
        via: "upload",
      },
    ],
  },
  receipts: ["sent", "delivered", "read"],
  receive: {
    modes: ["inproc"],
    ordering: "per-thread",
    delivery: "at-least-once",
    backfill: { supported: false },
    emitsEdits: "never",
    emitsDeletes: "never",
    listens: { mentions: false, keywords: false, ownThreads: true },
    echoes: false,
  },
  rate: [],
  credentials: "none",
  // The outbox part's own name is the line's key: the same part sent twice is one line.
  sendIdempotency: "native-key",
  requires: ["public-https"],
};
