import type { Capabilities } from "#shared/capabilities";

const no = { supported: false };

/** A mailbox by IMAP and SMTP (RFC 5322, 9051). */
export const emailCapabilities: Capabilities = {
  kind: "email",
  apiVersion: "RFC 5322",
  verifiedOn: "2026-11-02",
  public: false,
  private: true,
  canReplyPublic: { kind: "never" },
  canReplyPrivate: { kind: "always" },
  canPrivateReplyToPublic: { kind: "never" },
  canEdit: no,
  canDelete: no,
  canHide: no,
  canLike: no,
  canMarkRead: { supported: true, onOthers: true },
  canType: no,
  threading: { model: "headers", replyToReplyTargets: "self" },
  length: { private: { unit: "none" }, onOver: "reject" },
  richText: "html",
  attachments: { public: [], private: [{ mime: ["*/*"], maxBytes: 25_000_000, maxCount: 20, via: "upload" }] },
  // As far as the other side reports (RFC 3464, RFC 8098): most say only what failed.
  receipts: ["sent", "delivered", "read", "failed"],
  receive: {
    modes: ["imap"],
    ordering: "none",
    delivery: "at-least-once",
    backfill: { supported: true, method: "IMAP search" },
    emitsEdits: "never",
    emitsDeletes: "never",
    listens: { mentions: false, keywords: false, ownThreads: true },
  },
  rate: [],
  credentials: "static",
  // Our Message-ID is made from the delivery, so a mail is found among what was sent; no server refuses a second one of the same name.
  sendIdempotency: "reconcile-only",
  requires: [],
};
