import type { Capabilities } from "#shared/capabilities";

const no = { supported: false };
const never = { kind: "never" } as const;

/** A place where nothing can be said or done from here: one of the past, or the ground of a network that is only heard. */
export function muteCapabilities(kind: string): Capabilities {
  return {
    kind,
    apiVersion: "",
    verifiedOn: "2026-11-22",
    public: true,
    private: true,
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
      modes: [],
      ordering: "none",
      delivery: "at-least-once",
      backfill: { supported: false },
      emitsEdits: "never",
      emitsDeletes: "never",
      listens: { mentions: false, keywords: false, ownThreads: false },
    },
    rate: [],
    sendIdempotency: "reconcile-only",
    requires: [],
  };
}
