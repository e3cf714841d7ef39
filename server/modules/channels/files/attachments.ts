import type { Tx } from "#platform/db";
import { isUuid } from "#platform/ids";
import { type AttachmentRow, findAttachment, findAttachments } from "../store/attachment-store.ts";

/** A file of a message, wherever it stands on its way here. */
export type Attachment = Omit<AttachmentRow, "url" | "urlEndsAt" | "history" | "tries" | "nextAt">;

/** Of these messages, in order, by message. Messages without files are left out. */
export async function attachmentsOf(tx: Tx, messageIds: readonly string[]): Promise<Map<string, Attachment[]>> {
  return Map.groupBy(await findAttachments(tx, [...new Set(messageIds)]), (a) => a.messageId);
}

/** Whoever asks looks first whether the message may be read. */
export async function attachmentById(tx: Tx, id: string): Promise<Attachment | null> {
  return (isUuid(id) && (await findAttachment(tx, id))) || null;
}
