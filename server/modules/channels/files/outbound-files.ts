import { buffer } from "node:stream/consumers";
import { DAY, type Instant } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import { type AccountId, isUuid, uuidv7 } from "#platform/ids";
import type { OutboundFile } from "../domain/adapter.ts";
import { isProgram, MAX_FILE, plainMime, safeName } from "../domain/file-rules.ts";
import type { AttachmentRef } from "../domain/item.ts";
import {
  countLoose,
  deleteForgotten,
  deleteLoose,
  filesOfDeliveries,
  findOutboundFiles,
  giveBack,
  insertOutboundFile,
  type OutboundFileRow,
  saveNetworkRef,
  setHolder,
  takeForDelivery,
} from "../store/outbound-file-store.ts";
import { blobs, dropBlobs } from "./blob-port.ts";
import type { Images } from "./images/images.ts";
import { type InspectDeps, inspect } from "./inspect.ts";
import { settleOutbound } from "./settle.ts";

/** Files of one agent that stand in no draft and no reply yet. */
const MOST_LOOSE = 100;
const KEPT = DAY;

/** One that an agent attached; everything that the composer and the outbox need of it. */
export type AttachedFile = Pick<
  OutboundFileRow,
  | "id"
  | "agentId"
  | "state"
  | "why"
  | "detail"
  | "name"
  | "alt"
  | "mime"
  | "bytes"
  | "blob"
  | "thumb"
  | "width"
  | "height"
  | "deliveryId"
>;

/**
 * Takes in a file as it comes, looks through it and keeps it for a day, or for as long as it stands in a draft. Nothing of it is
 * in memory while it comes. Too large or a program: refused at once with a sentence.
 */
export async function uploadFile(
  deps: InspectDeps,
  accountId: AccountId,
  by: { agentId: string; name: string; mime: string },
  content: AsyncIterable<Uint8Array>,
): Promise<AttachedFile> {
  const name = safeName(by.name) || "file";
  if (isProgram("", name)) throw notTaken(name);
  const received = await blobs().receive(content, MAX_FILE);
  let row: OutboundFileRow;
  try {
    row = await deps.db.withAccount(accountId, async (tx) => {
      if ((await countLoose(tx, by.agentId)) >= MOST_LOOSE)
        throw new AppError(
          "not-now",
          `There are ${MOST_LOOSE} files of yours in no reply yet. Send some, or remove them.`,
        );
      const mimeStated = plainMime(by.mime);
      const { hash, bytes } = await received.put(tx, mimeStated || "application/octet-stream");
      const id = uuidv7(tx.now);
      // The worker looks only if nobody has by then.
      const file = { id, agentId: by.agentId, name, mimeStated, mime: mimeStated, bytes, blob: hash };
      await insertOutboundFile(tx, { ...file, nextAt: tx.now + 2 * 60_000 });
      return (await findOutboundFiles(tx, [id]))[0]!;
    });
  } catch (error) {
    await received.discard();
    throw error;
  }
  const found = await inspect(deps, accountId, { ...row, blob: row.blob! }, { keepsMoving: true });
  return deps.db.withAccount(accountId, async (tx) => {
    const now = (await findOutboundFiles(tx, [row.id], true))[0];
    if (now?.state === "waiting" && now.blob === row.blob) await settleOutbound(tx, now, found);
    const file = (await findOutboundFiles(tx, [row.id]))[0];
    if (!file) throw notFound("file");
    return file;
  });
}

const notTaken = (name: string) =>
  new AppError("file-refused", `"${name}" is a program or a script, and those are not sent. Attach another file.`);

/** In no order; those that are not there are left out. Whoever asks looks whose they are. */
export async function attachedFiles(tx: Tx, ids: readonly string[]): Promise<AttachedFile[]> {
  return findOutboundFiles(tx, [...new Set(ids.filter(isUuid))]);
}

/** By delivery, in the order in which they go out. */
export async function attachedTo(tx: Tx, deliveryIds: readonly string[]): Promise<Map<string, AttachedFile[]>> {
  return Map.groupBy(await filesOfDeliveries(tx, deliveryIds), (f) => f.deliveryId!);
}

/** The files of a draft are these: they stay as long as it does. */
export async function holdFiles(tx: Tx, draft: string, agentId: string, ids: readonly string[]): Promise<void> {
  await setHolder(tx, draft, agentId, ids.filter(isUuid));
}

/** The agent removed files before they were sent. */
export async function removeFiles(tx: Tx, agentId: string, ids: readonly string[]): Promise<void> {
  await dropBlobs(tx, await deleteLoose(tx, agentId, ids.filter(isUuid)));
}

/** They go out with this delivery; refused when one of them is gone, of somebody else, or not looked through yet. */
export async function attachToDelivery(
  tx: Tx,
  deliveryId: string,
  agentId: string,
  files: readonly { id: string; alt: string }[],
): Promise<void> {
  if (
    new Set(files.map((f) => f.id)).size < files.length ||
    (await takeForDelivery(tx, deliveryId, agentId, files)) < files.length
  )
    throw new AppError(
      "preflight-refused",
      "A file of this reply is not there, or not looked through yet. Attach it again.",
    );
}

/** The delivery did not leave: its files go back to the draft they came from. */
export async function detachFiles(tx: Tx, deliveryId: string, draft: string | null): Promise<void> {
  await giveBack(tx, deliveryId, draft);
}

/** Removes what stood in nothing for a day. */
export async function sweepFiles(tx: Tx, now: Instant): Promise<number> {
  let removed = 0;
  for (;;) {
    const { rows, blobs: gone } = await deleteForgotten(tx, now - KEPT, 200);
    await dropBlobs(tx, gone);
    removed += rows;
    if (rows < 200) return removed;
  }
}

/** As adapters get them: read when they are sent, made smaller where the network wants that. */
export function filesToSend(
  deps: { db: Database; images: Images },
  accountId: AccountId,
  rows: readonly OutboundFileRow[],
): OutboundFile[] {
  return rows.flatMap((row): OutboundFile[] => {
    const { blob } = row;
    if (blob === null) return [];
    const { id, name, mime, bytes, alt, width, height } = row;
    return [
      {
        ...{ name, mime, bytes, width, height },
        alt: alt === "" ? null : alt,
        async read(maxBytes) {
          const { stream } = await deps.db.withAccount(accountId, (tx) => blobs().open(tx, blob));
          const whole = await buffer(stream);
          if (maxBytes === undefined || whole.length <= maxBytes || row.thumb === null) return whole;
          const drawn = await deps.images.redraw(whole, { maxBytes, account: accountId });
          return drawn.ok ? drawn.made.full.bytes : whole;
        },
        ...(row.networkRef !== null && { known: row.networkRef }),
        remember: (ref) => deps.db.withAccount(accountId, (tx) => saveNetworkRef(tx, id, ref)),
      },
    ];
  });
}

/** Our own message shows what we sent, from our own store. */
export function asAttachments(rows: readonly OutboundFileRow[]): AttachmentRef[] {
  return rows.flatMap(({ blob, name, mime, bytes, alt, thumb, width, height }) =>
    blob === null ? [] : [{ blob, name, mime, bytes, shown: { thumb, width, height }, ...(alt !== "" && { alt }) }],
  );
}
