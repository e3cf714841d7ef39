import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useBlobs } from "../../server/modules/channels/index.ts";
import { seal, unseal } from "../../server/modules/company/index.ts";
import { type Blobs, createBlobs } from "../../server/platform/blobs/blobs.ts";
import { diskFiles } from "../../server/platform/blobs/disk-files.ts";
import type { Database } from "../../server/platform/db.ts";

/** A store of files of its own for the messages of this process; it goes with the process. */
export function useTestBlobs(db: Database): Blobs {
  const folder = mkdtempSync(join(tmpdir(), "hubbub-files-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const blobs = createBlobs({
    db,
    files: diskFiles(folder),
    keys: { seal, unseal },
    linkKey: new Uint8Array(32).fill(9),
  });
  useBlobs(blobs);
  return blobs;
}
