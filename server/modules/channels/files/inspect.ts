import { buffer } from "node:stream/consumers";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { type AttachmentWhy, isProgram, MAX_FILE, typeOf } from "../domain/file-rules.ts";
import { imageSize } from "../domain/image-size.ts";
import { blobs } from "./blob-port.ts";
import type { Scanner } from "./clamav.ts";
import { createFairGate } from "./fair-gate.ts";
import type { ImageMade, Images } from "./images/images.ts";
import { sniffed } from "./sniff.ts";

/** What is known of a file that lies in the store and was shown to nobody. */
export interface FileToInspect {
  blob: string;
  name: string;
  mimeStated: string;
  /** As far as it is known; the largest possible else. */
  bytes?: number | null;
}

export type Finding =
  | { state: "here"; mime: string; picture: ImageMade | null; keepFile: boolean }
  | { state: "refused"; why: AttachmentWhy; detail: string | null; mime: string }
  /** Nothing is known yet. */
  | { state: "waiting"; detail: string };

export interface InspectDeps {
  db: Database;
  scanner: Scanner | null;
  images: Images;
}

/** Files that lie in memory whole, of all who come and go together; the others wait in their accounts' turns. */
const memory = createFairGate({ capacity: 2 * MAX_FILE, each: MAX_FILE });

/**
 * Looks through a file: by its bytes, not by its name; programs are refused, viruses too; a picture is drawn anew and its file, with all that
 * hides in it, is thrown away (`keepFile` false). A moving picture that an agent attached keeps moving.
 */
export async function inspect(
  deps: InspectDeps,
  accountId: AccountId,
  file: FileToInspect,
  options: { keepsMoving: boolean },
): Promise<Finding> {
  const open = async () => (await deps.db.withAccount(accountId, (tx) => blobs().open(tx, file.blob))).stream;
  if (deps.scanner) {
    const scanned = await deps.scanner.scan(await open());
    const mime = file.mimeStated;
    switch (scanned.state) {
      case "down":
        return { state: "waiting", detail: scanned.says };
      case "found":
        return { state: "refused", why: "virus", detail: scanned.name, mime };
      case "too-large":
        return { state: "refused", why: "not-scanned", detail: null, mime };
    }
  }
  const size = file.bytes ?? MAX_FILE;
  return memory.run(accountId, { cost: size, weight: size }, async () =>
    lookAt(deps, accountId, file, await buffer(await open()), options),
  );
}

async function lookAt(
  deps: InspectDeps,
  accountId: AccountId,
  file: FileToInspect,
  bytes: Buffer,
  options: { keepsMoving: boolean },
): Promise<Finding> {
  if (bytes.length > MAX_FILE) return { state: "refused", why: "too-large", detail: null, mime: file.mimeStated };
  const head = bytes.subarray(0, 4_096);
  const mime = typeOf(await sniffed(bytes), file.mimeStated, head);
  if (isProgram(mime, file.name)) return { state: "refused", why: "type", detail: mime, mime };
  const size = imageSize(bytes);
  const moves = size?.format === "gif" && options.keepsMoving;
  if (!size) return { state: "here", mime, picture: null, keepFile: true };
  const drawn = await deps.images.redraw(bytes, { account: accountId });
  // What could not be drawn is a file like any other: it can be saved, and no browser is given it as a picture.
  if (!drawn.ok) return { state: "here", mime: "application/octet-stream", picture: null, keepFile: true };
  return { state: "here", mime: moves ? mime : drawn.made.full.mime, picture: drawn.made, keepFile: moves };
}
