import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Instant } from "../clock.ts";
import type { Arrived } from "./blob-files.ts";

/** The folder of what is not complete yet. Its files are sealed from their first byte. */
export function arrivals(folder: string) {
  return {
    async write(bytes: AsyncIterable<Uint8Array>): Promise<Arrived> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, randomUUID());
      const file = await open(path, "wx", 0o600);
      const sha256 = createHash("sha256");
      let size = 0;
      try {
        for await (const chunk of bytes) {
          await file.writeFile(chunk);
          sha256.update(chunk);
          size += chunk.length;
        }
        await file.sync();
      } catch (error) {
        await file.close();
        await rm(path, { force: true });
        throw error;
      }
      await file.close();
      return { path, bytes: size, sha256: sha256.digest("hex") };
    },
    discard: (arrived: Arrived) => rm(arrived.path, { force: true }),
    async removeArrivingBefore(before: Instant): Promise<number> {
      let removed = 0;
      for (const name of await readdir(folder).catch(missing<string[]>([]))) {
        const path = join(folder, name);
        const found = await stat(path).catch(missing(null));
        if (!found || found.mtimeMs >= before) continue;
        await rm(path, { force: true });
        removed++;
      }
      return removed;
    },
  };
}

export function missing<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT") return instead;
    throw error;
  };
}
