import type { Instant } from "#platform/clock";
import type { AttachmentRef, Entity, Identity, MailFacts } from "./item.ts";

export type MessageState = "live" | "hidden" | "tombstone" | "erased";
/**
 * Of imported words of ours: `agentId` who wrote them, or the `agent`'s address where nobody here has it. Of what was written down:
 * `about` the conversation an agent wrote it for, `consent` what a stranger who asked for a call agreed to.
 */
export type Author = Omit<Identity, "id" | "handle" | "name"> & {
  agentId?: string;
  agent?: string;
  about?: string;
  consent?: string;
};

/** One thing said, as it is stored: the row of `message`, instants in epoch milliseconds. */
export interface Message {
  id: string;
  channelId: string;
  network: string;
  kind: string;
  visibility: "public" | "unlisted" | "followers" | "private" | "internal";
  direction: "in" | "out";
  externalId: string;
  revision: string;
  threadKey: string;
  rootExternalId: string | null;
  parentExternalId: string | null;
  authorId: string;
  authorHandle: string;
  authorName: string;
  author: Author;
  addressedTo: string[];
  subject: string;
  mail?: MailFacts | null;
  text: string;
  language: string | null;
  entities: Entity[];
  attachments: AttachmentRef[];
  rating: { value: number; max: number } | null;
  permalink: string | null;
  why: string[];
  automated: string | null;
  unsupported: string | null;
  /** The author's time, never after `receivedAt`; of live input at most seven days before it. */
  sentAt: Instant;
  /** What the author claimed, where `sentAt` is not it. */
  claimedAt: Instant | null;
  receivedAt: Instant;
  editedAt: Instant | null;
  state: MessageState;
  redactions: number;
  deliveryId: string | null;
  rawId: string | null;
  /** The input it came with; one id from there to the answer. */
  traceId?: string | null;
  /** History: it opens no work. */
  backfilled: boolean;
  version: number;
}

/** A former text of a message. */
export interface Revision {
  messageId: string;
  revision: string;
  text: string;
  at: Instant;
}
