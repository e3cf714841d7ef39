import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isUuid } from "../ids.ts";
import { arrivals, missing } from "./arrivals.ts";
import { type BlobFiles, isHash, placeOf, type StoredFile } from "./blob-files.ts";

/** Files of blobs in one folder of this machine; `arriving/` beside them for what is not complete yet. */
export function diskFiles(folder: string): BlobFiles {
  const arriving = arrivals(join(folder, "arriving"));
  const pathOf = (of: StoredFile) => join(folder, ...placeOf(of));
  return {
    ...arriving,
    async keep(arrived, of) {
      const place = pathOf(of);
      const made = await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      await rename(arrived.path, place);
      await syncFolder(dirname(place));
      if (made) for (let up = dirname(place); up !== folder; up = dirname(up)) await syncFolder(dirname(up));
    },
    async read(of) {
      const file = await open(pathOf(of), "r").catch(missing(null));
      return file?.createReadStream() ?? null;
    },
    remove: async (of) => rm(pathOf(of), { force: true }),
    async *all() {
      for (const accountId of await names(folder)) {
        if (!isUuid(accountId)) continue;
        for (const part of await names(join(folder, accountId)))
          yield { accountId, hashes: (await names(join(folder, accountId, part))).filter(isHash) };
      }
    },
    async close() {},
  };
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch(missing<string[]>([]));
}

/** A renamed file is only there for good when its folder is on disk too. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}
