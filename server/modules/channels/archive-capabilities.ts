import type { Capabilities } from "#shared/capabilities";

const no = { supported: false };
const never = { kind: "never" } as const;

/** A place of the past: what was said there is kept, and nothing can be heard or sent there. */
export function archiveCapabilities(network: string): Capabilities {
  return {
    kind: network,
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
