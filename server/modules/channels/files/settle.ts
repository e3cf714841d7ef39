import type { Tx } from "#platform/db";
import { AttachmentSettled } from "../events.ts";
import { type AttachmentRow, type FileFacts, saveAttachment } from "../store/attachment-store.ts";
import { type OutboundFileRow, saveOutboundFile } from "../store/outbound-file-store.ts";
import { blobs, dropBlobs } from "./blob-port.ts";
import type { Finding } from "./inspect.ts";

/** The scanner is looked for again after this; what waits for it waits as long as it takes. */
export const SCANNER_AGAIN = 30_000;

type Row = FileFacts & { name: string; tries: number };
type Settled = FileFacts & { tries: number; nextAt: number };

/** Writes down what was found: the new pictures go into the store, what is not shown leaves it. */
async function settled(tx: Tx, row: Row, found: Finding): Promise<Settled> {
  const base = { ...row, tries: row.tries, nextAt: tx.now };
  const original = row.blob === null ? [] : [row.blob];
  switch (found.state) {
    case "waiting":
      return {
        ...base,
        state: "waiting",
        detail: found.detail,
        tries: Math.max(0, row.tries - 1),
        nextAt: tx.now + SCANNER_AGAIN,
      };
    case "refused":
      await dropBlobs(tx, original);
      return { ...base, state: "refused", why: found.why, detail: found.detail, mime: found.mime, blob: null };
    case "here": {
      const facts = { ...base, state: "here" as const, why: null, detail: null, mime: found.mime };
      if (!found.picture) return facts;
      const { full, thumb } = found.picture;
      const small = await blobs().put(tx, thumb.bytes, thumb.mime);
      const sizes = { width: full.width, height: full.height, thumb: small.hash };
      if (found.keepFile) return { ...facts, ...sizes };
      const large = await blobs().put(tx, full.bytes, full.mime);
      await dropBlobs(tx, original);
      return { ...facts, ...sizes, blob: large.hash, bytes: large.bytes };
    }
  }
}

export async function settleAttachment(tx: Tx, row: AttachmentRow, found: Finding): Promise<void> {
  const next = await settled(tx, row, found);
  await saveAttachment(tx, row.id, { ...row, ...next });
  if (next.state !== "waiting") announceSettled(tx, row, next.state);
}

export async function settleOutbound(tx: Tx, row: OutboundFileRow, found: Finding): Promise<void> {
  await saveOutboundFile(tx, row.id, await settled(tx, row, found));
}

export function announceSettled(
  tx: Tx,
  row: Pick<AttachmentRow, "id" | "messageId" | "channelId" | "n">,
  state: FileFacts["state"],
): void {
  tx.announce(AttachmentSettled, {
    key: row.messageId,
    entity: "attachment",
    entityId: row.id,
    entityVersion: 1,
    payload: { messageId: row.messageId, channelId: row.channelId, n: row.n, state },
  });
}
