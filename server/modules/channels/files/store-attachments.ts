import type { Tx } from "#platform/db";
import { stableUuidv7 } from "#platform/ids";
import { MAX_FILE, MAX_FILES, plainMime, safeName } from "../domain/file-rules.ts";
import type { AttachmentRef } from "../domain/item.ts";
import { linkExpiry } from "../domain/link-expiry.ts";
import type { Message } from "../domain/message.ts";
import { type AttachmentRow, deleteAttachments, insertAttachments } from "../store/attachment-store.ts";
import { blobs, dropBlobs } from "./blob-port.ts";
import { wakeFiles } from "./wake.ts";

type OfMessage = Pick<Message, "id" | "channelId" | "attachments" | "state" | "backfilled" | "sentAt">;

/**
 * What came with messages gets its rows in the transaction that stores them: one statement for all, none where nothing came. Bytes that
 * came along are in the store of files before the commit; what has to be fetched is fetched afterwards, and nobody waits for it.
 */
export async function storeAttachments(tx: Tx, messages: readonly OfMessage[]): Promise<void> {
  const rows: AttachmentRow[] = [];
  for (const message of messages) {
    if (message.attachments.length === 0 || message.state !== "live") continue;
    for (const [n, ref] of message.attachments.entries()) rows.push(await rowOf(tx, message, ref, n));
  }
  if (rows.length === 0) return;
  await insertAttachments(tx, rows);
  if (rows.some((row) => row.state === "waiting")) tx.afterCommit(wakeFiles);
}

/** They are gone or others now: their bytes go with them. */
export async function dropAttachments(tx: Tx, messageIds: readonly string[]): Promise<void> {
  const hashes = await deleteAttachments(tx, messageIds);
  if (hashes.length > 0) await dropBlobs(tx, hashes);
}

async function rowOf(tx: Tx, message: OfMessage, ref: AttachmentRef, n: number): Promise<AttachmentRow> {
  const row: AttachmentRow = {
    // The same however often its transaction is tried.
    id: stableUuidv7(message.sentAt, tx.accountId, message.id, `attachment ${n}`),
    ...{ messageId: message.id, n, channelId: message.channelId, state: "waiting", why: null, detail: null },
    ...{ name: safeName(ref.name), alt: (ref.alt ?? "").slice(0, 5_000).toWellFormed(), inline: ref.inline === true },
    ...{ mimeStated: plainMime(ref.mime), mime: "", bytes: wholeBytes(ref.bytes) },
    ...{ blob: null, thumb: null, width: null, height: null },
    ...{ url: null, urlEndsAt: null, history: message.backfilled, tries: 0, nextAt: tx.now },
  };
  const large = (bytes: number) => bytes > MAX_FILE;
  if (n >= MAX_FILES) return { ...row, state: "refused", why: "too-many" };
  if (ref.content) {
    const bytes = ref.content.length;
    if (large(bytes)) return { ...row, bytes, state: "refused", why: "too-large" };
    const { hash } = await blobs().put(tx, ref.content, row.mimeStated || "application/octet-stream");
    return { ...row, bytes, blob: hash };
  }
  if (ref.blob) {
    const there = await blobs().refer(tx, ref.blob);
    if (!there) return { ...row, state: "gone", why: "expired" };
    const kept = { ...row, bytes: there.bytes, blob: ref.blob };
    if (!ref.shown) return kept;
    const { thumb, width, height } = ref.shown;
    const small = thumb !== null && (await blobs().refer(tx, thumb)) !== null ? thumb : null;
    return { ...kept, state: "here", mime: row.mimeStated, thumb: small, width, height };
  }
  if (row.bytes !== null && large(row.bytes)) return { ...row, state: "refused", why: "too-large" };
  if (!ref.url || ref.url.length > 8_000) return { ...row, state: "refused", why: "no-source" };
  return { ...row, url: ref.url.toWellFormed(), urlEndsAt: linkExpiry(ref.url) };
}

function wholeBytes(said: number | undefined): number | null {
  return said !== undefined && Number.isSafeInteger(said) && said >= 0 ? said : null;
}
