import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Attachment, fileStore } from "#modules/channels";
import type { Database } from "#platform/db";
import { AppError } from "#platform/errors";
import type { AccountId } from "#platform/ids";

/** Files of an export: chosen while its rows are written, each once, as long as they are within the bound; written afterwards. */
export interface ExportFiles {
  /** What a row says of a file: where it will lie, or why it is left out. */
  rowOf(file: Attachment): Record<string, unknown>;
  /** Writes what was chosen into the folder, one file at a time. Returns what became of them. */
  write(folder: string): Promise<{ written: number; bytes: number; gone: number; over: number }>;
}

/** `most`: bytes of all files together. `name`: the folder as rows name it, beside the file with the rows. */
export function exportFiles(db: Database, accountId: AccountId, name: string, most: number): ExportFiles {
  const chosen = new Map<string, number>();
  let bytes = 0;
  let over = 0;
  return {
    rowOf({ state, why, name: called, mime, alt, bytes: size, blob }) {
      const about = {
        name: called || undefined,
        mime: mime || undefined,
        alt: alt || undefined,
        bytes: size ?? undefined,
      };
      if (state !== "here" || blob === null) return { ...about, left: why ?? state };
      if (!chosen.has(blob)) {
        if (bytes + (size ?? 0) > most) {
          over += 1;
          return { ...about, left: "bound" };
        }
        bytes += size ?? 0;
        chosen.set(blob, size ?? 0);
      }
      return { ...about, path: `${name}/${blob}` };
    },
    async write(folder) {
      await mkdir(folder, { mode: 0o700 });
      let gone = 0;
      for (const hash of chosen.keys()) {
        try {
          const { stream } = await db.withAccount(accountId, (tx) => fileStore().open(tx, hash));
          await pipeline(stream, createWriteStream(join(folder, hash), { mode: 0o600, flags: "wx" }));
        } catch (error) {
          // Deleted or erased since its row was written: then it is nobody's any more.
          if (!(error instanceof AppError && error.code === "not-found")) throw error;
          gone += 1;
        }
      }
      return { written: chosen.size - gone, bytes, gone, over };
    },
  };
}
